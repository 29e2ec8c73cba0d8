use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError as _};
use api_types::ProblemCode;

use crate::extract::jeton_porte;
use crate::problem::ApiError;

/// Refuses requests that change something and come from another site's page (CSRF).
///
/// Browsers say where a request comes from in `Sec-Fetch-Site`, or in `Origin` for older ones. A
/// client that sends neither is not a browser: nobody's cookies travel with it unasked. Nor does a
/// browser send a token unasked, and a request that carries one carries no session.
pub async fn origine(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if req.method().is_safe() || jeton_porte(req.request()).is_some() || de_chez_nous(&req) {
        return Ok(next.call(req).await?.map_into_left_body());
    }
    let (req, _) = req.into_parts();
    let refus = ApiError::new(ProblemCode::OrigineRefusee).error_response();
    Ok(ServiceResponse::new(req, refus.map_into_boxed_body()).map_body(|_, b| EitherBody::right(b)))
}

fn de_chez_nous(req: &ServiceRequest) -> bool {
    let texte = |nom: &str| req.headers().get(nom).and_then(|v| v.to_str().ok());
    if let Some(site) = texte("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origine) = texte(header::ORIGIN.as_str()) else { return true };
    let hote = texte(header::HOST.as_str());
    origine.split_once("://").map(|(_, h)| h) == hote && hote.is_some()
}
