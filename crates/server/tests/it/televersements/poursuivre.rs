use api_types::ProblemCode;
use api_types::endpoint::PoursuivreTeleversement;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::codes::JobNature;
use db::schema::jobs;
use db::types::V;
use diesel::prelude::*;
use domain::televersement::StatutTeleversement;
use sha2::Digest as _;
use test_support::{Client, Reponse, TestApp};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use uuid::Uuid;

use super::{autres, contenu, envoi, envoyer, lire, metadonnees, ouverture, ouvrir, pdf_de, suivre};
use crate::documents::{pdf, piece};

const MIO: usize = 1024 * 1024;

#[tokio::test]
async fn parts_make_a_document_like_any_other() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(3 * MIO + 17);
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "Plan.pdf", octets.len()).await;
    let premiere = envoyer(&membre, id, 0, &octets[..MIO]).await;
    assert_eq!((premiere.code(), premiere.entete("upload-offset")), (204, Some("1048576")), "{}", premiere.texte());
    assert!(premiere.entete("upload-expires").is_some() && premiere.entete("document-id").is_none());
    let suivi = suivre(&membre, id).await;
    assert_eq!(suivi.entete("upload-offset"), Some("1048576"));
    let dites = metadonnees(&[("filename", "Plan.pdf"), ("piece", &autres(&t).to_string())]);
    assert_eq!(suivi.entete("upload-metadata"), Some(dites.as_str()));
    let derniere = envoyer(&membre, id, MIO, &octets[MIO..]).await;
    assert_eq!(derniere.code(), 204, "{}", derniere.texte());
    let lu = lire(&membre, id).await;
    let document = lu.document.unwrap();
    assert_eq!(derniere.entete("location"), Some(format!("/api/v1/documents/{}", document.id).as_str()));
    assert_eq!(derniere.entete("document-id"), Some(document.id.to_string().as_str()));
    assert_eq!(derniere.entete("document-sha256"), Some(crate::sha256(&octets).as_str()));
    assert_eq!((lu.statut, document.sha256.clone()), (StatutTeleversement::Depose, crate::sha256(&octets)));
    assert_eq!(document.depose_par, "Marc Guérin");
    assert_eq!(contenu(&membre, document.id).await, octets);
    // The parts are gone, and the same end may be asked for again.
    assert_eq!(t.blobs(), 1);
    let encore = envoyer(&membre, id, octets.len(), b"").await;
    assert_eq!((encore.code(), encore.entete("document-id")), (204, Some(document.id.to_string().as_str())));
    assert_eq!(t.journal(document.id), ["document.deposer"]);
    // Nothing is left to be ended by the worker.
    let a_terminer = jobs::table.filter(jobs::nature.eq(V(JobNature::TerminerTeleversement)));
    assert_eq!(t.lire(|conn| a_terminer.count().get_result::<i64>(conn)), 0);
    t.avancer(3600);
    t.travailler().await;
    assert_eq!(piece(&t.membre(), m.dossier_a1, autres(&t)).await.documents.len(), 1);
}

#[tokio::test]
async fn bytes_that_do_not_begin_where_the_upload_stands_are_refused() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(5_000);
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    envoyer(&membre, id, 0, &octets[..1_000]).await;
    for debut in [0, 999, 1_001, 5_000] {
        let r = envoyer(&membre, id, debut, &octets[1_000..]).await;
        assert!(r.probleme(ProblemCode::EcartTeleversement).detail.unwrap().contains("1000"));
    }
    let trop = [&octets[1_000..], b"x"].concat();
    envoyer(&membre, id, 1_000, &trop).await.probleme(ProblemCode::TropVolumineux);
    assert_eq!(lire(&membre, id).await.recu, 1_000);
    assert_eq!(envoyer(&membre, id, 1_000, &octets[1_000..]).await.code(), 204);
}

