//! `Content-Digest` and `Repr-Digest`: what was altered on its way is refused, and downloads can be checked.

use api_types::documents::Document;
use api_types::endpoint::{DemanderPiece, DeposerDocument, EnvoyerMessage, TelechargerDocument};
use api_types::{Endpoint as _, ProblemCode};
use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::multipart::Form;
use sha2::{Digest as _, Sha256, Sha512};
use test_support::{Client, Reponse, TestApp};

use crate::documents::{depose, fichier, pdf};

/// Base 64, as a structured field holds bytes.
fn base64(octets: &[u8]) -> String {
    let mut sortie = String::new();
    for trois in octets.chunks(3) {
        let n = trois.iter().fold(0_u32, |n, o| n << 8 | u32::from(*o)) << (8 * (3 - trois.len()));
        for i in 0..4 {
            let lettre =
                b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[(n >> (18 - 6 * i) & 63) as usize];
            sortie.push(if i > trois.len() { '=' } else { char::from(lettre) });
        }
    }
    sortie
}

fn sha256(octets: &[u8]) -> String {
    format!("sha-256=:{}:", base64(&Sha256::digest(octets)))
}

fn sha512(octets: &[u8]) -> String {
    format!("sha-512=:{}:", base64(&Sha512::digest(octets)))
}

/// A deposit whose file announces a digest.
async fn deposer(t: &TestApp, octets: &[u8], nom: &'static str, empreinte: &str) -> Reponse {
    let m = t.monde();
    let mut entetes = HeaderMap::new();
    entetes.insert(nom, HeaderValue::from_str(empreinte).unwrap());
    let partie = fichier("a.pdf", octets.to_vec()).headers(entetes);
    let form = Form::new().text("piece", m.piece("PLAN", "autres").to_string()).part("fichier", partie);
    t.membre().multipart(&DeposerDocument { dossier_id: m.dossier_a1.uuid() }, form).await
}

#[tokio::test]
async fn the_file_of_a_form_is_checked_by_its_own_digest() {
    let t = TestApp::new().await;
    for (n, (nom, empreinte)) in [
        ("content-digest", sha256 as fn(&[u8]) -> String),
        ("repr-digest", sha512),
        ("content-digest", |o| format!("{}, {}", sha512(o), sha256(o))),
    ]
    .into_iter()
    .enumerate()
    {
        let octets = pdf(&n.to_string());
        let juste = deposer(&t, &octets, nom, &empreinte(&octets)).await;
        assert_eq!(juste.code(), 201, "{}", juste.texte());
        let octets = pdf(&format!("autre {n}"));
        deposer(&t, &octets, nom, &empreinte(b"autre")).await.probleme(ProblemCode::EmpreinteDifferente);
    }
    for illisible in ["sha-256=abc", "md5=:AAAA:", "sha-256=:*:"] {
        deposer(&t, &pdf("x"), "content-digest", illisible).await.probleme(ProblemCode::RequeteIllisible);
    }
    assert_eq!(t.blobs(), 3);
}

/// A form whose bytes are known, so that the whole of it has a digest.
fn corps(piece: &str, octets: &[u8]) -> Vec<u8> {
    let mut corps = format!(
        "--limite\r\nContent-Disposition: form-data; name=\"piece\"\r\n\r\n{piece}\r\n--limite\r\n\
         Content-Disposition: form-data; name=\"fichier\"; filename=\"a.pdf\"\r\n\r\n"
    )
    .into_bytes();
    corps.extend_from_slice(octets);
    corps.extend_from_slice(b"\r\n--limite--\r\nce qui suit la fin du formulaire");
    corps
}

async fn envoyer(client: &Client, chemin: &str, corps: Vec<u8>, type_de_corps: &str, empreinte: &str) -> Reponse {
    let requete = client.nue(api_types::Method::Post, chemin).header("content-type", type_de_corps);
    client.envoyer(requete.header("content-digest", empreinte).body(corps)).await
}

#[tokio::test]
async fn a_body_is_checked_whole_before_anything_is_kept() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let piece = m.piece("PLAN", "autres").to_string();
    let chemin = DeposerDocument { dossier_id: m.dossier_a1.uuid() }.path();
    let forme = "multipart/form-data; boundary=limite";
    let entier = corps(&piece, &pdf("a"));
    let juste = envoyer(&membre, &chemin, entier.clone(), forme, &sha256(&entier)).await;
    assert_eq!(juste.code(), 201, "{}", juste.texte());
    let entier = corps(&piece, &pdf("b"));
    // The form itself is whole: only what follows it is missing.
    let tronque = entier[..entier.len() - 10].to_vec();
    envoyer(&membre, &chemin, tronque, forme, &sha256(&entier)).await.probleme(ProblemCode::EmpreinteDifferente);
    let message = b"--limite\r\nContent-Disposition: form-data; name=\"corps\"\r\n\r\nBonjour\r\n--limite--\r\n";
    let fil = EnvoyerMessage { dossier_id: m.dossier_a1.uuid() }.path();
    envoyer(&membre, &fil, message.to_vec(), forme, &sha512(b"")).await.probleme(ProblemCode::EmpreinteDifferente);
    assert_eq!(envoyer(&membre, &fil, message.to_vec(), forme, &sha512(message)).await.code(), 201);

    let demandes = DemanderPiece { dossier_id: m.dossier_a1.uuid() }.path();
    let json = format!("{{\"piece_id\":\"{}\",\"motif\":\"m\",\"avant\":null}}", m.piece("PLAN", "identite"));
    let gestionnaire = t.gestionnaire();
    let refus = envoyer(&gestionnaire, &demandes, json.clone().into(), "application/json", &sha256(b"{}")).await;
    refus.probleme(ProblemCode::EmpreinteDifferente);
    assert_eq!(t.journal(m.piece("PLAN", "identite").uuid()), [""; 0]);
    let juste =
        envoyer(&gestionnaire, &demandes, json.clone().into(), "application/json", &sha256(json.as_bytes())).await;
    assert_eq!(juste.code(), 204, "{}", juste.texte());
    assert_eq!(t.blobs(), 1);
}

#[tokio::test]
async fn a_download_says_the_digest_of_the_whole() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf("a");
    let Document { id, .. } = depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", octets.clone()).await;
    let op = TelechargerDocument { document_id: id };
    let entier = membre.call(&op, &()).await;
    let attendue = sha256(&octets);
    assert_eq!(entier.entete("repr-digest"), Some(attendue.as_str()));
    assert_eq!(entier.entete("content-digest"), Some(attendue.as_str()));
    let partie = membre.envoyer(membre.requete(&op, &()).header("range", "bytes=0-3")).await;
    assert_eq!(partie.code(), 206);
    assert_eq!(partie.entete("repr-digest"), Some(attendue.as_str()));
    assert_eq!(partie.entete("content-digest"), None);
}
