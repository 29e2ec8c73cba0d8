//! `?simulation=true`: the answer that the act would have, and nothing of the act.

use api_types::documents::{DemandePiece, Document, Examen};
use api_types::endpoint::{
    AnnulerDepot, ChoisirFavoris, CreerCompte, DemanderPiece, DeposerDocument, EnvoyerMessage, ExaminerDocument,
    FermerSession, LireDocument, LireSession, MarquerMessage, RemplacerDocument, TraiterDossier,
};
use api_types::messages::{EtatLecture, Message};
use api_types::portail::Favoris;
use api_types::travail::Traitement;
use api_types::{Endpoint, Method, ProblemCode};
use db::schema::{
    arrivees, cles_idempotence, courriels, demandes_piece, documents, evenements, favoris, jobs, journal, lectures,
    messages, sessions,
};
use diesel::prelude::*;
use domain::document::Verdict;
use domain::outil::Outil;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use test_support::{Client, Reponse, TestApp};

use crate::comptes::creation;
use crate::documents::{depose, deposer, fichier, formulaire, pdf};

/// A request of an operation, as a simulation.
fn simulee<E: Endpoint>(client: &Client, operation: &E) -> RequestBuilder {
    let si = client.nue(E::METHOD, &format!("{}?simulation=true", operation.path()));
    si.header("if-match", "*")
}

fn annoncee(reponse: &Reponse, code: u16) {
    assert_eq!(reponse.code(), code, "{}", reponse.texte());
    assert_eq!(reponse.entete("simulation"), Some("true"));
}

/// What the database and the vault hold.
fn etat(t: &TestApp) -> (Vec<i64>, usize) {
    macro_rules! nombres {
        ($($table:ident),+) => { t.lire(|conn| Ok(vec![$($table::table.count().get_result::<i64>(conn)?),+])) };
    }
    let lignes = nombres!(
        arrivees,
        cles_idempotence,
        courriels,
        demandes_piece,
        documents,
        evenements,
        favoris,
        jobs,
        journal,
        lectures,
        messages
    );
    (lignes, t.blobs())
}

#[tokio::test]
async fn a_deposit_is_answered_and_not_kept() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    let op = DeposerDocument { dossier_id: m.dossier_a1.uuid() };
    let avant = etat(&t);
    let form = || formulaire(autres, "a.pdf", pdf("a"));
    let simule = membre.envoyer(simulee(&membre, &op).header("idempotency-key", "k").multipart(form())).await;
    annoncee(&simule, 201);
    assert_eq!(etat(&t), avant);
    let s: Document = simule.lire();
    membre.call(&LireDocument { document_id: s.id }, &()).await.probleme(ProblemCode::Absent);
    // The act itself answers the same, but for what names this very deposit; the key was left free.
    let reel = membre.envoyer(membre.nue(Method::Post, &op.path()).header("idempotency-key", "k").multipart(form()));
    let reel = reel.await;
    assert_eq!((reel.code(), reel.entete("simulation"), reel.entete("idempotency-replayed")), (201, None, None));
    let r: Document = reel.lire();
    assert_eq!(Document { id: r.id, recu: r.recu.clone(), etag: r.etag.clone(), ..s }, r);
    // What would be refused is refused, for the same reasons.
    let double = membre.envoyer(simulee(&membre, &op).multipart(form())).await;
    annoncee(&double, 409);
    double.probleme(ProblemCode::DocumentEnDouble);
    let vide = membre.envoyer(simulee(&membre, &op).multipart(formulaire(autres, "b.pdf", Vec::new()))).await;
    vide.probleme(ProblemCode::FichierVide);
    let ailleurs = t.autre_membre();
    ailleurs.envoyer(simulee(&ailleurs, &op).multipart(form())).await.probleme(ProblemCode::Absent);
    let lecteur = t.lecteur();
    lecteur.envoyer(simulee(&lecteur, &op).multipart(form())).await.probleme(ProblemCode::Interdit);
    assert_eq!(t.blobs(), 1);
}