#[tokio::test]
async fn a_wrong_checksum_moves_nothing_and_a_right_one_counts() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    // More than a part: with a checksum all of it counts, or nothing.
    let octets = pdf_de(9 * MIO);
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    let faux = format!("sha256 {}", STANDARD.encode(sha2::Sha256::digest(b"autre chose")));
    let r = membre.envoyer(envoi(&membre, id, 0, &octets[..8 * MIO + 5]).header("upload-checksum", faux)).await;
    assert_eq!(r.code(), 460);
    r.probleme(ProblemCode::EmpreinteFausse);
    assert_eq!((lire(&membre, id).await.recu, t.blobs()), (0, 0));
    for valeur in ["md5 AAAA", "sha256", "sha256 ###"] {
        let r = membre.envoyer(envoi(&membre, id, 0, &octets[..9]).header("upload-checksum", valeur)).await;
        assert!(matches!(r.code(), 400 | 460), "{valeur}: {}", r.texte());
    }
    assert_eq!(lire(&membre, id).await.recu, 0);
    let juste = format!("sha256 {}", STANDARD.encode(sha2::Sha256::digest(&octets[..8 * MIO + 5])));
    let r = membre.envoyer(envoi(&membre, id, 0, &octets[..8 * MIO + 5]).header("upload-checksum", juste)).await;
    assert_eq!(r.code(), 204, "{}", r.texte());
    let sha1 = format!("sha1 {}", STANDARD.encode(sha1::Sha1::digest(&octets[8 * MIO + 5..])));
    let r =
        membre.envoyer(envoi(&membre, id, 8 * MIO + 5, &octets[8 * MIO + 5..]).header("upload-checksum", sha1)).await;
    assert_eq!((r.code(), r.entete("document-sha256")), (204, Some(crate::sha256(&octets).as_str())), "{}", r.texte());
}

#[tokio::test]
async fn bytes_that_are_not_those_announced_are_not_kept() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(5 * MIO);
    let digest = |octets: &[u8]| format!("sha-256=:{}:", STANDARD.encode(sha2::Sha256::digest(octets)));
    let [faux, juste] = [digest(b"autre chose"), digest(&octets)];
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    let r = membre.envoyer(envoi(&membre, id, 0, &octets).header("content-digest", &faux)).await;
    r.probleme(ProblemCode::EmpreinteDifferente);
    let sha512 = format!("{juste}, sha-512=:{}:", STANDARD.encode([0; 64]));
    let r = membre.envoyer(envoi(&membre, id, 0, &octets).header("content-digest", sha512)).await;
    r.probleme(ProblemCode::EmpreinteDifferente);
    assert_eq!((lire(&membre, id).await.recu, t.blobs()), (0, 0));
    // Nor when the file comes with its creation, whole or begun.
    let paires = [("filename", "b.pdf"), ("piece", &autres(&t).to_string())];
    for entier in [pdf_de(5_000), octets.clone()] {
        let r = ouverture(&membre, m.dossier_a1, entier.len(), &paires)
            .header("content-type", "application/offset+octet-stream")
            .header("content-digest", &faux)
            .body(entier);
        membre.envoyer(r).await.probleme(ProblemCode::EmpreinteDifferente);
    }
    assert_eq!((piece(&membre, m.dossier_a1, autres(&t)).await.documents.len(), t.blobs()), (0, 0));
    let r = membre.envoyer(envoi(&membre, id, 0, &octets).header("content-digest", &juste)).await;
    assert_eq!((r.code(), r.entete("document-sha256")), (204, Some(crate::sha256(&octets).as_str())), "{}", r.texte());
}

/// Bytes that a connection holds before they are read, and that go with it: of its buffer, and of that of the body.
const TENUS: usize = (128 + 64) * 1024;

#[tokio::test]
async fn what_arrived_before_a_cut_is_kept() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(5 * MIO);
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    let coupe = 4 * MIO + 300_000;
    let mut prise = demi_envoi(&t, &membre, id, &octets, coupe).await;
    prise.shutdown().await.unwrap();
    let debut = std::time::Instant::now();
    // Less than a part is kept too, but what the connection itself still held.
    while lire(&membre, id).await.recu <= i64::try_from(4 * MIO).unwrap() {
        assert!(debut.elapsed().as_secs() < 60, "what arrived was not kept: {:?}", lire(&membre, id).await);
        tokio::task::yield_now().await;
    }
    let recu = usize::try_from(lire(&membre, id).await.recu).unwrap();
    assert!((coupe - TENUS..=coupe).contains(&recu), "{recu} of {coupe}");
    let fin = envoyer(&membre, id, recu, &octets[recu..]).await;
    assert_eq!(fin.entete("document-sha256"), Some(crate::sha256(&octets).as_str()), "{}", fin.texte());
}

/// Begins to send a whole file, and stops after `coupe` bytes with the connection open.
pub(super) async fn demi_envoi(t: &TestApp, client: &Client, id: Uuid, octets: &[u8], coupe: usize) -> TcpStream {
    let adresse = t.url().strip_prefix("http://").unwrap();
    let mut prise = TcpStream::connect(adresse).await.unwrap();
    let tete = format!(
        "PATCH /api/v1/televersements/{id} HTTP/1.1\r\nhost: {adresse}\r\ncookie: {}\r\ntus-resumable: 1.0.0\r\n\
         upload-offset: 0\r\ncontent-type: application/offset+octet-stream\r\ncontent-length: {}\r\n\r\n",
        client.cookie().unwrap(),
        octets.len()
    );
    prise.write_all(tete.as_bytes()).await.unwrap();
    prise.write_all(&octets[..coupe]).await.unwrap();
    prise
}

