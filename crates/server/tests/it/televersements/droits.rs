use api_types::ProblemCode;
use api_types::endpoint::{
    DeposerTeleversement, Endpoint as _, PoursuivreTeleversement, RevoquerJeton, TerminerAutresSessions,
};
use api_types::televersements::DepotTeleversement;
use domain::televersement::{RefusTeleversement, StatutTeleversement};
use domain::{RoleMembre, Scope};
use test_support::{Client, Reponse, TestApp};
use uuid::Uuid;

use super::{arrive_sans_depot, autres, contenu, lire, ouvrir, pdf_de, presente, role};
use crate::documents::{en_chemin, en_deux, piece};
use crate::oauth::{client_a, jeton, poster};

const MIO: usize = 1024 * 1024;

/// Sends a whole upload, during whose bytes something happens.
async fn envoi_pendant(t: &TestApp, qui: &Client, id: Uuid, octets: &[u8], fin: impl Future<Output = ()>) -> Reponse {
    let (laisser, corps) = en_deux(octets, 6 * MIO);
    let requete = qui
        .requete(&PoursuivreTeleversement { televersement_id: id }, &())
        .header("tus-resumable", "1.0.0")
        .header("upload-offset", "0")
        .header("content-type", "application/offset+octet-stream")
        .body(corps);
    let finir = async {
        en_chemin(t, |t| t.blobs() > 0).await;
        fin.await;
        laisser.send(()).unwrap();
    };
    let (r, ()) = tokio::join!(qui.envoyer(requete), finir);
    r
}

/// Nothing is deposited of an upload, now or later, until its creator asks for it.
async fn attend_son_createur(t: &TestApp, createur: &Client, id: Uuid, octets: Vec<u8>) {
    let (m, admin) = (t.monde(), t.administrateur());
    t.avancer(300);
    t.travailler().await;
    assert!(piece(&admin, m.dossier_a1, autres(t)).await.documents.is_empty());
    let lu = lire(createur, id).await;
    assert_eq!((lu.statut, lu.refus), (StatutTeleversement::Complet, Some(RefusTeleversement::EtatIncompatible)));
    let fin = DepotTeleversement { doublon_accepte: false };
    let depose = createur.ok(&DeposerTeleversement { televersement_id: id }, &fin).await;
    assert_eq!((contenu(&admin, depose.id).await, t.blobs()), (octets.into(), 1));
}

#[tokio::test]
async fn a_session_ended_while_the_last_bytes_arrive_deposits_nothing_later_either() {
    let t = TestApp::new().await;
    let (perdu, ailleurs) = (t.membre(), t.membre());
    let octets = pdf_de(8 * MIO);
    let id = ouvrir(&perdu, t.monde().dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    let fermer = async { assert!(ailleurs.call(&TerminerAutresSessions {}, &()).await.statut.is_success()) };
    envoi_pendant(&t, &perdu, id, &octets, fermer).await.probleme(ProblemCode::Absent);
    attend_son_createur(&t, &ailleurs, id, octets).await;
}

#[tokio::test]
async fn a_token_revoked_while_the_last_bytes_arrive_deposits_nothing_later_either() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DocumentsRead, Scope::DocumentsWrite]).await;
    let (client, secret) = (c.client.client.id, c.secret.0.as_str());
    let (vole, autre) = (jeton(&t, client, secret, None).await, jeton(&t, client, secret, None).await);
    let voleur = t.anonyme().porteur(&vole);
    let octets = pdf_de(8 * MIO);
    let id = ouvrir(&voleur, t.monde().dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    let revoquer = async {
        let champs = [("token", vole.as_str())];
        assert_eq!(poster(&t.anonyme(), RevoquerJeton::TEMPLATE, client, secret, &champs).await.code(), 200);
    };
    envoi_pendant(&t, &voleur, id, &octets, revoquer).await.probleme(ProblemCode::Absent);
    let createur = t.anonyme().porteur(&autre);
    attend_son_createur(&t, &createur, id, octets).await;
}

#[tokio::test]
async fn a_right_withdrawn_while_the_last_bytes_arrive_deposits_nothing_and_keeps_them() {
    let t = TestApp::new().await;
    let (m, marc) = (t.monde(), t.membre());
    let octets = pdf_de(8 * MIO);
    let id = ouvrir(&marc, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    let retirer = async { role(&t, Some(RoleMembre::Lecteur)) };
    let r = envoi_pendant(&t, &marc, id, &octets, retirer).await;
    r.probleme(ProblemCode::Interdit);
    let admin = t.administrateur();
    assert!(piece(&admin, m.dossier_a1, autres(&t)).await.documents.is_empty());
    // Two parts, and nothing of the file that they made.
    assert_eq!(t.blobs(), 2);
    // The right comes back: so does the deposit, without a byte sent.
    role(&t, Some(RoleMembre::Contributeur));
    assert_eq!(lire(&marc, id).await.statut, StatutTeleversement::Complet);
    let fin = DepotTeleversement { doublon_accepte: false };
    let depose = marc.ok(&DeposerTeleversement { televersement_id: id }, &fin).await;
    assert_eq!((contenu(&admin, depose.id).await, t.blobs()), (octets.into(), 1));
}

#[tokio::test]
async fn two_nodes_that_end_an_upload_at_once_tell_one_document() {
    let t = TestApp::new().await;
    let (m, a) = (t.monde(), t.membre());
    let voisin = t.voisin();
    let b = a.vers(&voisin);
    for _ in 0..5 {
        let octets = pdf_de(6 * MIO);
        let id = ouvrir(&a, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
        arrive_sans_depot(&t, presente(&a), id, &octets).await;
        let (op, fin) = (DeposerTeleversement { televersement_id: id }, DepotTeleversement { doublon_accepte: false });
        let (da, db) = tokio::join!(a.ok(&op, &fin), b.ok(&op, &fin));
        assert_eq!((da.id, da.sha256), (db.id, crate::sha256(&octets)));
    }
    assert_eq!((piece(&a, m.dossier_a1, autres(&t)).await.documents.len(), t.blobs()), (5, 5));
}
