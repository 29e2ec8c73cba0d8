//! The contract: current, documented, and the same as the operations that clients know.

use std::collections::BTreeSet;

use domain::mode::Mode;
use serde_json::Value;

fn document() -> Value {
    serde_json::from_str(&server::openapi::json()).unwrap()
}

/// The document that a sandbox serves.
fn document_du_bac() -> Value {
    serde_json::to_value(server::openapi::document(Mode::BacASable)).unwrap()
}

/// Every operation of the document: method, path, and its object.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let chemins = document["paths"].as_object().unwrap();
    chemins
        .iter()
        .flat_map(|(chemin, methodes)| {
            methodes.as_object().unwrap().iter().map(move |(m, op)| (m.to_uppercase(), chemin.clone(), op.clone()))
        })
        .collect()
}

#[test]
fn the_committed_document_is_current() {
    let dossier = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi");
    for (nom, calcule) in
        [("openapi.json", server::openapi::json()), ("bac-a-sable.json", server::openapi::json_du_bac())]
    {
        let chemin = format!("{dossier}/{nom}");
        if std::env::var_os("REGENERER").is_some() {
            std::fs::write(&chemin, &calcule).unwrap();
        }
        let commis = std::fs::read_to_string(&chemin).unwrap_or_default();
        assert!(commis == calcule, "openapi/{nom} is out of date: run `cargo xtask openapi`");
    }
}

#[test]
fn the_document_and_the_clients_know_the_same_operations() {
    let servies = |document: &Value| -> BTreeSet<(String, String, String)> {
        operations(document)
            .into_iter()
            .map(|(m, p, op)| (m, p, op["operationId"].as_str().unwrap().to_owned()))
            .collect()
    };
    let mut connues: BTreeSet<(String, String, String)> = BTreeSet::new();
    for (operations, document) in
        [(api_types::operations(), document()), (api_types::bac_a_sable::operations(), document_du_bac())]
    {
        connues.extend(operations.iter().map(|(m, p, o)| (m.as_str().to_owned(), (*p).to_owned(), (*o).to_owned())));
        assert_eq!(servies(&document), connues);
    }
}

#[test]
fn every_value_of_every_enum_is_told_in_french_and_in_english() {
    let document = document_du_bac();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let enums: Vec<_> = schemas.iter().filter_map(|(nom, s)| Some((nom, s, s["enum"].as_array()?))).collect();
    assert!(enums.len() > 25, "{}", enums.len());
    for (nom, schema, valeurs) in enums {
        let texte = schema["description"].as_str().unwrap_or_default();
        for valeur in valeurs {
            let debut = format!("- `{}` : ", valeur.as_str().unwrap());
            let ligne = texte.lines().find_map(|l| l.strip_prefix(&debut));
            let dits = ligne.and_then(|l| l.split_once(" — ")).filter(|(fr, en)| !fr.is_empty() && !en.is_empty());
            assert!(dits.is_some(), "{nom}: {valeur} is not told in both languages");
        }
    }
}

/// What a reference points at, or the object itself.
fn resolue<'a>(document: &'a Value, objet: &'a Value) -> &'a Value {
    match objet["$ref"].as_str() {
        Some(chemin) => document.pointer(chemin.trim_start_matches('#')).unwrap_or_else(|| panic!("{chemin}")),
        None => objet,
    }
}

/// Every reference of a value, however deep.
fn references<'a>(valeur: &'a Value, vues: &mut BTreeSet<&'a str>) {
    match valeur {
        Value::Object(champs) => {
            vues.extend(champs.get("$ref").and_then(Value::as_str));
            champs.values().for_each(|v| references(v, vues));
        }
        Value::Array(valeurs) => valeurs.iter().for_each(|v| references(v, vues)),
        _ => {}
    }
}

#[test]
fn every_reference_points_at_something_and_what_is_declared_is_used() {
    let document = document();
    let mut vues = BTreeSet::new();
    references(&document, &mut vues);
    for chemin in &vues {
        assert!(document.pointer(chemin.trim_start_matches('#')).is_some(), "{chemin} is not in the document");
    }
    for sorte in ["parameters", "headers", "responses"] {
        for nom in document["components"][sorte].as_object().unwrap().keys() {
            let chemin = format!("#/components/{sorte}/{nom}");
            assert!(vues.contains(chemin.as_str()), "{chemin} is declared and never used");
        }
    }
}

/// Operations for somebody who is not signed in.
pub const PUBLIQUES: [&str; 14] = [
    "creer_entreprise_fictive",
    "lire_configuration",
    "creer_compte",
    "confirmer_compte",
    "ouvrir_session",
    "oublier_mot_de_passe",
    "reinitialiser_mot_de_passe",
    "evaluer_mot_de_passe",
    "lire_invitation",
    "accepter_invitation",
    "decrire_televersements",
    "lire_jwks",
    "lire_metadonnees_oauth",
    "lire_metadonnees_ressource",
];

#[test]
fn every_operation_is_documented() {
    let document = document_du_bac();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for (methode, chemin, op) in operations(&document) {
        let nom = format!("{methode} {chemin}");
        let id = op["operationId"].as_str().unwrap();
        assert!(op["summary"].as_str().is_some_and(|s| !s.is_empty()), "{nom}: no summary");
        assert_eq!(op["tags"].as_array().map(Vec::len), Some(1), "{nom}: one tag");
        let reponses = op["responses"].as_object().unwrap();
        assert!(reponses.keys().any(|s| s.starts_with('2')), "{nom}: no success");
        assert!(reponses.contains_key("503"), "{nom}: no 503");
        for (statut, reponse) in reponses.iter().filter(|(s, _)| s.starts_with('4') || s.starts_with('5')) {
            let reponse = resolue(&document, reponse);
            // RFC 6749 has its own shape for these two.
            let rfc_6749 = op["tags"][0] == "oauth" && ["400", "401"].contains(&statut.as_str());
            let media = if rfc_6749 { "application/json" } else { "application/problem+json" };
            assert!(reponse["content"][media].is_object(), "{nom} {statut}: not a problem");
        }
        // `[{}]` says that nothing is needed.
        let protegee = op["security"]
            .as_array()
            .is_some_and(|s| s.iter().any(|exigence| exigence.as_object().is_some_and(|e| !e.is_empty())));
        assert_eq!(protegee, !PUBLIQUES.contains(&id), "{nom}: security");
        if protegee {
            assert!(reponses.contains_key("401"), "{nom}: no 401");
        }
    }
}
