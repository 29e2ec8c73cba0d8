//! `Idempotency-Key`: the same request under the same key happens once, whatever becomes of its answer.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use api_types::clients_api::{NouvelleCleApi, PageClientsApi, RotationSecret};
use api_types::comptes::{Confirmation, MotDePasse, OubliMotDePasse, Reinitialisation};
use api_types::documents::{DemandePiece, Document};
use api_types::endpoint::{
    AccepterInvitation, AjouterCleApi, ChangerSecretWebhook, ConfirmerCompte, CreerClientApi, CreerCompte,
    CreerTeleversement, CreerWebhook, DemanderPiece, DemanderRattachement, DeposerDocument, DeposerDocumentOpco,
    EnvoyerMessage, ExecuterLot, InviterMembre, ListerClientsApi, ListerWebhooks, OublierMotDePasse,
    ReinitialiserMotDePasse, RejouerLivraison, RejouerLivraisons, RemplacerDocument, RenouvelerSecretApi,
    ReprendreWebhook, SuspendreWebhook, TraiterDossier,
};
use api_types::lots::{ActeLot, ElementLot, Lot, LotMessage};
use api_types::membres::DemandeRattachement;
use api_types::televersements::Televersement;
use api_types::travail::Traitement;
use api_types::webhooks::{ChangementSecret, Rejeu};
use api_types::{Endpoint, Method, ProblemCode};
use app::quotas::Genre;
use app::requete::{Empreinte, Portee, Requete};
use db::schema::{cles_idempotence, courriels, documents, evenements, jobs};
use diesel::prelude::*;
use domain::dossier::Etat;
use domain::ids::{DossierId, TypePieceId};
use domain::webhook::EtendueRejeu;
use futures_util::future::join_all;
use reqwest::multipart::Form;
use test_support::{Client, MOT_DE_PASSE, NouveauDossier, Options, Recepteur, Reponse, TestApp};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::comptes::{courriels_a, creation, jeton_de};
use crate::documents::{depose, fichier, formulaire, pdf};
use crate::televersements::ouverture;
use crate::webhooks;

/// Sends a form under a key.
async fn sous<E: Endpoint>(client: &Client, operation: &E, cle: &str, form: Form) -> Reponse {
    let requete = client.nue(E::METHOD, &operation.path()).header("idempotency-key", cle).header("if-match", "*");
    client.envoyer(requete.multipart(form)).await
}

/// Sends a JSON body, or none, under a key.
async fn json_sous<E: Endpoint>(client: &Client, operation: &E, cle: &str, corps: &E::Body) -> Reponse
where
    E::Body: serde::Serialize,
{
    client.envoyer(client.requete(operation, corps).header("idempotency-key", cle)).await
}

/// Opens an upload under a key, its bytes joined or to come.
async fn televersement_sous(
    client: &Client,
    operation: &CreerTeleversement,
    cle: &str,
    (piece, octets, joints): (TypePieceId, Vec<u8>, bool),
) -> Reponse {
    let paires = [("filename", "a.pdf"), ("piece", &piece.to_string())];
    let dossier = DossierId::new(operation.dossier_id);
    let requete = ouverture(client, dossier, octets.len(), &paires).header("idempotency-key", cle);
    if !joints {
        return client.envoyer(requete).await;
    }
    client.envoyer(requete.header("content-type", "application/offset+octet-stream").body(octets)).await
}

/// The same answer twice, the second time said to be so.
fn repetee(premiere: &Reponse, seconde: &Reponse) {
    assert!(premiere.statut.is_success(), "{}", premiere.texte());
    assert_eq!(premiere.entete("idempotency-replayed"), None);
    assert_eq!(seconde.entete("idempotency-replayed"), Some("true"), "{}", seconde.texte());
    assert_eq!((premiere.code(), &premiere.corps), (seconde.code(), &seconde.corps));
    for nom in ["content-type", "location", "etag", "upload-offset", "upload-expires", "document-id", "document-sha256"]
    {
        assert_eq!(premiere.entete(nom), seconde.entete(nom), "{nom}");
    }
}

fn nombre_de_documents(t: &TestApp) -> i64 {
    t.lire(|conn| documents::table.count().get_result(conn))
}