#[tokio::test]
async fn a_connection_that_fell_silent_does_not_keep_what_it_brought_to_itself() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(MIO);
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    let _muette = demi_envoi(&t, &membre, id, &octets, 300_000).await;
    let place = |r: Reponse| r.entete("upload-offset").unwrap().parse::<usize>().unwrap();
    let debut = std::time::Instant::now();
    let mut recu = 0;
    while recu == 0 {
        assert!(debut.elapsed().as_secs() < 20, "the silent connection keeps its bytes");
        recu = place(suivre(&membre, id).await);
    }
    assert!(recu <= 300_000);
    let fin = envoyer(&membre, id, recu, &octets[recu..]).await;
    assert_eq!(fin.entete("document-sha256"), Some(crate::sha256(&octets).as_str()), "{}", fin.texte());
}

#[tokio::test]
async fn of_two_requests_at_once_one_wins() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(MIO);
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    let (a, b) = tokio::join!(envoyer(&membre, id, 0, &octets), envoyer(&membre, id, 0, &octets));
    let mut codes = [a.code(), b.code()];
    codes.sort_unstable();
    assert_eq!(codes, [204, 409], "{} {}", a.texte(), b.texte());
    let presents = piece(&membre, m.dossier_a1, autres(&t)).await.documents;
    assert_eq!(presents.iter().map(|d| &d.sha256).collect::<Vec<_>>(), [&crate::sha256(&octets)]);
}

#[tokio::test]
async fn a_refusal_of_the_bytes_ends_the_upload_and_keeps_nothing() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    for (octets, code, refus) in [
        (b"<html>bonjour</html>".to_vec(), ProblemCode::FormatRefuse, "format-refuse"),
        (b"%PDF-1.7\n1 0 obj\n".to_vec(), ProblemCode::FichierTronque, "fichier-tronque"),
        ([b"II*\0\x08\0\0\0".as_slice(), &[0; 12]].concat(), ProblemCode::FormatRefuse, "format-refuse"),
    ] {
        let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
        envoyer(&membre, id, 0, &octets).await.probleme(code);
        let lu = lire(&membre, id).await;
        let dit = lu.refus.map(domain::code::Code::code);
        assert_eq!((lu.statut, dit), (StatutTeleversement::Refuse, Some(refus)));
        assert_eq!((suivre(&membre, id).await.code(), t.blobs()), (410, 0));
        envoyer(&membre, id, octets.len(), b"").await.probleme(ProblemCode::TeleversementClos);
    }
}

#[tokio::test]
async fn a_client_without_patch_may_say_it_by_post() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf("x");
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    let chemin = api_types::Endpoint::path(&PoursuivreTeleversement { televersement_id: id });
    let requete = |methode: &str| {
        membre
            .nue(api_types::Method::Post, &chemin)
            .header("x-http-method-override", methode)
            .header("tus-resumable", "1.0.0")
            .header("upload-offset", "0")
            .header("content-type", "application/offset+octet-stream")
            .body(octets.clone())
    };
    assert_ne!(membre.envoyer(requete("PUT")).await.code(), 204);
    let r = membre.envoyer(requete("PATCH")).await;
    assert_eq!((r.code(), r.entete("upload-offset")), (204, Some(octets.len().to_string().as_str())), "{}", r.texte());
}

#[tokio::test]
async fn bytes_need_their_media_type_their_place_and_the_version() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", 9).await;
    let op = PoursuivreTeleversement { televersement_id: id };
    let base = || membre.requete(&op, &()).header("tus-resumable", "1.0.0");
    let json = base().header("upload-offset", "0").header("content-type", "application/json").body("x");
    membre.envoyer(json).await.probleme(ProblemCode::TypeDeCorpsRefuse);
    let sans_place = base().header("content-type", "application/offset+octet-stream").body("x");
    membre.envoyer(sans_place).await.probleme(ProblemCode::RequeteIllisible);
    let sans_version = membre.requete(&op, &()).header("content-type", "application/offset+octet-stream").body("x");
    membre.envoyer(sans_version).await.probleme(ProblemCode::VersionTus);
    let r = suivre(&membre, id).await;
    assert_eq!((r.code(), r.entete("upload-offset")), (200, Some("0")));
}
