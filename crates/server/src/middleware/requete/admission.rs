//! Letting a request in.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderValue};
use api_types::ProblemCode;
use app::App;
use app::requete::{Place, Requete};
use sha2::{Digest as _, Sha256};

use crate::extract::{COOKIE, adresse};
use crate::problem::ApiError;

/// When to come back while the first request is being served, in seconds.
const ATTENTE: u64 = 1;

/// Lets a request in: counted when nobody is signed in, and alone under its key on this node as long as the place is
/// held.
pub(super) fn admettre(
    req: &ServiceRequest,
    cle: Option<&str>,
    requete: &Requete,
    app: &App,
) -> Result<Option<Place>, ApiError> {
    let session = req.cookie(COOKIE);
    let autorisation = req.headers().get(header::AUTHORIZATION);
    let anonyme = session.is_none() && autorisation.is_none();
    if anonyme {
        requete.compter_anonyme(app)?;
    }
    let Some(cle) = cle else { return Ok(None) };
    let mut hash = Sha256::new();
    if anonyme {
        hash.update(adresse::client(req.request()).to_string());
    } else {
        hash.update(session.as_ref().map_or("", |s| s.value()));
        hash.update([0]);
        hash.update(autorisation.map_or(&[][..], HeaderValue::as_bytes));
    }
    hash.update([0]);
    hash.update(cle);
    let libre = app.en_cours().prendre(hash.finalize().into());
    libre.map(Some).ok_or_else(|| {
        ApiError::new(ProblemCode::CleEnCours)
            .detail("La même clé est en cours de traitement. Réessayez dans un instant.")
            .attendre(ATTENTE)
    })
}
