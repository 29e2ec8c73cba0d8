//! The limits of `domain::limites`, in the schemas of what is sent.
//!
//! Where the derives of `api-types` would take literals alone. Acts of a batch have none: one that is over a limit is
//! refused in its own result.

use domain::limites::{
    ACTES_MAX, CLE_MAX, CORPS_MAX, DESCRIPTION_MAX, JOINTES_MAX, MOTIF_MAX, NOM_CLIENT_MAX, NOM_MAX, RECHERCHE_MAX,
    URL_MAX,
};
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Components, RefOr, Schema};

/// A schema, one of its fields, and how many characters or elements that may have.
const CHAMPS: &[(&str, &str, usize)] = &[
    ("CompteInvite", "nom", NOM_MAX),
    ("CompteInvite", "prenom", NOM_MAX),
    ("CreationCompte", "nom", NOM_MAX),
    ("CreationCompte", "prenom", NOM_MAX),
    ("DemandePiece", "motif", MOTIF_MAX),
    ("ElementLot", "cle", CLE_MAX),
    ("Examen", "motif", MOTIF_MAX),
    ("FormulaireMessage", "corps", CORPS_MAX),
    ("FormulaireMessage", "fichier", JOINTES_MAX),
    ("Identite", "nom", NOM_MAX),
    ("Identite", "prenom", NOM_MAX),
    ("Lot", "elements", ACTES_MAX),
    ("MessageOpco", "corps", CORPS_MAX),
    ("ModificationDemande", "motif", MOTIF_MAX),
    ("PassageEtat", "motif", MOTIF_MAX),
    ("ReglageClientApi", "logiciel", NOM_CLIENT_MAX),
    ("ReglageClientApi", "nom", NOM_CLIENT_MAX),
    ("SaisieWebhook", "description", DESCRIPTION_MAX),
    ("SaisieWebhook", "url", URL_MAX),
];

/// Writes them; a document may have some of the schemas alone.
pub(super) fn ajouter(composants: &mut Components) {
    for (nom, champ, max) in CHAMPS {
        if let Some(RefOr::T(Schema::Object(schema))) = composants.schemas.get_mut(*nom)
            && let Some(RefOr::T(champ)) = schema.properties.get_mut(*champ)
        {
            borner(champ, *max);
        }
    }
}

/// The text that a list is searched for.
pub(super) fn borner_recherche(operation: &mut Operation) {
    for parametre in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(p) = parametre
            && p.name == "q"
            && let Some(RefOr::T(schema)) = &mut p.schema
        {
            borner(schema, RECHERCHE_MAX);
        }
    }
}

fn borner(schema: &mut Schema, max: usize) {
    match schema {
        Schema::Object(texte) => texte.max_length = Some(max),
        Schema::Array(liste) => liste.max_items = Some(max),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use domain::mode::Mode;

    use super::CHAMPS;

    #[test]
    fn every_field_is_one_of_the_document() {
        let document = serde_json::to_value(crate::openapi::document(Mode::BacASable)).unwrap();
        for (nom, champ, max) in CHAMPS {
            let schema = &document["components"]["schemas"][nom]["properties"][champ];
            let dit = if schema["type"] == "array" { &schema["maxItems"] } else { &schema["maxLength"] };
            assert_eq!(dit, max, "{nom}.{champ}");
        }
        let parametres = document["paths"]["/api/v1/messages"]["get"]["parameters"].as_array().unwrap();
        let q = parametres.iter().find(|p| p["name"] == "q").unwrap();
        assert_eq!(q["schema"]["maxLength"], super::RECHERCHE_MAX);
    }
}
