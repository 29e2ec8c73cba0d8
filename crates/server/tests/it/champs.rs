//! The query: what an operation does not take is refused; `fields` gives of each element what is asked for and nothing else.

use api_types::{Method, ProblemCode};
use serde_json::Value;
use test_support::{Client, Reponse, TestApp};

use crate::documents::{depose, pdf};

async fn lire(client: &Client, chemin: &str) -> Reponse {
    client.envoyer(client.nue(Method::Get, chemin)).await
}

fn noms(objet: &Value) -> Vec<&str> {
    objet.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn one_and_lists_give_the_fields_asked_for() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let d = depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    let un: Value = lire(&membre, &format!("/api/v1/documents/{}?fields=id,sha256", d.id)).await.lire();
    assert_eq!(un, serde_json::json!({ "id": d.id, "sha256": d.sha256 }));
    let liste: Value = lire(&membre, "/api/v1/dossiers?limite=1&fields=numero%2Cetat&tri=-numero").await.lire();
    assert_eq!(liste["elements"], serde_json::json!([{ "numero": "1819006295.01", "etat": "en_instruction" }]));
    // The page around the elements stays whole, and its link asks for the same fields.
    assert_eq!(noms(&liste), ["compte", "elements", "suivant", "synchronise_jusqu_a"]);
    let versions: Value = lire(&membre, &format!("/api/v1/documents/{}/versions?fields=version", d.id)).await.lire();
    assert_eq!(versions, serde_json::json!({ "elements": [{ "version": 1 }] }));
    // Names may be percent-encoded like any value, and are given once.
    let liste: Value = lire(&membre, "/api/v1/dossiers?limite=%31&fields=n%75mero").await.lire();
    assert_eq!(noms(&liste["elements"][0]).len(), 1);
    lire(&membre, "/api/v1/dossiers?fields=id&fields=numero").await.probleme(ProblemCode::RequeteIllisible);
    let rien: Value = lire(&membre, "/api/v1/messages?fields=").await.lire();
    assert_eq!(noms(&rien), ["elements", "non_lus", "suivant"]);
}

#[tokio::test]
async fn an_unknown_field_is_refused_with_the_known_ones() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let dossier = format!("/api/v1/dossiers/{}", m.dossier_a1);
    let refus = lire(&membre, &format!("{dossier}?fields=numero,nimero")).await.probleme(ProblemCode::RequeteIllisible);
    let detail = refus.detail.unwrap();
    assert!(detail.contains("« nimero »") && detail.contains("numero, "), "{detail}");
    // Where nothing is sparse, nobody believes that it is.
    lire(&membre, "/api/v1/guides?fields=titre").await.probleme(ProblemCode::RequeteIllisible);
    // Rights come first, and tell nothing of fields.
    lire(&t.autre_membre(), &format!("{dossier}?fields=x")).await.probleme(ProblemCode::Absent);
    lire(&t.anonyme(), &format!("{dossier}?fields=x")).await.probleme(ProblemCode::NonConnecte);
}

#[tokio::test]
async fn a_parameter_that_does_not_exist_is_told_by_its_name() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let dossier = format!("/api/v1/dossiers/{}", m.dossier_a1);
    for (chemin, nom) in [
        ("/api/v1/dossiers?zz=1".to_owned(), "zz"),
        ("/api/v1/dossiers?limite=3&Numero=1".to_owned(), "Numero"),
        (format!("{dossier}?vue=tous"), "vue"),
        (format!("{dossier}/pieces?fields=id"), "fields"),
        (format!("{dossier}?simulation=true"), "simulation"),
        ("/api/v1/configuration?x".to_owned(), "x"),
    ] {
        let detail = lire(&membre, &chemin).await.probleme(ProblemCode::RequeteIllisible).detail;
        assert_eq!(detail, Some(format!("Le paramètre « {nom} » n’existe pas ici.")), "{chemin}");
    }
    let deux = lire(&membre, "/api/v1/dossiers?limite=1&limite=2").await.probleme(ProblemCode::RequeteIllisible);
    assert_eq!(deux.detail.as_deref(), Some("Le paramètre « limite » se donne une fois."));
    for (chemin, debut) in [
        ("/api/v1/dossiers?limite=-1", "Paramètre « limite ». "),
        ("/api/v1/dossiers?debut_apres=2026-02-30", "Paramètre « debut_apres ». "),
        ("/api/v1/dossiers?etat=foo", "Paramètre « etat ». Valeur inconnue. Valeurs possibles : brouillon, transmis, "),
    ] {
        let detail = lire(&membre, chemin).await.probleme(ProblemCode::RequeteIllisible).detail.unwrap();
        assert!(detail.starts_with(debut) && !detail.contains("invalid"), "{detail}");
    }
    // That there is no such address is told first, and an empty query asks for nothing.
    lire(&membre, "/api/v1/rien?zz=1").await.probleme(ProblemCode::Absent);
    assert_eq!(lire(&membre, &format!("{dossier}?&")).await.code(), 200);
}
