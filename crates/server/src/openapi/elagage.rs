//! A document of some operations alone does not keep the components of the others.

use std::collections::BTreeSet;

use serde_json::Value;
use utoipa::openapi::OpenApi;

/// Removes the components that no operation refers to, by itself or through others.
pub(super) fn elaguer(document: &mut OpenApi) {
    let Ok(entier) = serde_json::to_value(&*document) else { return };
    let mut gardes = BTreeSet::new();
    suivre(&entier["paths"], &entier, &mut gardes);
    let exigences = entier["paths"].as_object().into_iter().flatten().filter_map(|(_, chemin)| chemin.as_object());
    let exigences = exigences.flatten().filter_map(|(_, operation)| operation["security"].as_array()).flatten();
    let schemes: BTreeSet<&String> = exigences.filter_map(Value::as_object).flat_map(serde_json::Map::keys).collect();
    let Some(composants) = &mut document.components else { return };
    let garde = |genre: &str, nom: &String| gardes.contains(&format!("#/components/{genre}/{nom}"));
    composants.schemas.retain(|nom, _| garde("schemas", nom));
    composants.responses.retain(|nom, _| garde("responses", nom));
    composants.parameters.retain(|nom, _| garde("parameters", nom));
    composants.headers.retain(|nom, _| garde("headers", nom));
    composants.security_schemes.retain(|nom, _| schemes.contains(nom));
}

/// Adds what a part of the document refers to.
fn suivre(partie: &Value, document: &Value, gardes: &mut BTreeSet<String>) {
    match partie {
        Value::Object(membres) => {
            if let Some(cible) = membres.get("$ref").and_then(Value::as_str)
                && gardes.insert(cible.to_owned())
                && let Some(composant) = document.pointer(cible.trim_start_matches('#'))
            {
                suivre(composant, document, gardes);
            }
            membres.values().for_each(|v| suivre(v, document, gardes));
        }
        Value::Array(valeurs) => valeurs.iter().for_each(|v| suivre(v, document, gardes)),
        _ => {}
    }
}