#[tokio::test]
async fn a_deposit_sent_again_is_answered_again_and_made_once() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    let op = DeposerDocument { dossier_id: m.dossier_a1.uuid() };
    let form = || formulaire(autres, "a.pdf", pdf("a"));
    let premiere = sous(&membre, &op, "k1", form()).await;
    assert_eq!(premiere.code(), 201, "{}", premiere.texte());
    // Each form has a boundary of its own; a minute later the document is transmitted.
    t.avancer(60);
    t.travailler().await;
    repetee(&premiere, &sous(&membre, &op, "k1", form()).await);
    // From another browser of the same person too.
    repetee(&premiere, &sous(&t.membre(), &op, "k1", form()).await);
    assert_eq!((nombre_de_documents(&t), t.blobs()), (1, 1));
    let id = premiere.lire::<Document>().id;
    assert_eq!(t.journal(id), ["document.deposer", "document.transmettre"]);
}

#[tokio::test]
async fn a_key_given_to_another_request_is_refused() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    let op = DeposerDocument { dossier_id: m.dossier_a1.uuid() };
    assert_eq!(sous(&membre, &op, "k1", formulaire(autres, "a.pdf", pdf("a"))).await.code(), 201);
    for form in [
        formulaire(autres, "a.pdf", pdf("b")),
        formulaire(autres, "b.pdf", pdf("a")),
        formulaire(m.piece("PLAN", "programme"), "a.pdf", pdf("a")),
        formulaire(autres, "a.pdf", pdf("a")).text("doublon_accepte", "true"),
    ] {
        sous(&membre, &op, "k1", form).await.probleme(ProblemCode::CleReutilisee);
    }
    let ailleurs = DeposerDocument { dossier_id: m.dossier_a2.uuid() };
    let form = formulaire(autres, "a.pdf", pdf("a"));
    sous(&membre, &ailleurs, "k1", form).await.probleme(ProblemCode::CleReutilisee);
    // A key belongs to who gave it.
    let administrateur = t.administrateur();
    let form = formulaire(autres, "c.pdf", pdf("c"));
    assert_eq!(sous(&administrateur, &op, "k1", form).await.code(), 201);
    assert_eq!((nombre_de_documents(&t), t.blobs()), (2, 2));
}

#[tokio::test]
async fn a_key_stands_for_one_upload() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    let op = CreerTeleversement { dossier_id: m.dossier_a1.uuid() };
    let premiere = televersement_sous(&membre, &op, "k1", (autres, pdf("a"), true)).await;
    repetee(&premiere, &televersement_sous(&membre, &op, "k1", (autres, pdf("a"), true)).await);
    for autre in [(autres, pdf("b"), true), (autres, pdf("a"), false), (m.piece("PLAN", "programme"), pdf("a"), true)] {
        televersement_sous(&membre, &op, "k1", autre).await.probleme(ProblemCode::CleReutilisee);
    }
    assert_eq!((nombre_de_documents(&t), t.blobs()), (1, 1));
}

