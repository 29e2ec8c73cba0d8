use api_types::ProblemCode;
use api_types::endpoint::{ApercuDocument, TelechargerDocument, TelechargerDocuments, TelechargerRecu};
use db::schema::documents;
use diesel::prelude::*;
use test_support::TestApp;

use super::{depose, depose_opco, pdf};

#[tokio::test]
async fn telecharger_gives_the_bytes_with_safe_headers_and_the_right_name() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let d = depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "Été \"1\".pdf", pdf("a")).await;
    let r = membre.call(&TelechargerDocument { document_id: d.id }, &()).await;
    assert_eq!((r.code(), r.corps.as_ref()), (200, pdf("a").as_slice()));
    assert_eq!(r.entete("content-type"), Some("application/pdf"));
    assert_eq!(
        r.entete("content-disposition"),
        Some("attachment; filename=\"_t_ _1_.pdf\"; filename*=UTF-8''%C3%89t%C3%A9%20_1_.pdf")
    );
    assert_eq!(r.entete("x-content-type-options"), Some("nosniff"));
    assert_eq!(r.entete("cross-origin-resource-policy"), Some("same-origin"));
    assert_eq!(r.entete("accept-ranges"), Some("bytes"));
    assert_eq!(r.entete("content-length"), Some(pdf("a").len().to_string().as_str()));
    assert!(r.entete("cache-control").is_some_and(|c| c.contains("private")));
}

#[tokio::test]
async fn telecharger_answers_ranges() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf("plage");
    let n = octets.len();
    let d = depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", octets.clone()).await;
    let op = TelechargerDocument { document_id: d.id };
    let demander = async |plage: &str| membre.envoyer(membre.requete(&op, &()).header("range", plage)).await;
    let r = demander("bytes=2-5").await;
    assert_eq!((r.code(), r.corps.as_ref()), (206, &octets[2..6]));
    assert_eq!(r.entete("content-range"), Some(format!("bytes 2-5/{n}").as_str()));
    let r = demander("bytes=-4").await;
    assert_eq!((r.code(), r.corps.as_ref()), (206, &octets[n - 4..]));
    let r = demander(&format!("bytes={n}-")).await;
    assert_eq!(r.entete("content-range"), Some(format!("bytes */{n}").as_str()));
    r.probleme(ProblemCode::PlageInvalide);
    assert_eq!(demander("bytes=0-1,4-5").await.code(), 200);
    let etag = membre.call(&op, &()).await.entete("etag").unwrap().to_owned();
    let r = membre.envoyer(membre.requete(&op, &()).header("if-none-match", &etag)).await;
    assert_eq!((r.code(), r.corps.len()), (304, 0));
    let r = membre.envoyer(membre.requete(&op, &()).header("range", "bytes=0-1").header("if-range", "\"autre\"")).await;
    assert_eq!(r.code(), 200);
}

#[tokio::test]
async fn apercu_may_show_and_nothing_else() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let d = depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    let r = membre.call(&ApercuDocument { document_id: d.id }, &()).await;
    assert!(r.entete("content-disposition").is_some_and(|c| c.starts_with("inline")));
    assert!(r.entete("content-security-policy").is_some_and(|c| c.starts_with("default-src 'none'")));
}

#[tokio::test]
async fn reading_stops_at_the_perimeter() {
    let t = TestApp::new().await;
    let m = t.monde();
    let d = depose(&t.membre(), m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    let id = d.id;
    for client in [t.autre_membre(), t.autre_gestionnaire(), t.gestionnaire(), t.opco_admin()] {
        client.call(&TelechargerDocument { document_id: id }, &()).await.probleme(ProblemCode::Absent);
        client.call(&ApercuDocument { document_id: id }, &()).await.probleme(ProblemCode::Absent);
        client.call(&TelechargerRecu { document_id: id }, &()).await.probleme(ProblemCode::Absent);
    }
    t.anonyme().call(&TelechargerDocument { document_id: id }, &()).await.probleme(ProblemCode::NonConnecte);
    assert_eq!(t.lecteur().call(&TelechargerDocument { document_id: id }, &()).await.code(), 200);
}

#[tokio::test]
async fn an_archive_that_cannot_be_read_to_its_end_does_not_look_whole() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    for nom in ["a.pdf", "b.pdf"] {
        depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), nom, pdf(nom)).await;
    }
    let blob: String = t.lire(|conn| documents::table.order(documents::id.desc()).select(documents::blob).first(conn));
    t.app().coffre().supprimer(&blob).await.unwrap();
    let op = TelechargerDocuments { dossier_id: m.dossier_a1.uuid() };
    let reponse = membre.requete(&op, &()).send().await.unwrap();
    assert_eq!(reponse.status(), 200);
    assert!(reponse.bytes().await.is_err(), "the end of the archive is missing");
}

#[tokio::test]
async fn the_archive_holds_what_the_reader_sees() {
    let t = TestApp::new().await;
    let m = t.monde();
    let autres = m.piece("PLAN", "autres");
    depose(&t.membre(), m.dossier_a1, autres, "a.pdf", pdf("1")).await;
    depose(&t.membre(), m.dossier_a1, autres, "A.pdf", pdf("2")).await;
    depose_opco(&t.gestionnaire(), m.dossier_a1, "accord.pdf", pdf("3")).await;
    let op = TelechargerDocuments { dossier_id: m.dossier_a1.uuid() };
    let archive = async |client: test_support::Client| {
        let r = client.call(&op, &()).await;
        assert_eq!((r.code(), r.entete("content-type")), (200, Some("application/zip")));
        crate::zip::entrees(&r.corps).await
    };
    let membre = archive(t.membre()).await;
    assert_eq!(
        membre,
        [("Mes documents/a.pdf".to_owned(), pdf("1")), ("Mes documents/A (2).pdf".to_owned(), pdf("2"))]
    );
    let r = t.membre().call(&op, &()).await;
    crate::zip::droits(&r.corps, t.maintenant()).await;
    assert_eq!(archive(t.gestionnaire()).await, [("Documents reçus/accord.pdf".to_owned(), pdf("3"))]);
    t.avancer(60);
    t.travailler().await;
    assert_eq!(archive(t.gestionnaire()).await.len(), 3);
    t.autre_membre().call(&op, &()).await.probleme(ProblemCode::Absent);
}
