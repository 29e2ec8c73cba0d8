use api_types::ProblemCode;
use api_types::endpoint::{
    DeposerDocument, Endpoint as _, ModifierClientApi, RemplacerDocument, RevoquerClientApi, RevoquerJeton,
    TerminerAutresSessions,
};
use domain::{RoleMembre, Scope};
use reqwest::multipart::{Form, Part};
use test_support::{Client, TestApp};

use super::{depose, en_chemin, en_deux, pdf, piece};
use crate::oauth::{client_a, jeton, poster, reglage};
use crate::televersements::{autres, pdf_de, role};

const MIO: usize = 1024 * 1024;

/// A deposit during whose file something happens is refused as if the dossier were not there, and leaves nothing.
async fn refuse_si(t: &TestApp, qui: &Client, fin: impl Future<Output = ()>) {
    let (laisser, corps) = en_deux(&pdf_de(8 * MIO), 6 * MIO);
    let form = Form::new().text("piece", autres(t).to_string()).part("fichier", Part::stream(corps).file_name("a.pdf"));
    let finir = async {
        en_chemin(t, |t| t.receptions() > 0).await;
        fin.await;
        laisser.send(()).unwrap();
    };
    let op = DeposerDocument { dossier_id: t.monde().dossier_a1.uuid() };
    let (r, ()) = tokio::join!(qui.multipart(&op, form), finir);
    r.probleme(ProblemCode::Absent);
    assert_eq!(t.blobs(), 0);
}

#[tokio::test]
async fn a_session_ended_while_the_file_arrives_deposits_nothing() {
    let t = TestApp::new().await;
    let (perdu, ailleurs) = (t.membre(), t.membre());
    refuse_si(&t, &perdu, async {
        assert!(ailleurs.call(&TerminerAutresSessions {}, &()).await.statut.is_success());
    })
    .await;
    // The other session of the same account goes on.
    depose(&ailleurs, t.monde().dossier_a1, autres(&t), "a.pdf", pdf("1")).await;
}

#[tokio::test]
async fn a_token_revoked_while_the_file_arrives_deposits_nothing() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DocumentsRead, Scope::DocumentsWrite]).await;
    let (id, secret) = (c.client.client.id, c.secret.0.as_str());
    let (revoque, autre) = (jeton(&t, id, secret, None).await, jeton(&t, id, secret, None).await);
    refuse_si(&t, &t.anonyme().porteur(&revoque), async {
        let champs = [("token", revoque.as_str())];
        assert_eq!(poster(&t.anonyme(), RevoquerJeton::TEMPLATE, id, secret, &champs).await.code(), 200);
    })
    .await;
    // Another token of the same client goes on.
    depose(&t.anonyme().porteur(&autre), t.monde().dossier_a1, autres(&t), "a.pdf", pdf("1")).await;
}

#[tokio::test]
async fn a_right_withdrawn_while_the_file_arrives_deposits_nothing() {
    let t = TestApp::new().await;
    let (m, marc) = (t.monde(), t.membre());
    for (reste, code) in [(Some(RoleMembre::Lecteur), ProblemCode::Interdit), (None, ProblemCode::Absent)] {
        role(&t, Some(RoleMembre::Contributeur));
        let (laisser, corps) = en_deux(&pdf_de(8 * MIO), 6 * MIO);
        let form =
            Form::new().text("piece", autres(&t).to_string()).part("fichier", Part::stream(corps).file_name("a.pdf"));
        let retirer = async {
            en_chemin(&t, |t| t.receptions() > 0).await;
            role(&t, reste);
            laisser.send(()).unwrap();
        };
        let op = DeposerDocument { dossier_id: m.dossier_a1.uuid() };
        let (r, ()) = tokio::join!(marc.multipart(&op, form), retirer);
        r.probleme(code);
        let presents = piece(&t.administrateur(), m.dossier_a1, autres(&t)).await.documents;
        assert_eq!((presents.len(), t.blobs()), (0, 0));
    }
}

#[tokio::test]
async fn a_right_withdrawn_while_a_version_arrives_replaces_nothing() {
    let t = TestApp::new().await;
    let (m, marc) = (t.monde(), t.membre());
    let v1 = depose(&marc, m.dossier_a1, autres(&t), "a.pdf", pdf("1")).await;
    let (laisser, corps) = en_deux(&pdf_de(8 * MIO), 6 * MIO);
    let form = Form::new().part("fichier", Part::stream(corps).file_name("b.pdf"));
    let requete = marc.requete(&RemplacerDocument { document_id: v1.id }, &()).header("if-match", "*");
    let retirer = async {
        en_chemin(&t, |t| t.receptions() > 0).await;
        role(&t, Some(RoleMembre::Lecteur));
        laisser.send(()).unwrap();
    };
    let (r, ()) = tokio::join!(marc.envoyer(requete.multipart(form)), retirer);
    r.probleme(ProblemCode::Interdit);
    let presents = piece(&t.administrateur(), m.dossier_a1, autres(&t)).await.documents;
    assert_eq!(presents.iter().map(|d| d.id).collect::<Vec<_>>(), [v1.id]);
}

#[tokio::test]
async fn an_api_client_narrowed_or_revoked_while_its_file_arrives_deposits_nothing() {
    let t = TestApp::new().await;
    let (m, admin) = (t.monde(), t.administrateur());
    let c = client_a(&t, &[Scope::DocumentsRead, Scope::DocumentsWrite]).await;
    let client_id = c.client.client.id;
    let paie = t.anonyme().porteur(&jeton(&t, client_id, &c.secret.0, None).await);
    for code in [ProblemCode::PorteeInsuffisante, ProblemCode::Absent] {
        let (laisser, corps) = en_deux(&pdf_de(8 * MIO), 6 * MIO);
        let form =
            Form::new().text("piece", autres(&t).to_string()).part("fichier", Part::stream(corps).file_name("a.pdf"));
        let restreindre = async {
            en_chemin(&t, |t| t.receptions() > 0).await;
            if code == ProblemCode::Absent {
                assert_eq!(admin.call(&RevoquerClientApi { client_id }, &()).await.code(), 204);
            } else {
                let moins = reglage(&[m.etablissement_a1], &[Scope::DocumentsRead]);
                assert_eq!(admin.changer(&ModifierClientApi { client_id }, "*", &moins).await.code(), 200);
            }
            laisser.send(()).unwrap();
        };
        let op = DeposerDocument { dossier_id: m.dossier_a1.uuid() };
        let (r, ()) = tokio::join!(paie.multipart(&op, form), restreindre);
        r.probleme(code);
        assert_eq!(t.blobs(), 0);
        // The scopes come back, and the token with them.
        if code != ProblemCode::Absent {
            let plus = reglage(&[m.etablissement_a1], &[Scope::DocumentsRead, Scope::DocumentsWrite]);
            assert_eq!(admin.changer(&ModifierClientApi { client_id }, "*", &plus).await.code(), 200);
        }
    }
}