#[tokio::test]
async fn a_key_stands_for_one_upload_whatever_came_with_its_creation() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf("a");
    let paires = [("filename", "a.pdf"), ("piece", &m.piece("PLAN", "autres").to_string())];
    let ouvrir = async |cle: &str, taille: usize, debut: usize, empreinte: Option<&str>| {
        let requete = ouverture(&membre, m.dossier_a1, taille, &paires).header("idempotency-key", cle);
        let requete = requete.header("content-type", "application/offset+octet-stream");
        let requete = empreinte.into_iter().fold(requete, |r, e| r.header("upload-checksum", e));
        membre.envoyer(requete.body(octets[..debut].to_vec())).await
    };
    let lire = async |r: &Reponse| {
        let lieu = r.entete("location").unwrap().to_owned();
        let lu = membre.envoyer(membre.nue(api_types::Method::Head, &lieu).header("tus-resumable", "1.0.0")).await;
        (lieu, lu.entete("upload-offset").unwrap().to_owned())
    };
    let premiere = ouvrir("k1", octets.len(), 9, None).await;
    assert_eq!((premiere.code(), premiere.entete("idempotency-replayed")), (201, None), "{}", premiere.texte());
    // Its answer was lost, and the network cuts elsewhere the second time.
    let seconde = ouvrir("k1", octets.len(), 5, None).await;
    assert_eq!((seconde.code(), seconde.entete("idempotency-replayed")), (201, Some("true")), "{}", seconde.texte());
    assert_eq!(lire(&premiere).await, lire(&seconde).await);
    assert_eq!(lire(&seconde).await.1, "9");
    ouvrir("k1", octets.len() + 1, 9, None).await.probleme(ProblemCode::CleReutilisee);
    // What is answered is where the upload is.
    let id = premiere.lire::<Televersement>().id;
    let fin = crate::televersements::envoyer(&membre, id, 9, &octets[9..]).await;
    let troisieme = ouvrir("k1", octets.len(), 9, None).await;
    assert_eq!((troisieme.code(), troisieme.entete("idempotency-replayed")), (201, Some("true")));
    for nom in ["document-id", "document-sha256", "upload-offset"] {
        assert!(fin.entete(nom).is_some() && fin.entete(nom) == troisieme.entete(nom), "{nom}");
    }
    // A refusal after the upload was opened is not taken for its success.
    let fausse = ouvrir("k2", octets.len(), 9, Some("sha256 AAAA")).await;
    fausse.probleme(ProblemCode::EmpreinteFausse);
    let reprise = ouvrir("k2", octets.len(), 9, Some("sha256 AAAA")).await;
    assert_eq!((reprise.code(), reprise.entete("idempotency-replayed")), (201, Some("true")), "{}", reprise.texte());
    assert_eq!(lire(&reprise).await, (fausse.entete("location").unwrap().to_owned(), "0".to_owned()));
    let ouverts: i64 = t.lire(|conn| db::schema::televersements::table.count().get_result(conn));
    assert_eq!(ouverts, 2);
}

#[tokio::test]
async fn a_key_is_one_line_of_visible_characters() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let op = TraiterDossier { dossier_id: m.dossier_a1.uuid(), query: Traitement::default() };
    for cle in ["", " ", "a b", "é", &"k".repeat(256)] {
        let requete = membre.requete(&op, &()).header("idempotency-key", cle.as_bytes());
        membre.envoyer(requete).await.probleme(ProblemCode::CleInvalide);
    }
    let deux = membre.requete(&op, &()).header("idempotency-key", "a").header("idempotency-key", "b");
    membre.envoyer(deux).await.probleme(ProblemCode::CleInvalide);
    let gestionnaire = t.gestionnaire();
    assert_eq!(json_sous(&gestionnaire, &op, &"k".repeat(255), &()).await.code(), 204);
    // Where there is no operation, that is what is told.
    let ailleurs = membre.nue(Method::Post, "/api/v1/guides").header("idempotency-key", "a b");
    membre.envoyer(ailleurs).await.probleme(ProblemCode::MethodeInconnue);
}

#[tokio::test]
async fn a_refusal_is_judged_anew_and_a_success_is_answered_again_whatever_happened_since() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde().clone(), t.membre());
    let autres = m.piece("PLAN", "autres");
    let (a1, gestionnaire) = ((m.adherent_a, m.etablissement_a1), m.gestionnaire);
    let dossier = t.semer(move |s| s.dossier(NouveauDossier::new("1820000099.01", "1403499", a1, gestionnaire)));
    let op = DeposerDocument { dossier_id: dossier.uuid() };
    let etat = |etat: Etat| {
        use db::schema::dossiers;
        use db::types::V;
        t.semer(move |s| {
            let dossier = dossiers::table.find(V(dossier));
            diesel::update(dossier).set(dossiers::etat.eq(V(etat))).execute(s.conn).unwrap();
        });
    };
    let form = || formulaire(autres, "a.pdf", pdf("a"));
    etat(Etat::Cloture);
    sous(&membre, &op, "k1", form()).await.probleme(ProblemCode::EtatIncompatible);
    etat(Etat::EnInstruction);
    let premiere = sous(&membre, &op, "k1", form()).await;
    assert_eq!(premiere.code(), 201, "{}", premiere.texte());
    etat(Etat::Cloture);
    repetee(&premiere, &sous(&membre, &op, "k1", form()).await);
    sous(&membre, &op, "k2", form()).await.probleme(ProblemCode::EtatIncompatible);
    // Rights are judged first: an answer is given again to who may still hear it.
    sous(&t.autre_membre(), &op, "k1", form()).await.probleme(ProblemCode::Absent);
    sous(&t.anonyme(), &op, "k1", form()).await.probleme(ProblemCode::NonConnecte);
    assert_eq!(nombre_de_documents(&t), 1);
}

