use api_types::ProblemCode;
use api_types::endpoint::{AbandonnerTeleversement, LireTeleversement, SuivreTeleversement};
use db::schema::{parties_televersement, televersements};
use diesel::prelude::*;
use domain::RoleMembre;
use domain::televersement::StatutTeleversement;
use test_support::TestApp;

use super::{arrive_sans_depot, autres, envoyer, lire, ouvrir, pdf_de, presente, role, suivre};
use crate::documents::{depose, pdf, piece};

#[tokio::test]
async fn an_upload_whose_last_request_was_cut_is_deposited_by_the_next_question() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(5_000);
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    arrive_sans_depot(&t, presente(&t.membre()), id, &octets).await;
    let r = suivre(&membre, id).await;
    assert_eq!((r.code(), r.entete("upload-offset")), (200, Some("5000")), "{:?}", r.entetes);
    assert_eq!(r.entete("document-sha256"), Some(crate::sha256(&octets).as_str()));
    assert_eq!(t.blobs(), 1);
}

#[tokio::test]
async fn an_upload_whose_last_request_was_cut_is_deposited_by_the_worker() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(5_000);
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    arrive_sans_depot(&t, presente(&t.membre()), id, &octets).await;
    t.avancer(120);
    assert!(t.travailler().await >= 1);
    let lu = lire(&membre, id).await;
    assert_eq!((lu.statut, lu.document.unwrap().sha256), (StatutTeleversement::Depose, crate::sha256(&octets)));
    // In the creator's name, and once.
    let document = &piece(&membre, m.dossier_a1, autres(&t)).await.documents[0];
    assert_eq!(document.depose_par, "Marc Guérin");
    assert_eq!(suivre(&membre, id).await.entete("document-id"), Some(document.id.to_string().as_str()));
}

#[tokio::test]
async fn an_upload_that_nobody_goes_on_with_expires_and_is_swept() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(5_000);
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    t.avancer(6 * 24 * 3600);
    // A part puts the end off.
    let membre = t.membre();
    assert_eq!(envoyer(&membre, id, 0, &octets[..1_000]).await.code(), 204);
    t.avancer(6 * 24 * 3600);
    let membre = t.membre();
    assert_eq!(suivre(&membre, id).await.entete("upload-offset"), Some("1000"));
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(lire(&membre, id).await.recu, 1_000);
    t.avancer(24 * 3600);
    let membre = t.membre();
    assert_eq!(suivre(&membre, id).await.code(), 410);
    envoyer(&membre, id, 1_000, &octets[1_000..]).await.probleme(ProblemCode::TeleversementClos);
    t.avancer(1);
    // Its bytes are not told among the files that no row names.
    assert_eq!(app::worker::balayer(t.app()).await.unwrap(), 0);
    assert_eq!((suivre(&membre, id).await.code(), t.blobs()), (404, 0));
}

#[tokio::test]
async fn abandonner_forgets_the_bytes_and_leaves_a_document_alone() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(5_000);
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    envoyer(&membre, id, 0, &octets[..1_000]).await;
    let op = AbandonnerTeleversement { televersement_id: id };
    membre.call(&op, &()).await.probleme(ProblemCode::VersionTus);
    let oublier = || membre.requete(&op, &()).header("tus-resumable", "1.0.0");
    assert_eq!(membre.envoyer(oublier()).await.code(), 204);
    assert_eq!((suivre(&membre, id).await.code(), t.blobs()), (404, 0));
    assert_eq!(t.journal(id), ["televersement.creer", "televersement.abandonner"]);
    membre.envoyer(oublier()).await.probleme(ProblemCode::Absent);

    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "b.pdf", octets.len()).await;
    envoyer(&membre, id, 0, &octets).await;
    let oublier = membre.requete(&AbandonnerTeleversement { televersement_id: id }, &());
    assert_eq!(membre.envoyer(oublier.header("tus-resumable", "1.0.0")).await.code(), 204);
    assert_eq!(piece(&membre, m.dossier_a1, autres(&t)).await.documents.len(), 1);
    let restes: i64 = t.lire(|conn| televersements::table.count().get_result(conn));
    let parties: i64 = t.lire(|conn| parties_televersement::table.count().get_result(conn));
    assert_eq!((restes, parties), (0, 0));
}

#[tokio::test]
async fn a_right_withdrawn_in_the_middle_is_withdrawn_at_once() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde().clone(), t.membre());
    let octets = pdf_de(5_000);
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    envoyer(&membre, id, 0, &octets[..1_000]).await;
    role(&t, Some(RoleMembre::Lecteur));
    envoyer(&membre, id, 1_000, &octets[1_000..]).await.probleme(ProblemCode::Interdit);
    assert_eq!(suivre(&membre, id).await.code(), 403);
    role(&t, None);
    let perdu = membre.call(&LireTeleversement { televersement_id: id }, &()).await;
    perdu.probleme(ProblemCode::Absent);
    let inconnu = membre.call(&LireTeleversement { televersement_id: uuid::Uuid::new_v4() }, &()).await;
    assert_eq!(perdu.corps, inconnu.corps);
    let sans_session = t.anonyme().call(&SuivreTeleversement { televersement_id: id }, &()).await;
    assert_eq!(sans_session.code(), 401);
}

#[tokio::test]
async fn a_right_lost_before_the_end_makes_no_document() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde().clone(), t.membre());
    let octets = pdf_de(5_000);
    depose(&membre, m.dossier_a1, autres(&t), "autre.pdf", pdf("autre")).await;
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    arrive_sans_depot(&t, presente(&t.membre()), id, &octets).await;
    role(&t, Some(RoleMembre::Lecteur));
    t.avancer(120);
    t.travailler().await;
    assert_eq!(piece(&t.administrateur(), m.dossier_a1, autres(&t)).await.documents.len(), 1);
}
