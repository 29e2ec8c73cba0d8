//! The vendors' guide: every chapter is served, and what it links to is there.

use std::collections::{BTreeMap, BTreeSet};

use api_types::{Method, ProblemCode};
use test_support::TestApp;

const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api");

/// The names of the files of a folder that end so, without the end.
fn noms(dossier: &str, fin: &str) -> Vec<String> {
    let fichiers = std::fs::read_dir(dossier).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap());
    fichiers.filter_map(|nom| nom.strip_suffix(fin).map(str::to_owned)).collect()
}

/// The values of an attribute, in the order of the page.
fn attributs(page: &str, nom: &str) -> Vec<String> {
    let debut = format!(" {nom}=\"");
    page.split(&debut).skip(1).filter_map(|reste| Some(reste.split_once('"')?.0.to_owned())).collect()
}

#[tokio::test]
async fn every_chapter_is_served_and_its_links_lead_somewhere() {
    let t = TestApp::new().await;
    let anonyme = t.anonyme();
    let mut pages = BTreeMap::new();
    for chapitre in noms(DOCS, ".md") {
        let r = anonyme.envoyer(anonyme.nue(Method::Get, &format!("/docs/api/{chapitre}"))).await;
        assert_eq!((r.code(), r.entete("content-type")), (200, Some("text/html; charset=utf-8")), "{chapitre}");
        pages.insert(chapitre, r.texte());
    }
    let ancres: BTreeMap<&String, BTreeSet<String>> =
        pages.iter().map(|(nom, page)| (nom, attributs(page, "id").into_iter().collect())).collect();
    let mut suivis = 0;
    for (nom, page) in &pages {
        assert!(page.contains("<h1 "), "{nom} has no title");
        for lien in attributs(page, "href") {
            if let Some((chapitre, ancre)) = lien.split_once('#') {
                let chapitre = if chapitre.is_empty() { nom.clone() } else { chapitre.to_owned() };
                // Browsers decode what Markdown's writer encodes.
                let connues = ancres.get(&chapitre).unwrap_or_else(|| panic!("{nom}: {lien}"));
                let ancre = decoder(ancre);
                assert!(ancre == "contenu" || connues.contains(&ancre), "{nom}: {lien}");
            } else if !lien.contains("://") {
                let adresse = if lien.starts_with('/') { lien.clone() } else { format!("/docs/api/{lien}") };
                assert_eq!(anonyme.envoyer(anonyme.nue(Method::Get, &adresse)).await.code(), 200, "{nom}: {lien}");
            }
            suivis += 1;
        }
    }
    assert!(suivis > 50, "only {suivis} links were followed");
}

fn decoder(texte: &str) -> String {
    let mut octets = Vec::new();
    let mut reste = texte.as_bytes();
    while let [premier, suite @ ..] = reste {
        if let (b'%', Some(hexa)) = (premier, suite.get(..2)) {
            octets.push(u8::from_str_radix(std::str::from_utf8(hexa).unwrap(), 16).unwrap());
            reste = &suite[2..];
        } else {
            octets.push(*premier);
            reste = suite;
        }
    }
    String::from_utf8(octets).unwrap()
}

#[tokio::test]
async fn the_examples_are_served_as_they_are() {
    let t = TestApp::new().await;
    let anonyme = t.anonyme();
    for nom in noms(&format!("{DOCS}/exemples"), "") {
        let r = anonyme.envoyer(anonyme.nue(Method::Get, &format!("/docs/api/exemples/{nom}"))).await;
        assert_eq!(r.code(), 200, "{nom}");
        assert!(r.corps == std::fs::read(format!("{DOCS}/exemples/{nom}")).unwrap(), "{nom}");
    }
    for absent in ["/docs/api/inconnu", "/docs/api/exemples/inconnu.py"] {
        anonyme.envoyer(anonyme.nue(Method::Get, absent)).await.probleme(ProblemCode::Absent);
    }
}