#[tokio::test]
async fn a_thousand_at_once_make_one_document() {
    let t = TestApp::new().await;
    let m = t.monde();
    let autres = m.piece("PLAN", "autres");
    let op = Arc::new(DeposerDocument { dossier_id: m.dossier_a1.uuid() });
    // Several browsers of one person: what a node remembers of one session does not help the others.
    let navigateurs: Vec<Client> = (0..8).map(|_| t.membre()).collect();
    let form = || formulaire(autres, "a.pdf", pdf("a")).text("doublon_accepte", "true");
    let mut reponses = Vec::new();
    // A process has only so many sockets: four waves of 250, with no wait in between.
    for _ in 0..4 {
        let envois = (0..250).map(|n| {
            let (client, op, form) = (navigateurs[n % navigateurs.len()].clone(), Arc::clone(&op), form());
            tokio::spawn(async move { sous(&client, &*op, "k1", form).await })
        });
        reponses.extend(join_all(envois).await.into_iter().map(Result::unwrap));
    }
    assert_eq!(reponses.len(), 1000);
    let (faites, autres): (Vec<_>, Vec<_>) = reponses.into_iter().partition(|r| r.code() == 201);
    let (rejouees, premieres): (Vec<_>, Vec<_>) =
        faites.iter().partition(|r| r.entete("idempotency-replayed").is_some());
    let [premiere] = premieres.as_slice() else { panic!("{} effects", premieres.len()) };
    for r in &rejouees {
        repetee(premiere, r);
    }
    for r in &autres {
        r.probleme(ProblemCode::CleEnCours);
        assert_eq!(r.entete("retry-after"), Some("1"));
    }
    assert!(!rejouees.is_empty(), "every other request was refused");
    repetee(premiere, &sous(&navigateurs[0], &*op, "k1", form()).await);
    assert_eq!((nombre_de_documents(&t), t.blobs()), (1, 1));
    let lignes: (i64, i64) =
        t.lire(|conn| Ok((jobs::table.count().get_result(conn)?, evenements::table.count().get_result(conn)?)));
    assert_eq!(lignes, (1, 1));
}

/// A client that went to sleep, or whose connection died without a word, holds neither its key nor what it sent.
#[tokio::test]
async fn a_request_that_fell_silent_gives_its_key_back() {
    let t = TestApp::avec(Options { silence: Duration::from_millis(300), ..Options::default() }).await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    let op = DeposerDocument { dossier_id: m.dossier_a1.uuid() };
    let adresse = t.url().strip_prefix("http://").unwrap();
    let mut prise = TcpStream::connect(adresse).await.unwrap();
    let debut = format!(
        "POST {} HTTP/1.1\r\nhost: {adresse}\r\ncookie: {}\r\nidempotency-key: k1\r\n\
         content-type: multipart/form-data; boundary=x\r\ncontent-length: 100000\r\n\r\n\
         --x\r\ncontent-disposition: form-data; name=\"piece\"\r\n\r\n{autres}\r\n\
         --x\r\ncontent-disposition: form-data; name=\"fichier\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4",
        op.path(),
        membre.cookie().unwrap(),
    );
    prise.write_all(debut.as_bytes()).await.unwrap();
    let mut recu = vec![0; 12];
    tokio::time::timeout(Duration::from_secs(10), prise.read_exact(&mut recu)).await.unwrap().unwrap();
    assert_eq!(String::from_utf8_lossy(&recu), "HTTP/1.1 400");
    let reponse = sous(&membre, &op, "k1", formulaire(autres, "a.pdf", pdf("a"))).await;
    assert_eq!((reponse.code(), t.receptions()), (201, 0), "{}", reponse.texte());
}

