//! Guides to download.

use api_types::endpoint::{ListerGuides, TelechargerGuide};
use api_types::{Endpoint as _, Method, ProblemCode};
use test_support::{PDF, TestApp};
use uuid::Uuid;

#[tokio::test]
async fn a_guide_is_listed_and_downloaded() {
    let t = TestApp::new().await;
    let blob = t.ranger(PDF).await;
    let id = t.semer(move |s| s.guide("Déposer une pièce", "Guide « dépôt ».pdf", (&blob, PDF.len()), 1));
    let membre = t.membre();
    let guides = membre.ok(&ListerGuides {}, &()).await.elements;
    assert_eq!((guides[0].id, guides[0].taille), (id.uuid(), i64::try_from(PDF.len()).unwrap()));

    let operation = TelechargerGuide { guide_id: id.uuid() };
    let fichier = membre.call(&operation, &()).await;
    assert_eq!((fichier.code(), &fichier.corps[..]), (200, PDF));
    assert_eq!(fichier.entete("content-type"), Some("application/pdf"));
    assert_eq!(fichier.entete("x-content-type-options"), Some("nosniff"));
    let disposition = fichier.entete("content-disposition").unwrap();
    assert!(
        disposition.starts_with("attachment; filename=\"Guide _ d_p_t _.pdf\"; filename*=UTF-8''Guide%20"),
        "{disposition}"
    );

    let debut = membre.nue(Method::Get, &operation.path()).header("range", "bytes=0-7");
    let debut = membre.envoyer(debut).await;
    assert_eq!((debut.code(), &debut.corps[..]), (206, &PDF[..8]));
}

#[tokio::test]
async fn an_absent_guide_is_absent_and_nobody_reads_without_a_session() {
    let t = TestApp::new().await;
    let operation = TelechargerGuide { guide_id: Uuid::now_v7() };
    t.membre().call(&operation, &()).await.probleme(ProblemCode::Absent);
    t.anonyme().call(&operation, &()).await.probleme(ProblemCode::NonConnecte);
    t.anonyme().call(&ListerGuides {}, &()).await.probleme(ProblemCode::NonConnecte);
}
