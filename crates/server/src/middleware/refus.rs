//! Answering in the place of an operation.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpResponse, ResponseError as _};
use futures_util::StreamExt as _;

use crate::problem::ApiError;
use crate::spa;

/// Bytes read and thrown away before a refusal, so that the client reads the answer.
const PURGE_MAX: usize = 32 * 1024 * 1024;

/// Whether there is an operation to refuse.
pub(super) fn connue(req: &ServiceRequest) -> bool {
    spa::methodes(req.request()).contains(&req.method().as_str())
}

/// Refuses once the body is read: a client that is still sending must get the answer.
pub(super) async fn refuser<B>(
    mut req: ServiceRequest,
    refus: &ApiError,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let (_, corps) = req.parts_mut();
    let mut corps = corps.take();
    let mut lus = 0;
    while let Some(Ok(octets)) = corps.next().await {
        lus += octets.len();
        if lus > PURGE_MAX {
            break;
        }
    }
    Ok(req.into_response(refus.error_response()).map_into_right_body())
}

/// Answers something else in the place of an answer.
pub(super) fn remplacer<B: MessageBody>(
    reponse: ServiceResponse<B>,
    par: HttpResponse,
) -> ServiceResponse<EitherBody<B>> {
    let (req, _) = reponse.into_parts();
    ServiceResponse::new(req, par).map_into_right_body()
}