#[tokio::test]
async fn an_effect_whose_answer_was_lost_is_answered_by_a_retry() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (gestionnaire, op) =
        (m.gestionnaire, TraiterDossier { dossier_id: m.dossier_a1.uuid(), query: Traitement::default() });
    // The process ends between the commit and the answer: the use case is run as the server runs it,
    // and nobody hears what it gave.
    let acteur = t.lire(|conn| Ok(db::sessions::acteur(conn, gestionnaire, domain::acteur::Cote::Gestionnaire)));
    let acteur = Arc::new(acteur.unwrap());
    let dossier = t.lire(|conn| Ok(db::portee::dossier(conn, m.dossier_a1))).unwrap();
    let permit = domain::authorize::<domain::policy::Traiter>(&acteur, dossier).unwrap();
    let cle = Some(("k1", Empreinte::new("k1", "POST", &op.path())));
    let requete = Requete::new(Portee::Reelle, cle, [127, 0, 0, 1].into());
    let rendre = |()| server::reponse::vide(actix_web::http::StatusCode::NO_CONTENT);
    let servir = app::requete::rendre(move |(): &()| rendre(()), app::travail::traiter(t.app(), &permit, None));
    let servir = async {
        t.app().reconnaitre(Genre::Personne, gestionnaire.uuid()).unwrap();
        servir.await
    };
    requete.porter(servir).await.unwrap();
    assert_eq!(t.journal(m.dossier_a1.uuid()), ["dossier.traiter"]);

    let reponse = json_sous(&t.gestionnaire(), &op, "k1", &()).await;
    assert_eq!((reponse.code(), reponse.entete("idempotency-replayed")), (204, Some("true")));
    assert_eq!(t.journal(m.dossier_a1.uuid()), ["dossier.traiter"]);
}

#[tokio::test]
async fn a_key_is_remembered_for_a_day() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let op = EnvoyerMessage { dossier_id: m.dossier_a1.uuid() };
    let form = || Form::new().text("corps", "Bonjour");
    let premiere = sous(&membre, &op, "k1", form()).await;
    t.avancer(24 * 3600);
    app::worker::balayer(t.app()).await.unwrap();
    repetee(&premiere, &sous(&t.membre(), &op, "k1", form()).await);
    t.avancer(1);
    // Free again before the sweep, which is late by a day at most.
    let seconde = sous(&t.membre(), &op, "k1", form()).await;
    assert_eq!((seconde.code(), seconde.entete("idempotency-replayed")), (201, None));
    t.avancer(24 * 3600 + 1);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(t.lire(|conn| cles_idempotence::table.count().get_result::<i64>(conn)), 0);
}

/// Operations whose answer gives a secret: see [`what_gives_a_secret_gives_it_once`].
const SECRETS: [&str; 4] = ["creer_webhook", "changer_secret_webhook", "creer_client_api", "renouveler_secret_api"];

