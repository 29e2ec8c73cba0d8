//! What the same request was answered when it succeeded, in the place of a refusal.

use actix_web::ResponseError as _;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use app::requete::{Reponse, Requete};
use app::{App, Error};

use crate::middleware::refus::remplacer;
use crate::problem::ApiError;
use crate::reponse;

/// Says that the answer was given before.
pub(crate) const REJOUEE: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The answer, or what the same request was answered when it succeeded.
pub(super) async fn reprendre<B: MessageBody>(
    reponse: ServiceResponse<B>,
    requete: &Requete,
    app: &App,
) -> ServiceResponse<EitherBody<B>> {
    match deja(requete, reponse.status(), app).await {
        Ok(None) => reponse.map_into_left_body(),
        Ok(Some(deja)) => {
            let mut deja = reponse::envoyer(deja);
            deja.headers_mut().insert(REJOUEE, HeaderValue::from_static("true"));
            remplacer(reponse, deja)
        }
        Err(e) => remplacer(reponse, ApiError::from(e).error_response()),
    }
}

/// What a request that is about to be answered `statut` was answered before under its key, if that comes first.
///
/// [`Error::CleReutilisee`] when the key was given to another request.
pub(crate) async fn deja(requete: &Requete, statut: StatusCode, app: &App) -> Result<Option<Reponse>, Error> {
    if requete.a_cle() && reprenable(statut) { requete.deja(app).await } else { Ok(None) }
}

/// Whether a refusal may stand in the way of an answer that was given before. Rights are judged anew,
/// and so is how much is asked for.
fn reprenable(statut: StatusCode) -> bool {
    let autres =
        [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND, StatusCode::TOO_MANY_REQUESTS];
    statut.is_client_error() && !autres.contains(&statut)
}
