use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, ResponseError as _};
use futures_util::StreamExt as _;

use super::refus::{connue, refuser, remplacer};
use crate::extract::empreintes::{CONTENT_DIGEST, CorpsVerifie, Empreintes, differente};

/// Checks the `Content-Digest` of a body while it is read (RFC 9530): another body is refused, and
/// nothing of it is kept.
pub async fn empreintes(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    if req.method().is_safe() {
        return Ok(next.call(req).await?.map_into_left_body());
    }
    let attendues = match Empreintes::lire(req.headers(), CONTENT_DIGEST) {
        Ok(Some(attendues)) => attendues,
        Err(refus) if connue(&req) => return refuser(req, &refus).await,
        Ok(_) | Err(_) => return Ok(next.call(req).await?.map_into_left_body()),
    };
    let corps = CorpsVerifie::new(req.parts_mut().1.take(), attendues);
    req.set_payload(Payload::Stream { payload: corps.clone().boxed_local() });
    // A form is read to its end, and not to that of the body: who reads it must finish.
    req.extensions_mut().insert(corps.clone());
    let reponse = next.call(req).await?;
    if corps.fausse() {
        return Ok(remplacer(reponse, differente().error_response()));
    }
    Ok(reponse.map_into_left_body())
}