#[tokio::test]
async fn every_post_is_answered_again() {
    /// Operations that open a session or give a token, or that change nothing: judged anew each time. The deposit of an upload
    /// needs no key: it is made once, and given again.
    const A_NEUF: [&str; 8] = [
        "ouvrir_session",
        "evaluer_mot_de_passe",
        "lire_invitation",
        "essayer_webhook",
        "deposer_televersement",
        "emettre_jeton",
        "revoquer_jeton",
        "introspecter_jeton",
    ];
    const PAUL: &str = "paul@bati-rives.example";
    let t = TestApp::new().await;
    let (m, membre, gestionnaire, anonyme) = (t.monde().clone(), t.membre(), t.gestionnaire(), t.anonyme());
    let autres = m.piece("PLAN", "autres");
    let dossier_id = m.dossier_a1.uuid();
    let depot = depose(&membre, m.dossier_a1, autres, "1.pdf", pdf("1")).await.id;
    let mut vues: BTreeSet<&str> = A_NEUF.into_iter().chain(SECRETS).collect();
    macro_rules! deux_fois {
        ($client:expr, $operation:expr, $envoyer:ident, $corps:expr) => {{
            let operation = $operation;
            let premiere = $envoyer(&$client, &operation, "k", $corps).await;
            repetee(&premiere, &$envoyer(&$client, &operation, "k", $corps).await);
            vues.insert(nom(&operation));
            // Each operation has its own key.
            t.semer(|s| diesel::delete(cles_idempotence::table).execute(s.conn).unwrap());
        }};
    }
    let form = |sel: &str| Form::new().part("fichier", fichier("a.pdf", pdf(sel)));
    deux_fois!(membre, DeposerDocument { dossier_id }, sous, formulaire(autres, "2.pdf", pdf("2")));
    deux_fois!(membre, RemplacerDocument { document_id: depot }, sous, form("3"));
    deux_fois!(gestionnaire, DeposerDocumentOpco { dossier_id }, sous, form("4"));
    deux_fois!(membre, CreerTeleversement { dossier_id }, televersement_sous, (autres, pdf("6"), false));
    deux_fois!(membre, CreerTeleversement { dossier_id }, televersement_sous, (autres, pdf("6"), true));
    deux_fois!(
        membre,
        EnvoyerMessage { dossier_id },
        sous,
        Form::new().text("corps", "Bonjour").part("fichier", fichier("a.pdf", pdf("5")))
    );
    let piece_id = m.piece("PLAN", "identite").uuid();
    let demande = DemandePiece { piece_id, motif: "Le nom diffère.".into(), avant: None };
    deux_fois!(gestionnaire, DemanderPiece { dossier_id }, json_sous, &demande);
    deux_fois!(gestionnaire, TraiterDossier { dossier_id, query: Traitement::default() }, json_sous, &());
    deux_fois!(anonyme, CreerCompte {}, json_sous, &creation(PAUL));
    let jeton = jeton_de(&courriels_a(&t, PAUL)[0]);
    deux_fois!(anonyme, ConfirmerCompte {}, json_sous, &Confirmation { jeton: jeton.clone() });
    deux_fois!(anonyme, OublierMotDePasse {}, json_sous, &OubliMotDePasse { email: PAUL.into() });
    let envoyes = courriels_a(&t, PAUL);
    let jeton = jeton_de(envoyes.last().unwrap());
    let corps = Reinitialisation { jeton, mot_de_passe: MotDePasse(format!("{MOT_DE_PASSE}-2")) };
    deux_fois!(anonyme, ReinitialiserMotDePasse {}, json_sous, &corps);
    let droits = vec![crate::membres::droit(m.etablissement_a1, domain::RoleMembre::Lecteur)];
    let invitation = crate::membres::invitation("invite@chantiers.example", droits);
    deux_fois!(t.administrateur(), InviterMembre { adherent_id: m.adherent_a.uuid() }, json_sous, &invitation);
    let [courriel] = courriels_a(&t, "invite@chantiers.example").try_into().unwrap();
    let acceptation = crate::membres::acceptation(&jeton_de(&courriel));
    deux_fois!(anonyme, AccepterInvitation {}, json_sous, &acceptation);
    let numeros = DemandeRattachement { siret: test_support::siret(2, 1), numero_adherent: "0067890".into() };
    deux_fois!(membre, DemanderRattachement {}, json_sous, &numeros);
    let texte = LotMessage { dossier: dossier_id.to_string(), corps: "Bonjour".into(), reference_externe: None };
    let lot = Lot { elements: vec![ElementLot { cle: None, acte: ActeLot::EnvoyerMessage(texte) }] };
    deux_fois!(membre, ExecuterLot {}, json_sous, &lot);
    let administrateur = t.administrateur();
    let recepteur = Recepteur::new();
    let webhook_id = webhooks::creer(&t, &webhooks::saisie(&recepteur.url())).await.webhook.id;
    depose(&membre, m.dossier_a1, autres, "7.pdf", pdf("7")).await;
    t.expedier().await;
    let livraison_id = webhooks::livraisons(&administrateur, webhook_id).await[0].id;
    deux_fois!(administrateur, RejouerLivraison { webhook_id, livraison_id }, json_sous, &());
    let rejeu = Rejeu { depuis: t.maintenant(), etendue: EtendueRejeu::Toutes };
    deux_fois!(administrateur, RejouerLivraisons { webhook_id }, json_sous, &rejeu);
    deux_fois!(administrateur, SuspendreWebhook { webhook_id }, json_sous, &());
    deux_fois!(administrateur, ReprendreWebhook { webhook_id }, json_sous, &());
    let client_id = crate::oauth::client_a(&t, &[domain::Scope::DossiersRead]).await.client.client.id;
    let cle = NouvelleCleApi { jwk: crate::oauth::cle_publique() };
    deux_fois!(administrateur, AjouterCleApi { client_id }, json_sous, &cle);
    let attendues: BTreeSet<&str> =
        api_types::operations().iter().filter(|(m, ..)| *m == Method::Post).map(|(.., nom)| *nom).collect();
    assert_eq!(vues, attendues, "a POST has no case here");
    // Asked for once, forgotten once, changed once: three mails.
    let courriels: i64 =
        t.lire(|conn| courriels::table.filter(courriels::destinataire.eq(PAUL)).count().get_result(conn));
    assert_eq!(courriels, 3);
}

