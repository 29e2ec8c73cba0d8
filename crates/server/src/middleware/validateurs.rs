use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Bytes;

use crate::compression;
use crate::extract::conditions;

/// Gives every JSON answer of the API a validator, and answers 304 to who holds it already
/// (RFC 9110, sections 8.8.3 and 13.1.2); what is sent is compressed.
///
/// The validator that a handler sets is kept. Any other is that of the content: weak, for nothing is
/// written on the strength of it, and so the same in every coding. What bears a strong one has one coding.
pub async fn validateurs(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody, Bytes>>, Error> {
    let lecture = req.method().is_safe() && req.path().starts_with("/api/");
    let reponse = next.call(req).await?;
    if !lecture || reponse.status() != StatusCode::OK || !json(&reponse) {
        return Ok(reponse.map_body(|_, corps| EitherBody::left(corps)));
    }
    // Most requests hold nothing.
    let entetes = reponse.request().headers();
    let connues = entetes.contains_key(header::IF_NONE_MATCH).then(|| entetes.clone());
    let comprimee = compression::voulue(entetes);
    Ok(reponse.map_body(|tete, corps| {
        let octets = match corps.try_into_bytes() {
            Ok(octets) => octets,
            Err(corps) => return EitherBody::left(corps),
        };
        let posee = tete.headers().get(header::ETAG).cloned();
        let Ok(etag) = posee.map_or_else(|| HeaderValue::from_str(&du_contenu(&octets)), Ok) else {
            return EitherBody::right(octets);
        };
        let faible = etag.as_bytes().starts_with(b"W/");
        let inchange = etag.to_str().is_ok_and(|etag| connues.is_some_and(|c| conditions::connue(&c, etag)));
        tete.headers_mut().insert(header::ETAG, etag);
        if inchange {
            tete.status = StatusCode::NOT_MODIFIED;
            tete.headers_mut().remove(header::CONTENT_TYPE);
            return EitherBody::right(Bytes::new());
        }
        EitherBody::right(if faible { compression::comprimer(tete, octets, comprimee) } else { octets })
    }))
}

fn json<B>(reponse: &ServiceResponse<B>) -> bool {
    reponse.headers().get(header::CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"application/json"))
}

fn du_contenu(octets: &[u8]) -> String {
    let mut debut = [0; 16];
    blake3::Hasher::new().update(octets).finalize_xof().fill(&mut debut);
    format!("W/\"{:032x}\"", u128::from_be_bytes(debut))
}
