use api_types::ProblemCode;
use api_types::endpoint::{AnnulerDepot, LireDocument, LireDossier};
use domain::document::Statut;
use test_support::TestApp;

use super::{depose, depose_opco, pdf, piece};

#[tokio::test]
async fn annuler_takes_back_a_document_that_the_other_side_never_saw() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let convention = m.piece("PLAN", "convention");
    let d = depose(&membre, m.dossier_a1, convention, "a.pdf", pdf("a")).await;
    let op = LireDocument { document_id: d.id };
    t.gestionnaire().call(&op, &()).await.probleme(ProblemCode::Absent);
    t.avancer(59);
    assert_eq!(t.travailler().await, 0);
    let r = membre.call(&AnnulerDepot { document_id: d.id }, &()).await;
    assert_eq!(r.code(), 204);
    membre.call(&op, &()).await.probleme(ProblemCode::Absent);
    t.avancer(60);
    t.travailler().await;
    t.gestionnaire().call(&op, &()).await.probleme(ProblemCode::Absent);
    let piece = piece(&membre, m.dossier_a1, convention).await;
    assert!(piece.documents.is_empty() && !piece.fournie);
    let dossier = membre.ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await;
    assert_eq!(dossier.pieces_fournies, 0);
    assert_eq!(t.journal(d.id), ["document.deposer", "document.annuler"]);
}

#[tokio::test]
async fn annuler_comes_too_late_after_the_transmission() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let d = depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    t.avancer(60);
    t.travailler().await;
    let r = membre.call(&AnnulerDepot { document_id: d.id }, &()).await;
    r.probleme(ProblemCode::AnnulationTropTardive);
    assert_eq!(membre.ok(&LireDocument { document_id: d.id }, &()).await.statut, Statut::Transmis);
}

#[tokio::test]
async fn annuler_twice_is_absent() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let d = depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    let op = AnnulerDepot { document_id: d.id };
    assert_eq!(membre.call(&op, &()).await.code(), 204);
    membre.call(&op, &()).await.probleme(ProblemCode::Absent);
}

#[tokio::test]
async fn annuler_is_for_the_side_that_deposited() {
    let t = TestApp::new().await;
    let m = t.monde();
    let d = depose(&t.membre(), m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    let op = AnnulerDepot { document_id: d.id };
    t.lecteur().call(&op, &()).await.probleme(ProblemCode::Interdit);
    t.gestionnaire().call(&op, &()).await.probleme(ProblemCode::Absent);
    t.autre_membre().call(&op, &()).await.probleme(ProblemCode::Absent);
    let opco = depose_opco(&t.gestionnaire(), m.dossier_a1, "accord.pdf", pdf("accord")).await;
    let op = AnnulerDepot { document_id: opco.id };
    t.membre().call(&op, &()).await.probleme(ProblemCode::Absent);
    assert_eq!(t.gestionnaire().call(&op, &()).await.code(), 204);
}
