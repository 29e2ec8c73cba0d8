//! What a request asks for in its headers and its query.

use std::sync::Arc;

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::HeaderValue;
use api_types::ProblemCode;
use app::requete::{Empreinte, Portee, Requete};
use domain::limites::CLE_MAX;

use crate::extract::adresse;
use crate::middleware::{champs, parametres};
use crate::problem::ApiError;

/// The header of the key that makes a request happen once.
pub(crate) const CLE: &str = "idempotency-key";

/// What is asked for.
pub(super) struct Demande {
    portee: Portee,
    /// The key, of a POST alone.
    pub(super) cle: Option<String>,
}

impl Demande {
    /// The request, told from others by its method and its address until its body is read.
    pub(super) fn requete(&self, req: &ServiceRequest) -> Arc<Requete> {
        let cle = self.cle.as_deref().map(|cle| {
            let adresse = req.uri().path_and_query().map_or_else(|| req.path().to_owned(), ToString::to_string);
            (cle, Empreinte::new(cle, req.method().as_str(), &adresse))
        });
        Requete::new(self.portee, cle, adresse::client(req.request()))
    }
}

/// Reads what is asked for; refuses what is asked for wrongly.
pub(super) fn lire(req: &ServiceRequest) -> Result<Demande, ApiError> {
    if !req.path().starts_with("/api/") {
        return Ok(Demande { portee: Portee::Reelle, cle: None });
    }
    parametres::verifier(req)?;
    if req.method().is_safe() {
        return Ok(Demande { portee: Portee::Reelle, cle: None });
    }
    let portee = portee(req)?;
    let cle = if req.method() == Method::POST { cle(req)? } else { None };
    Ok(Demande { portee, cle })
}

fn portee(req: &ServiceRequest) -> Result<Portee, ApiError> {
    let mut valeurs = champs::valeurs(req.query_string(), parametres::SIMULATION);
    match (valeurs.next().as_deref(), valeurs.next()) {
        (None | Some("false"), None) => Ok(Portee::Reelle),
        (Some("true"), None) => Ok(Portee::Simulee),
        _ => {
            let e = ApiError::new(ProblemCode::RequeteIllisible);
            Err(e.detail("Le paramètre « simulation » vaut true ou false, et se donne une fois."))
        }
    }
}

fn cle(req: &ServiceRequest) -> Result<Option<String>, ApiError> {
    let mut cles = req.headers().get_all(CLE);
    match (cles.next(), cles.next()) {
        (None, _) => Ok(None),
        (Some(cle), None) => cle_de(cle).map(Some),
        (Some(_), Some(_)) => Err(cle_invalide()),
    }
}

/// The key that a header holds.
pub(crate) fn cle_de(valeur: &HeaderValue) -> Result<String, ApiError> {
    let octets = valeur.as_bytes();
    let visible = (1..=CLE_MAX).contains(&octets.len()) && octets.iter().all(u8::is_ascii_graphic);
    let texte = valeur.to_str().ok().filter(|_| visible);
    texte.map(str::to_owned).ok_or_else(cle_invalide)
}

fn cle_invalide() -> ApiError {
    ApiError::new(ProblemCode::CleInvalide)
        .detail(format!("Donnez une seule clé, de 1 à {CLE_MAX} caractères visibles et sans espace, comme un UUID."))
}
