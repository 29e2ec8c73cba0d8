use std::collections::{BTreeMap, BTreeSet};

use actix_web::dev::ServiceRequest;
use actix_web::web::Data;
use api_types::ProblemCode;
use serde_json::Value;

use super::champs::resolu;
use crate::problem::ApiError;

/// What makes of a write a trial.
pub(super) const SIMULATION: &str = "simulation";

/// The names of the parameters that an operation takes in its query, by its method and its path.
#[derive(Debug, Default)]
pub struct ParametresConnus(BTreeMap<String, BTreeSet<String>>);

impl ParametresConnus {
    /// Those of the operations of the document.
    pub fn de(document: &Value) -> Self {
        let chemins = document["paths"].as_object().into_iter().flatten();
        let operations = chemins.flat_map(|(chemin, methodes)| {
            methodes.as_object().into_iter().flatten().map(move |(methode, operation)| (methode, chemin, operation))
        });
        let connus = operations.map(|(methode, chemin, operation)| {
            let parametres = operation["parameters"].as_array().into_iter().flatten().map(|p| resolu(document, p));
            let noms = parametres.filter(|p| p["in"] == "query").filter_map(|p| p["name"].as_str());
            (cle(methode, chemin), noms.map(str::to_owned).collect())
        });
        Self(connus.collect())
    }
}

fn cle(methode: &str, chemin: &str) -> String {
    format!("{} {chemin}", methode.to_ascii_lowercase())
}

/// Refuses a parameter that the operation does not take: were it ignored, a mistyped filter would keep everything, and a
/// mistyped simulation would be done for good.
///
/// Names have no character to escape: one that is escaped all the same is not known.
pub(super) fn verifier(req: &ServiceRequest) -> Result<(), ApiError> {
    let noms = req.query_string().split('&').filter(|p| !p.is_empty()).map(|p| p.split('=').next().unwrap_or(p));
    let mut noms = noms.peekable();
    if noms.peek().is_none() {
        return Ok(());
    }
    let connus = req.app_data::<Data<ParametresConnus>>();
    let connus = connus.zip(req.match_pattern()).and_then(|(c, chemin)| c.0.get(&cle(req.method().as_str(), &chemin)));
    // What is no operation of the document is told, or served, elsewhere.
    let Some(connus) = connus else { return Ok(()) };
    match noms.find(|nom| !connus.contains(*nom)) {
        None => Ok(()),
        Some(SIMULATION) if !req.method().is_safe() => Err(app::Error::Simulation.into()),
        Some(nom) => {
            let e = ApiError::new(ProblemCode::RequeteIllisible);
            Err(e.detail(format!("Le paramètre « {nom} » n’existe pas ici.")))
        }
    }
}
