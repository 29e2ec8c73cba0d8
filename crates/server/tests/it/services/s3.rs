//! The vault on S3, when it works and when it does not. The tests of documents and messages run on it too.

use std::time::Duration;

use api_types::ProblemCode;
use api_types::endpoint::{
    DeposerDocument, ListerDocumentsOpco, TelechargerDocument, TelechargerDocuments, TelechargerRecu,
};
use domain::ids::Id;
use reqwest::multipart::Form;
use test_support::{Options, Relais, TestApp};

use super::{du, gros_pdf, jusqu_a};
use crate::documents::{depose, depose_opco, deposer, fichier, pdf, piece};

/// Several parts: S3 takes none under 5 MiB but the last.
const GROS: usize = 17 * 1024 * 1024 + 123;

async fn sur_un_relais() -> (TestApp, Relais) {
    let url = du("TEST_S3_URL");
    let relais = Relais::vers(url.strip_prefix("http://").unwrap());
    let t = TestApp::avec(Options { relais_s3: Some(relais.adresse()), ..Options::default() }).await;
    (t, relais)
}

#[tokio::test]
async fn a_file_of_several_parts_comes_back_whole_and_by_ranges() {
    let (t, _relais) = sur_un_relais().await;
    let (m, gestionnaire) = (t.monde(), t.gestionnaire());
    let octets = gros_pdf("parts", GROS);
    let d = depose_opco(&gestionnaire, m.dossier_a1, "plan.pdf", octets.clone()).await;
    assert_eq!((d.taille, d.sha256.as_str()), (i64::try_from(GROS).unwrap(), crate::sha256(&octets).as_str()));
    let op = TelechargerDocument { document_id: d.id };
    let entier = gestionnaire.call(&op, &()).await;
    assert_eq!((entier.code(), crate::sha256(&entier.corps)), (200, d.sha256.clone()));
    let partie = 5 * 1024 * 1024;
    // Across two parts, across two readings of the vault, the last byte, one byte.
    for (debut, fin) in [(partie - 2, partie + 2), (0, 9_000_000), (GROS - 1, GROS - 1), (7, 7)] {
        let r = gestionnaire.envoyer(gestionnaire.requete(&op, &()).header("range", format!("bytes={debut}-{fin}")));
        let r = r.await;
        assert_eq!(r.code(), 206);
        assert!(r.corps == octets[debut..=fin], "{debut}-{fin}");
    }
    assert_eq!((t.blobs(), t.receptions()), (1, 0));
}

#[tokio::test]
async fn the_receipt_and_the_archive_are_made_from_s3() {
    let (t, _relais) = sur_un_relais().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    let gros = gros_pdf("archive", 6 * 1024 * 1024);
    let d = depose(&membre, m.dossier_a1, autres, "gros.pdf", gros.clone()).await;
    depose(&membre, m.dossier_a1, autres, "petit.pdf", pdf("p")).await;
    let recu = membre.call(&TelechargerRecu { document_id: d.id }, &()).await;
    assert!(recu.code() == 200 && recu.corps.starts_with(b"%PDF-"), "{}", recu.code());
    let r = membre.call(&TelechargerDocuments { dossier_id: m.dossier_a1.uuid() }, &()).await;
    let entrees = crate::zip::entrees(&r.corps).await;
    assert!(entrees == [("Mes documents/gros.pdf".to_owned(), gros), ("Mes documents/petit.pdf".to_owned(), pdf("p"))]);
}

#[tokio::test]
async fn a_refused_file_leaves_no_object_and_no_parts() {
    let (t, _relais) = sur_un_relais().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    let gros = gros_pdf("double", 7 * 1024 * 1024);
    depose(&membre, m.dossier_a1, autres, "a.pdf", gros.clone()).await;
    deposer(&membre, m.dossier_a1, autres, "b.pdf", gros.clone()).await.probleme(ProblemCode::DocumentEnDouble);
    let mut tronque = gros.clone();
    tronque.truncate(6 * 1024 * 1024);
    deposer(&membre, m.dossier_a1, autres, "c.pdf", tronque).await.probleme(ProblemCode::FichierTronque);
    let trop = gros_pdf("trop", 11 * 1024 * 1024);
    deposer(&membre, m.dossier_a1, autres, "d.pdf", trop).await.probleme(ProblemCode::TropVolumineux);
    jusqu_a("les morceaux sont abandonnés", async || t.receptions() == 0).await;
    assert_eq!(t.blobs(), 1);
}

