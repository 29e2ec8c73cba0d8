//! What each value of each enum means, in French and in English.
//!
//! The English is that of the declarations; the French is here, in `match`es that a new value breaks.

mod comptes;
mod dossiers;
mod webhooks;

use domain::code::Code;
use utoipa::openapi::{Components, OpenApi, RefOr, Schema};

/// Describes every enum of the document.
pub(super) fn ajouter(document: &mut OpenApi) {
    let composants = document.components.get_or_insert_default();
    dossiers::ajouter(composants);
    comptes::ajouter(composants);
    webhooks::ajouter(composants);
}

/// Describes the enum of a schema, when the document has it.
fn decrire<T: Code>(composants: &mut Components, nom: &str, quoi: &str, francais: impl Fn(T) -> &'static str) {
    let Some(RefOr::T(Schema::Object(schema))) = composants.schemas.get_mut(nom) else { return };
    let anglais = schema.description.take().unwrap_or_default();
    let valeurs: Vec<String> =
        T::TOUS.iter().map(|v| format!("- `{}` : {} — {}", v.code(), francais(*v), v.meaning().trim())).collect();
    schema.description = Some(format!("{quoi} — {anglais}\n\n{}", valeurs.join("\n")));
}
