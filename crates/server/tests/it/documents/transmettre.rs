use api_types::ProblemCode;
use api_types::endpoint::{LireDocument, LireDossier, ListerDocumentsOpco};
use domain::document::Statut;
use test_support::{Options, TestApp};

use super::{depose, depose_opco, pdf, piece};

#[tokio::test]
async fn the_gestionnaire_has_the_document_at_the_end_of_the_undo_window() {
    let t = TestApp::new().await;
    let m = t.monde();
    let autres = m.piece("PLAN", "autres");
    let d = depose(&t.membre(), m.dossier_a1, autres, "a.pdf", pdf("a")).await;
    assert!(piece(&t.gestionnaire(), m.dossier_a1, autres).await.documents.is_empty());
    t.avancer(60);
    assert_eq!(t.travailler().await, 1);
    let vu = t.gestionnaire().ok(&LireDocument { document_id: d.id }, &()).await;
    assert_eq!((vu.statut, vu.transmis_le, vu.annulable_jusqu_a), (Statut::Transmis, Some(t.maintenant()), None));
    assert_eq!(vu.sha256, d.sha256);
    let dossier = t.gestionnaire().ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await;
    assert_eq!(dossier.a_traiter, 1);
    assert_eq!(t.membre().ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await.a_traiter, 0);
    t.autre_gestionnaire().call(&LireDocument { document_id: d.id }, &()).await.probleme(ProblemCode::Absent);
}

#[tokio::test]
async fn without_an_undo_window_the_transmission_is_immediate() {
    let t = TestApp::avec(Options { annulation_secondes: 0, ..Options::default() }).await;
    let m = t.monde();
    let d = depose(&t.membre(), m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    t.travailler().await;
    assert_eq!(t.gestionnaire().ok(&LireDocument { document_id: d.id }, &()).await.statut, Statut::Transmis);
}

#[tokio::test]
async fn the_member_is_told_of_a_document_of_the_opco() {
    let t = TestApp::new().await;
    let m = t.monde();
    let d = depose_opco(&t.gestionnaire(), m.dossier_a1, "Accord.pdf", pdf("accord")).await;
    let lister = ListerDocumentsOpco { dossier_id: m.dossier_a1.uuid() };
    assert!(t.membre().ok(&lister, &()).await.elements.is_empty());
    t.avancer(60);
    t.travailler().await;
    let liste = t.membre().ok(&lister, &()).await;
    assert_eq!(liste.elements.iter().map(|d| d.id).collect::<Vec<_>>(), [d.id]);
    let dossier = t.membre().ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await;
    assert_eq!((dossier.onglets.documents_opco, dossier.onglets.messages_non_lus), (1, 1));
    let mut avertis: Vec<String> = t.courriels().into_iter().map(|c| c.destinataire).collect();
    avertis.sort();
    assert_eq!(avertis, ["lea@bati-rives.example", "marc@bati-rives.example", "nadia@bati-rives.example"]);
}

#[tokio::test]
async fn a_transmission_done_twice_is_done_once() {
    let t = TestApp::new().await;
    let m = t.monde();
    let d = depose(&t.membre(), m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    t.avancer(60);
    let id = domain::ids::Id::new(d.id);
    let (a, b) = tokio::join!(app::documents::transmettre(t.app(), id), app::documents::transmettre(t.app(), id));
    a.unwrap();
    b.unwrap();
    t.travailler().await;
    let dossier = t.gestionnaire().ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await;
    assert_eq!(dossier.a_traiter, 1);
    assert_eq!(t.journal(d.id), ["document.deposer", "document.transmettre"]);
}