#[tokio::test]
async fn a_client_that_goes_away_leaves_no_object_and_no_parts() {
    let (t, _relais) = sur_un_relais().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = gros_pdf("parti", 9 * 1024 * 1024);
    let (envoyer, recevoir) = tokio::sync::mpsc::channel::<Result<Vec<u8>, std::io::Error>>(1);
    let flux = futures_util::stream::unfold(recevoir, |mut r| async { r.recv().await.map(|o| (o, r)) });
    let corps = reqwest::multipart::Part::stream(reqwest::Body::wrap_stream(flux)).file_name("a.pdf");
    let form = Form::new().text("piece", m.piece("PLAN", "autres").to_string()).part("fichier", corps);
    let op = DeposerDocument { dossier_id: m.dossier_a1.uuid() };
    let depot = tokio::spawn(async move { membre.multipart(&op, form).await });
    envoyer.send(Ok(octets)).await.unwrap();
    jusqu_a("des morceaux arrivent", async || t.receptions() == 1).await;
    // The body never ends: closing the channel here could end it well, before the connection is seen to be gone.
    depot.abort();
    jusqu_a("les morceaux sont abandonnés", async || t.receptions() == 0).await;
    assert_eq!(t.blobs(), 0);
    drop(envoyer);
}

#[tokio::test]
async fn a_storage_that_is_down_refuses_the_deposit_and_takes_it_once_it_is_back() {
    let (t, relais) = sur_un_relais().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    relais.couper();
    let petit = deposer(&membre, m.dossier_a1, autres, "a.pdf", pdf("a")).await;
    petit.probleme(ProblemCode::ServiceIndisponible);
    let gros = gros_pdf("coupe", 7 * 1024 * 1024);
    let r = deposer(&membre, m.dossier_a1, autres, "b.pdf", gros.clone()).await;
    r.probleme(ProblemCode::ServiceIndisponible);
    assert!(piece(&membre, m.dossier_a1, autres).await.documents.is_empty());
    assert_eq!(t.blobs(), 0);

    relais.retablir();
    let d = depose(&membre, m.dossier_a1, autres, "b.pdf", gros.clone()).await;
    assert_eq!(membre.call(&TelechargerDocument { document_id: d.id }, &()).await.corps, gros);
}

#[tokio::test]
async fn a_storage_that_goes_down_between_two_parts_acknowledges_nothing() {
    let (t, relais) = sur_un_relais().await;
    let (m, gestionnaire) = (t.monde(), t.gestionnaire());
    let octets = gros_pdf("milieu", GROS);
    let form = || Form::new().part("fichier", fichier("plan.pdf", octets.clone()));
    let op = api_types::endpoint::DeposerDocumentOpco { dossier_id: m.dossier_a1.uuid() };
    relais.couper_apres(8 * 1024 * 1024);
    gestionnaire.multipart(&op, form()).await.probleme(ProblemCode::ServiceIndisponible);
    assert!(relais.est_coupe());
    let lister = ListerDocumentsOpco { dossier_id: m.dossier_a1.uuid() };
    assert!(gestionnaire.ok(&lister, &()).await.elements.is_empty());
    assert_eq!(t.blobs(), 0);
    relais.retablir();
    assert_eq!(gestionnaire.multipart(&op, form()).await.code(), 201);
    assert_eq!(t.blobs(), 1);
}

#[tokio::test]
async fn a_storage_that_is_down_holds_reading_and_transmission_and_loses_nothing() {
    let (t, relais) = sur_un_relais().await;
    let (m, membre) = (t.monde(), t.membre());
    let d = depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    t.avancer(60);
    relais.couper();
    let op = TelechargerDocument { document_id: d.id };
    membre.call(&op, &()).await.probleme(ProblemCode::ServiceIndisponible);
    assert!(app::documents::transmettre(t.app(), Id::new(d.id)).await.is_err());
    t.gestionnaire().call(&op, &()).await.probleme(ProblemCode::Absent);
    relais.retablir();
    t.travailler().await;
    assert_eq!(t.gestionnaire().call(&op, &()).await.corps, pdf("a"));
}

#[tokio::test]
async fn the_sweep_finds_what_no_document_points_at() {
    let (t, _relais) = sur_un_relais().await;
    let (m, membre) = (t.monde(), t.membre());
    depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    let orphelin = t.ranger(&pdf("orphelin")).await;
    assert_eq!(t.blobs(), 2);
    // Young blobs may belong to a deposit under way.
    assert_eq!(app::worker::balayer(t.app()).await.unwrap(), 0);
    // The storage tells ages by the second.
    let age = Duration::ZERO;
    jusqu_a("le balayage", async || app::worker::balayer_coffre(t.app(), age).await.unwrap() == 1).await;
    assert_eq!(t.blobs(), 1);
    // What is gone already is no failure.
    t.app().coffre().supprimer(&orphelin).await.unwrap();
}
