use api_types::ProblemCode;
use api_types::documents::{Document, Examen};
use api_types::endpoint::{
    AnnulerDepot, DeposerDocumentOpco, ExaminerDocument, LireDocument, LireDossier, LireTravail, ListerDocumentsOpco,
    ListerVersions, RemplacerDocument, TelechargerDocument,
};
use api_types::travail::PageTravail;
use domain::document::Verdict;
use reqwest::multipart::Form;
use test_support::{Client, Reponse, TestApp};
use uuid::Uuid;

use super::{depose, fichier, pdf, piece};

async fn remplacer(client: &Client, id: Uuid, sel: &str) -> Reponse {
    remplacer_si(client, id, sel, "*").await
}

/// Replaces the version that has a validator.
async fn remplacer_si(client: &Client, id: Uuid, sel: &str, etag: &str) -> Reponse {
    let form = Form::new().part("fichier", fichier("b.pdf", pdf(sel)));
    let requete = client.requete(&RemplacerDocument { document_id: id }, &()).header("if-match", etag);
    client.envoyer(requete.multipart(form)).await
}

#[tokio::test]
async fn remplacer_wants_the_version_that_was_read() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let v1 = depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("1")).await;
    let form = Form::new().part("fichier", fichier("b.pdf", pdf("2")));
    let sans = membre.multipart(&RemplacerDocument { document_id: v1.id }, form).await;
    sans.probleme(ProblemCode::PreconditionManquante);
    remplacer_si(&membre, v1.id, "2", "\"autre\"").await.probleme(ProblemCode::VersionPerimee);
    // Transmitted while the new version was being sent: nobody decided anything in between.
    t.avancer(60);
    t.travailler().await;
    let examen = Examen { verdict: Verdict::Refusee, motif: Some("Illisible.".into()), avant: None };
    let juger = t.gestionnaire().requete(&ExaminerDocument { document_id: v1.id }, &examen).header("if-match", "*");
    let v1_transmise = membre.ok(&LireDocument { document_id: v1.id }, &()).await;
    assert_ne!(v1_transmise.etag, v1.etag);
    let liste = format!("\"autre\", {}", v1.etag);
    let r = remplacer_si(&membre, v1.id, "2", &liste).await;
    assert_eq!(r.code(), 201, "{}", r.texte());
    let v2: Document = r.lire();
    assert_eq!(r.entete("etag"), Some(v2.etag.as_str()));
    assert_eq!(membre.call(&AnnulerDepot { document_id: v2.id }, &()).await.code(), 204);
    // Judged in between: the member has not read it.
    assert_eq!(t.gestionnaire().envoyer(juger).await.code(), 200);
    remplacer_si(&membre, v1.id, "3", &v1_transmise.etag).await.probleme(ProblemCode::VersionPerimee);
    assert_eq!(t.blobs(), 2);
}

#[tokio::test]
async fn remplacer_makes_a_version_and_the_old_one_stays_readable() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    // A category that holds one document takes its replacement.
    let programme = m.piece("PLAN", "programme");
    let v1 = depose(&membre, m.dossier_a1, programme, "a.pdf", pdf("1")).await;
    t.avancer(60);
    t.travailler().await;
    let r = remplacer(&membre, v1.id, "2").await;
    assert_eq!(r.code(), 201, "{}", r.texte());
    let v2: Document = r.lire();
    assert_eq!((v2.version, v2.piece_id), (2, Some(programme.uuid())));
    let presents = piece(&membre, m.dossier_a1, programme).await.documents;
    assert_eq!(presents.iter().map(|d| d.id).collect::<Vec<_>>(), [v2.id]);
    let versions = membre.ok(&ListerVersions { document_id: v2.id }, &()).await;
    assert_eq!(versions.elements.iter().map(|d| d.version).collect::<Vec<_>>(), [2, 1]);
    let ancien = membre.call(&TelechargerDocument { document_id: v1.id }, &()).await;
    assert_eq!(ancien.corps, pdf("1"));
    // Until the second is transmitted the gestionnaire knows of the first alone.
    let vues = t.gestionnaire().ok(&ListerVersions { document_id: v1.id }, &()).await;
    assert_eq!(vues.elements.iter().map(|d| d.version).collect::<Vec<_>>(), [1]);
}