fn nom<E: Endpoint>(_: &E) -> &'static str {
    E::OPERATION
}

/// Asks twice under one key for what gives a secret: the second time it is told that it was given, and where what it
/// opens is read.
async fn secret_sous<E: Endpoint>(t: &TestApp, client: &Client, operation: &E, corps: &E::Body)
where
    E::Body: serde::Serialize,
{
    let cle = format!("k-{}", E::OPERATION);
    let premiere = json_sous(client, operation, &cle, corps).await;
    assert!(premiere.statut.is_success(), "{}", premiere.texte());
    let secret = premiere.lire::<serde_json::Value>()["secret"].as_str().unwrap().to_owned();
    let gardes: Vec<Option<Vec<u8>>> =
        t.lire(|conn| cles_idempotence::table.select(cles_idempotence::corps).load(conn));
    assert!(!gardes.is_empty());
    assert!(gardes.into_iter().flatten().all(|g| !String::from_utf8_lossy(&g).contains(&secret)));
    let seconde = json_sous(client, operation, &cle, corps).await;
    seconde.probleme(ProblemCode::SecretDejaDonne);
    assert_eq!(seconde.entete("idempotency-replayed"), Some("true"));
    assert_eq!(seconde.entete("content-type"), Some("application/problem+json"));
    let ou = seconde.entete("location").unwrap();
    assert_eq!(premiere.entete("location").unwrap_or(ou), ou);
    assert_eq!(client.envoyer(client.nue(Method::Get, ou)).await.code(), 200);
}

#[tokio::test]
async fn what_gives_a_secret_gives_it_once() {
    let t = TestApp::new().await;
    let (m, administrateur) = (t.monde().clone(), t.administrateur());
    let recepteur = Recepteur::new();
    let webhook_id = webhooks::creer(&t, &webhooks::saisie(&recepteur.url())).await.webhook.id;
    let client_id = crate::oauth::client_a(&t, &[domain::Scope::DossiersRead]).await.client.client.id;
    let adherent_id = m.adherent_a.uuid();
    let mut vus = BTreeSet::new();
    macro_rules! une_fois {
        ($operation:expr, $corps:expr) => {{
            let operation = $operation;
            secret_sous(&t, &administrateur, &operation, $corps).await;
            vus.insert(nom(&operation));
        }};
    }
    une_fois!(ChangerSecretWebhook { webhook_id }, &ChangementSecret { recouvrement_heures: None });
    une_fois!(RenouvelerSecretApi { client_id }, &RotationSecret { chevauchement_heures: 0 });
    une_fois!(CreerWebhook { adherent_id }, &webhooks::saisie(&recepteur.url()));
    let reglage = crate::oauth::reglage(&[m.etablissement_a1], &[domain::Scope::DossiersRead]);
    une_fois!(CreerClientApi { adherent_id }, &reglage);
    assert_eq!(vus, BTreeSet::from(SECRETS));
    // One of each was there.
    assert_eq!(administrateur.ok(&ListerWebhooks { adherent_id }, &()).await.elements.len(), 2);
    let clients = ListerClientsApi { adherent_id, query: PageClientsApi::default() };
    assert_eq!(administrateur.ok(&clients, &()).await.elements.len(), 2);
}