#[tokio::test]
async fn nothing_is_written_told_or_sent() {
    let t = TestApp::new().await;
    let (m, membre, gestionnaire) = (t.monde().clone(), t.membre(), t.gestionnaire());
    let autres = m.piece("PLAN", "autres");
    let recu = depose(&membre, m.dossier_a1, autres, "a.pdf", pdf("a")).await;
    t.avancer(60);
    t.travailler().await;
    let annulable = depose(&membre, m.dossier_a1, autres, "b.pdf", pdf("b")).await;
    let message = crate::messages::envoyer(&membre, m.dossier_a1, "Bonjour").await;
    let dossier_id = m.dossier_a1.uuid();
    let avant = etat(&t);

    let fichiers = crate::messages::formulaire("Voici.", &[("c.pdf", pdf("c")), ("d.pdf", pdf("d"))]);
    let r = membre.envoyer(simulee(&membre, &EnvoyerMessage { dossier_id }).multipart(fichiers)).await;
    annoncee(&r, 201);
    assert_eq!(r.lire::<Message>().pieces_jointes.len(), 2);
    let op = RemplacerDocument { document_id: recu.id };
    let form = reqwest::multipart::Form::new().part("fichier", fichier("a2.pdf", pdf("a2")));
    let r = membre.envoyer(simulee(&membre, &op).multipart(form)).await;
    annoncee(&r, 201);
    assert_eq!(r.lire::<Document>().version, 2);
    annoncee(&membre.envoyer(simulee(&membre, &AnnulerDepot { document_id: annulable.id })).await, 204);
    let json = |client: &Client, requete: RequestBuilder, corps: Value| {
        let client = client.clone();
        async move { client.envoyer(requete.json(&corps)).await }
    };
    let lecture = json!(EtatLecture { lu: true });
    let op = MarquerMessage { message_id: message.id };
    annoncee(&json(&gestionnaire, simulee(&gestionnaire, &op), lecture).await, 204);
    let examen = json!(Examen { verdict: Verdict::Acceptee, motif: None, avant: None });
    let op = ExaminerDocument { document_id: recu.id };
    let r = json(&gestionnaire, simulee(&gestionnaire, &op), examen).await;
    annoncee(&r, 200);
    assert_eq!(r.lire::<Document>().verdict, Verdict::Acceptee);
    let piece_id = m.piece("PLAN", "identite").uuid();
    let demande = json!(DemandePiece { piece_id, motif: "Le nom diffère.".into(), avant: None });
    annoncee(&json(&gestionnaire, simulee(&gestionnaire, &DemanderPiece { dossier_id }), demande).await, 204);
    annoncee(
        &gestionnaire
            .envoyer(simulee(&gestionnaire, &TraiterDossier { dossier_id, query: Traitement::default() }))
            .await,
        204,
    );
    let favoris = json!(Favoris { outils: vec![Outil::Egestion] });
    annoncee(&json(&membre, simulee(&membre, &ChoisirFavoris {}), favoris).await, 200);

    assert_eq!(etat(&t), avant);
    let present = gestionnaire.ok(&LireDocument { document_id: recu.id }, &()).await;
    assert_eq!(present.verdict, Verdict::AExaminer);
    assert_eq!(membre.ok(&LireDocument { document_id: annulable.id }, &()).await, annulable);
}

#[tokio::test]
async fn a_session_survives_its_simulated_end() {
    let t = TestApp::new().await;
    let membre = t.membre();
    let ouvertes = t.lire(|conn| sessions::table.count().get_result::<i64>(conn));
    let r = membre.envoyer(simulee(&membre, &FermerSession {})).await;
    annoncee(&r, 204);
    assert_eq!(r.entete("set-cookie"), None);
    assert_eq!(membre.call(&LireSession {}, &()).await.code(), 200);
    assert_eq!(t.lire(|conn| sessions::table.count().get_result::<i64>(conn)), ouvertes);
}

#[tokio::test]
async fn what_cannot_be_simulated_is_not_done_instead() {
    let t = TestApp::new().await;
    let anonyme = t.anonyme();
    let r = anonyme.envoyer(simulee(&anonyme, &CreerCompte {}).json(&creation("paul@bati-rives.example"))).await;
    r.probleme(ProblemCode::RequeteIllisible);
    let membre = t.membre();
    let op = DeposerDocument { dossier_id: t.monde().dossier_a1.uuid() };
    for demande in [
        "simulation=oui",
        "simulation",
        "simulation=false&simulation=true",
        "simulatio%6E=true",
        "Simulation=true",
        "simulaton=true",
        "=",
    ] {
        let form = formulaire(t.monde().piece("PLAN", "autres"), "a.pdf", pdf("a"));
        let ecrite = membre.nue(Method::Post, &format!("{}?{demande}", op.path())).multipart(form);
        let refus = membre.envoyer(ecrite).await.probleme(ProblemCode::RequeteIllisible);
        assert!(refus.detail.is_some_and(|d| d.starts_with("Le paramètre « ")), "{demande}");
    }
    let tus = format!("/api/v1/dossiers/{}/televersements?simulation=true", t.monde().dossier_a1);
    membre.envoyer(membre.nue(Method::Post, &tus)).await.probleme(ProblemCode::RequeteIllisible);
    assert_eq!((etat(&t).1, t.courriels().len()), (0, 0));
    let autres = t.monde().piece("PLAN", "autres");
    assert_eq!(deposer(&membre, t.monde().dossier_a1, autres, "a.pdf", pdf("a")).await.code(), 201);
}