#[tokio::test]
async fn until_a_replacement_is_transmitted_the_other_side_keeps_the_former_version() {
    let t = TestApp::new().await;
    let (m, membre, gestionnaire) = (t.monde(), t.membre(), t.gestionnaire());
    let (dossier, programme) = (m.dossier_a1, m.piece("PLAN", "programme"));
    let v1 = depose(&membre, dossier, programme, "a.pdf", pdf("1")).await;
    t.avancer(60);
    t.travailler().await;
    let lu = gestionnaire.ok(&LireDocument { document_id: v1.id }, &()).await;
    let v2: Document = remplacer(&membre, v1.id, "2").await.lire();
    let vus = async || {
        let presents = piece(&gestionnaire, dossier, programme).await.documents;
        let nombre = gestionnaire.ok(&LireDossier { dossier_id: dossier.uuid() }, &()).await.onglets.documents;
        (presents.iter().map(|d| d.id).collect::<Vec<_>>(), nombre)
    };
    // The document is as it was read, and may be judged.
    assert_eq!(vus().await, (vec![v1.id], 1));
    assert_eq!(gestionnaire.ok(&LireDocument { document_id: v1.id }, &()).await.etag, lu.etag);
    let examen = Examen { verdict: Verdict::Refusee, motif: Some("Illisible.".into()), avant: None };
    let juger = |etag: &str| {
        let requete = gestionnaire.requete(&ExaminerDocument { document_id: v1.id }, &examen);
        requete.header("if-match", etag.to_owned())
    };
    assert_eq!(gestionnaire.envoyer(juger(&lu.etag)).await.code(), 200);
    t.avancer(60);
    t.travailler().await;
    assert_eq!(vus().await, (vec![v2.id], 1));
    // What another took the place of is judged no more.
    gestionnaire.envoyer(juger("*")).await.probleme(ProblemCode::EtatIncompatible);
    let versions = gestionnaire.ok(&ListerVersions { document_id: v2.id }, &()).await;
    assert_eq!(versions.elements.iter().map(|d| d.verdict).collect::<Vec<_>>(), [Verdict::AExaminer, Verdict::Refusee]);
}

#[tokio::test]
async fn a_replacement_of_the_opco_is_shown_to_the_member_once_transmitted() {
    let t = TestApp::new().await;
    let (m, membre, gestionnaire) = (t.monde(), t.membre(), t.gestionnaire());
    let dossier_id = m.dossier_a1.uuid();
    let form = Form::new().part("fichier", fichier("accord.pdf", pdf("1")));
    let v1: Document = gestionnaire.multipart(&DeposerDocumentOpco { dossier_id }, form).await.lire();
    t.avancer(60);
    t.travailler().await;
    let v2: Document = remplacer(&gestionnaire, v1.id, "2").await.lire();
    let vus = async |client: &Client| {
        let presents = client.ok(&ListerDocumentsOpco { dossier_id }, &()).await.elements;
        let nombre = client.ok(&LireDossier { dossier_id }, &()).await.onglets.documents_opco;
        (presents.iter().map(|d| d.id).collect::<Vec<_>>(), nombre)
    };
    assert_eq!(vus(&membre).await, (vec![v1.id], 1));
    assert_eq!(vus(&gestionnaire).await, (vec![v2.id], 1));
    t.avancer(60);
    t.travailler().await;
    assert_eq!(vus(&membre).await, (vec![v2.id], 1));
}

#[tokio::test]
async fn an_accepted_document_is_not_replaced() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let v1 = depose(&membre, m.dossier_a1, m.piece("PLAN", "programme"), "a.pdf", pdf("1")).await;
    t.avancer(60);
    t.travailler().await;
    let examen = Examen { verdict: Verdict::Acceptee, motif: None, avant: None };
    let juger = t.gestionnaire().requete(&ExaminerDocument { document_id: v1.id }, &examen).header("if-match", "*");
    assert_eq!(t.gestionnaire().envoyer(juger).await.code(), 200);
    let refus = remplacer(&membre, v1.id, "2").await.probleme(ProblemCode::EtatIncompatible);
    assert!(refus.detail.is_some_and(|d| d.contains("acceptée")));
    assert_eq!(t.blobs(), 1);
}

