//! A token is taken wherever a session is, and is judged, counted and remembered as its client's.

use api_types::ProblemCode;
use api_types::clients_api::{ClientsApi, PageClientsApi};
use api_types::endpoint::{
    CreerClientApi, CreerWebhook, EmettreJeton, Endpoint as _, EnvoyerMessage, ExecuterLot, ListerClientsApi,
    ModifierClientApi, RevoquerClientApi,
};
use api_types::lots::{ActeLot, ElementLot, Lot, LotExamen, LotLecture, LotMessage, ResultatsLot};
use app::quotas::ParMinute;
use domain::Scope;
use domain::document::Verdict;
use reqwest::multipart::Form;
use test_support::{Client, Options, Recepteur, Reponse, TestApp};
use uuid::Uuid;

use super::{client_a, creer, jeton, lister, poster, reglage};
use crate::documents::{depose, pdf};
use crate::evenements::{Ecoute, serveur};
use crate::messages::{envoyer, fil};
use crate::televersements::{arrive_sans_depot, autres, ouvrir, pdf_de};

/// A client of company A that calls with a token.
async fn appelant(t: &TestApp, scopes: &[Scope]) -> (Uuid, Client) {
    let c = client_a(t, scopes).await;
    let id = c.client.client.id;
    (id, t.anonyme().porteur(&jeton(t, id, &c.secret.0, None).await))
}

async fn revoquer(t: &TestApp, client_id: Uuid) {
    assert_eq!(t.administrateur().call(&RevoquerClientApi { client_id }, &()).await.code(), 204);
}

async fn sous(client: &Client, dossier_id: Uuid, cle: &str) -> Reponse {
    let requete = client.nue(api_types::Method::Post, &EnvoyerMessage { dossier_id }.path());
    client.envoyer(requete.header("idempotency-key", cle).multipart(Form::new().text("corps", "Bonjour"))).await
}