/// Whoever waits for its transmission, or read it before, learns that another version is to be looked at.
#[tokio::test]
async fn a_document_replaced_before_its_transmission_says_so() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let v1 = depose(&membre, m.dossier_a1, m.piece("PLAN", "programme"), "a.pdf", pdf("1")).await;
    let lire = async || membre.ok(&LireDocument { document_id: v1.id }, &()).await;
    assert_eq!(lire().await.remplace_le, None);
    assert_eq!(remplacer_si(&membre, v1.id, "2", &v1.etag).await.code(), 201);
    let remplace = lire().await;
    assert_eq!((remplace.remplace_le, remplace.annulable_jusqu_a), (Some(t.maintenant()), None));
    remplacer_si(&membre, v1.id, "3", &v1.etag).await.probleme(ProblemCode::VersionPerimee);
    let refus = remplacer_si(&membre, v1.id, "3", &remplace.etag).await.probleme(ProblemCode::EtatIncompatible);
    assert!(refus.detail.is_some_and(|d| d.contains("version plus récente")));
}

#[tokio::test]
async fn undoing_a_replacement_puts_the_former_version_back() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let programme = m.piece("PLAN", "programme");
    let v1 = depose(&membre, m.dossier_a1, programme, "a.pdf", pdf("1")).await;
    let v2: Document = remplacer(&membre, v1.id, "2").await.lire();
    assert_eq!(membre.call(&AnnulerDepot { document_id: v2.id }, &()).await.code(), 204);
    let presents = piece(&membre, m.dossier_a1, programme).await.documents;
    assert_eq!(presents.iter().map(|d| d.id).collect::<Vec<_>>(), [v1.id]);
}

#[tokio::test]
async fn what_is_replaced_before_it_is_transmitted_never_is() {
    let t = TestApp::new().await;
    let (m, membre, gestionnaire) = (t.monde(), t.membre(), t.gestionnaire());
    let programme = m.piece("PLAN", "programme");
    let v1 = depose(&membre, m.dossier_a1, programme, "faux.pdf", pdf("1")).await;
    let v2: Document = remplacer(&membre, v1.id, "2").await.lire();
    t.avancer(60);
    t.travailler().await;
    let versions = gestionnaire.ok(&ListerVersions { document_id: v2.id }, &()).await;
    assert_eq!(versions.elements.iter().map(|d| d.id).collect::<Vec<_>>(), [v2.id]);
    gestionnaire.call(&LireDocument { document_id: v1.id }, &()).await.probleme(ProblemCode::Absent);
    let travail = gestionnaire.ok(&LireTravail { query: PageTravail::default() }, &()).await;
    assert_eq!(travail.elements.iter().map(|e| e.documents).sum::<i64>(), 1);
    // Given its place back, it is transmitted like any other.
    let v1 = depose(&membre, m.dossier_a2, programme, "a.pdf", pdf("3")).await;
    let v2: Document = remplacer(&membre, v1.id, "4").await.lire();
    assert_eq!(membre.call(&AnnulerDepot { document_id: v2.id }, &()).await.code(), 204);
    t.avancer(60);
    t.travailler().await;
    let recus = piece(&gestionnaire, m.dossier_a2, programme).await.documents;
    assert_eq!(recus.iter().map(|d| d.id).collect::<Vec<_>>(), [v1.id]);
}

#[tokio::test]
async fn the_end_of_a_version_already_replaced_gives_nothing_back() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let programme = m.piece("PLAN", "programme");
    let v1 = depose(&membre, m.dossier_a1, programme, "a.pdf", pdf("1")).await;
    let v2: Document = remplacer(&membre, v1.id, "2").await.lire();
    let v3: Document = remplacer(&membre, v2.id, "3").await.lire();
    assert_eq!(membre.call(&AnnulerDepot { document_id: v2.id }, &()).await.code(), 204);
    let presents = piece(&membre, m.dossier_a1, programme).await.documents;
    assert_eq!(presents.iter().map(|d| d.id).collect::<Vec<_>>(), [v3.id]);
}

#[tokio::test]
async fn a_version_already_replaced_cannot_be_replaced_again() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let v1 = depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("1")).await;
    assert_eq!(remplacer(&membre, v1.id, "2").await.code(), 201);
    remplacer(&membre, v1.id, "3").await.probleme(ProblemCode::EtatIncompatible);
    remplacer_si(&t.administrateur(), v1.id, "3", &v1.etag).await.probleme(ProblemCode::VersionPerimee);
    remplacer(&t.lecteur(), v1.id, "4").await.probleme(ProblemCode::Interdit);
    remplacer(&t.autre_membre(), v1.id, "5").await.probleme(ProblemCode::Absent);
}