#[tokio::test]
async fn each_act_of_a_batch_is_judged_by_the_scopes_of_its_token() {
    let t = TestApp::new().await;
    let m = t.monde();
    let recu = envoyer(&t.gestionnaire(), m.dossier_a1, "Bonjour").await;
    let document = depose(&t.membre(), m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    let (_, complet) = appelant(&t, &[Scope::DossiersRead, Scope::MessagesWrite]).await;
    let (_, lecteur) = appelant(&t, &[Scope::DossiersRead]).await;
    let (_, sans) = appelant(&t, &[Scope::MessagesWrite]).await;
    let message = |dossier: &str| {
        ActeLot::EnvoyerMessage(LotMessage { dossier: dossier.into(), corps: "Lot".into(), reference_externe: None })
    };
    let actes = [
        message(&m.dossier_a1.to_string()),
        message(&m.dossier_b.to_string()),
        ActeLot::MarquerMessage(LotLecture { message: recu.id.to_string(), lu: true }),
        ActeLot::ExaminerDocument(LotExamen {
            document: document.id.to_string(),
            etag: document.etag,
            verdict: Verdict::Acceptee,
            motif: None,
            avant: None,
        }),
    ];
    let lot = Lot { elements: actes.into_iter().map(|acte| ElementLot { cle: None, acte }).collect() };
    let statuts = |r: Reponse| r.lire::<ResultatsLot>().elements.into_iter().map(|e| e.statut).collect::<Vec<_>>();
    assert_eq!(statuts(complet.call(&ExecuterLot {}, &lot).await), [201, 404, 204, 403]);
    assert_eq!(statuts(lecteur.call(&ExecuterLot {}, &lot).await), [403, 404, 403, 403]);
    sans.call(&ExecuterLot {}, &lot).await.probleme(ProblemCode::PorteeInsuffisante);
    let ecrits: Vec<String> = fil(&t.membre(), m.dossier_a1).await.into_iter().map(|m| m.auteur).collect();
    assert_eq!(ecrits.iter().filter(|a| *a == "Paie du siège").count(), 1, "{ecrits:?}");
    t.avancer(60);
    t.travailler().await;
}

#[tokio::test]
async fn the_live_stream_is_told_to_a_token_and_ends_with_its_client() {
    let t = serveur().await;
    let m = t.monde();
    let (id, client) = appelant(&t, &[Scope::DossiersRead]).await;
    let (_, sourd) = appelant(&t, &[Scope::MessagesRead]).await;
    let refus = sourd.call(&api_types::endpoint::SuivreEvenements {}, &()).await;
    refus.probleme(ProblemCode::PorteeInsuffisante);
    let mut ecoute = Ecoute::ouvrir(&client, None).await;
    envoyer(&t.autre_membre(), m.dossier_b, "Ailleurs").await;
    envoyer(&t.gestionnaire(), m.dossier_a1, "Bonjour").await;
    let entendu = ecoute.suivant().await;
    assert_eq!(entendu.event, "evenement");
    assert!(entendu.data.contains(&m.dossier_a1.to_string()), "{}", entendu.data);
    revoquer(&t, id).await;
    assert_eq!(ecoute.fermer().await, []);
    t.travailler().await;
}

#[tokio::test]
async fn each_client_has_a_quota_of_its_own_whatever_its_tokens() {
    let quotas = ParMinute { personnes: 0, clients: 3, anonymes: 2 };
    let t = TestApp::avec(Options { quotas, ..Options::default() }).await;
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let (id, secret) = (c.client.client.id, c.secret.0.as_str());
    let champs = [("grant_type", "client_credentials")];
    let donne = poster(&t.anonyme(), EmettreJeton::TEMPLATE, id, secret, &champs).await;
    assert_eq!(donne.entete("ratelimit-policy"), Some("\"clients\";q=3;w=60"));
    let premier = donne.lire::<api_types::oauth::Jeton>().access_token.0;
    let second = jeton(&t, id, secret, None).await;
    let lire = lister();
    let r = t.anonyme().porteur(&premier).call(&lire, &()).await;
    assert_eq!((r.code(), r.entete("ratelimit")), (200, Some("\"clients\";r=0;t=60")));
    let trop = t.anonyme().porteur(&second).call(&lire, &()).await;
    trop.probleme(ProblemCode::TropDeRequetes);
    assert!(trop.entete("retry-after").is_some());
    poster(&t.anonyme(), EmettreJeton::TEMPLATE, id, secret, &champs).await.probleme(ProblemCode::TropDeRequetes);
    let (_, autre) = appelant(&t, &[Scope::DossiersRead]).await;
    autre.ok(&lire, &()).await;
    // Whoever makes tokens up is counted by address.
    let faux = t.anonyme().depuis("192.0.2.1").porteur("un.faux.jeton");
    for _ in 0..2 {
        faux.call(&lire, &()).await.probleme(ProblemCode::JetonInvalide);
    }
    faux.call(&lire, &()).await.probleme(ProblemCode::TropDeRequetes);
}

#[tokio::test]
async fn a_key_belongs_to_the_client_and_not_to_its_token() {
    let t = TestApp::new().await;
    let dossier_id = t.monde().dossier_a1.uuid();
    let c = client_a(&t, &[Scope::MessagesWrite]).await;
    let mut jetons = Vec::new();
    for _ in 0..2 {
        jetons.push(t.anonyme().porteur(&jeton(&t, c.client.client.id, &c.secret.0, None).await));
    }
    let premiere = sous(&jetons[0], dossier_id, "k1").await;
    assert_eq!((premiere.code(), premiere.entete("idempotency-replayed")), (201, None));
    let seconde = sous(&jetons[1], dossier_id, "k1").await;
    assert_eq!((seconde.code(), seconde.entete("idempotency-replayed")), (201, Some("true")));
    assert_eq!(premiere.corps, seconde.corps);
    let (_, autre) = appelant(&t, &[Scope::MessagesWrite]).await;
    assert_eq!(sous(&autre, dossier_id, "k1").await.entete("idempotency-replayed"), None);
    assert_eq!(sous(&t.membre(), dossier_id, "k1").await.entete("idempotency-replayed"), None);
    t.travailler().await;
}

#[tokio::test]
async fn a_subscription_hears_no_more_once_its_client_may_not() {
    /// What ends the right of a client to hear.
    #[derive(Debug, Clone, Copy)]
    enum Fin {
        Revocation,
        Expiration,
        Portee,
    }
    for fin in [Fin::Revocation, Fin::Expiration, Fin::Portee] {
        let t = TestApp::new().await;
        let m = t.monde();
        let (client_id, client) = appelant(&t, &[Scope::WebhooksManage]).await;
        let recepteur = Recepteur::new();
        let saisie = crate::webhooks::saisie(&recepteur.url());
        let cree = client.call(&CreerWebhook { adherent_id: m.adherent_a.uuid() }, &saisie).await;
        assert_eq!(cree.code(), 201, "{}", cree.texte());
        envoyer(&t.membre(), m.dossier_a1, "Un").await;
        t.expedier().await;
        assert_eq!(recepteur.recus().len(), 1, "{fin:?}");
        // What waits when the right ends goes no more than what happens after.
        envoyer(&t.membre(), m.dossier_a1, "Deux").await;
        let modifier = ModifierClientApi { client_id };
        let lieux = [m.etablissement_a1];
        match fin {
            Fin::Revocation => revoquer(&t, client_id).await,
            Fin::Expiration => {
                let mut fini = reglage(&lieux, &[Scope::WebhooksManage]);
                fini.expire_le = Some(t.maintenant() + jiff::SignedDuration::from_secs(1));
                t.administrateur().changer(&modifier, "*", &fini).await;
                t.avancer(1);
            }
            Fin::Portee => {
                drop(t.administrateur().changer(&modifier, "*", &reglage(&lieux, &[Scope::DossiersRead])).await);
            }
        }
        envoyer(&t.membre(), m.dossier_a1, "Trois").await;
        t.expedier().await;
        assert_eq!(recepteur.recus().len(), 1, "{fin:?}");
        t.travailler().await;
    }
}

#[tokio::test]
async fn an_upload_that_was_cut_is_deposited_for_its_client_as_long_as_it_may() {
    let t = TestApp::new().await;
    let m = t.monde();
    let c = client_a(&t, &[Scope::DocumentsWrite]).await;
    let (client_id, octets) = (c.client.client.id, pdf_de(5_000));
    let texte = jeton(&t, client_id, &c.secret.0, None).await;
    let client = t.anonyme().porteur(&texte);
    let presente = async || t.app().presenter_jeton(&texte, [127, 0, 0, 1].into()).await.unwrap();
    let depose = ouvrir(&client, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    arrive_sans_depot(&t, presente().await, depose, &octets).await;
    t.avancer(120);
    t.travailler().await;
    let document = &crate::documents::piece(&t.membre(), m.dossier_a1, autres(&t)).await.documents[0];
    assert_eq!(document.depose_par, "Paie du siège");
    let octets = pdf_de(6_000);
    let revoque = ouvrir(&client, m.dossier_a1, autres(&t), "b.pdf", octets.len()).await;
    arrive_sans_depot(&t, presente().await, revoque, &octets).await;
    revoquer(&t, client_id).await;
    t.avancer(120);
    t.travailler().await;
    assert_eq!(crate::documents::piece(&t.membre(), m.dossier_a1, autres(&t)).await.documents.len(), 1);
    t.avancer(7 * 24 * 3600);
    app::worker::balayer(t.app()).await.unwrap();
    t.travailler().await;
}

#[tokio::test]
async fn making_a_client_may_be_simulated() {
    let t = TestApp::new().await;
    let m = t.monde();
    let op = CreerClientApi { adherent_id: m.adherent_a.uuid() };
    let corps = reglage(&[m.etablissement_a1], &[Scope::DossiersRead]);
    let admin = t.administrateur();
    let requete = admin.nue(api_types::Method::Post, &format!("{}?simulation=true", op.path())).json(&corps);
    let r = admin.envoyer(requete).await;
    assert_eq!((r.code(), r.entete("simulation"), r.entete("cache-control")), (201, Some("true"), Some("no-store")));
    let liste = ListerClientsApi { adherent_id: m.adherent_a.uuid(), query: PageClientsApi::default() };
    assert_eq!(admin.ok(&liste, &()).await, ClientsApi { elements: vec![], suivant: None });
    creer(&admin, m.adherent_a, &[m.etablissement_a1], &[Scope::DossiersRead]).await;
    assert_eq!(admin.ok(&liste, &()).await.elements.len(), 1);
}
