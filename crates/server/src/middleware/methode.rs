use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::Error;
use actix_web::body::{BodySize, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::HeaderValue;
use actix_web::middleware::Next;
use actix_web::web::Bytes;

/// Where uploads are; `HEAD` and `X-HTTP-Method-Override` have there the meaning that tus gives them.
const TELEVERSEMENTS: &str = "/api/v1/televersements/";

/// Serves a request by the operation that its method stands for.
///
/// `HEAD` is `GET` without its body (RFC 9110, section 9.3.2), but on an upload. A `POST` on an upload is the `PATCH` or
/// the `DELETE` that its `X-HTTP-Method-Override` names, as tus demands for clients that know neither; the origin is
/// checked all the same: none of the three methods is safe.
pub async fn methode<B: MessageBody + 'static>(
    mut req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, SansCorps>>, Error> {
    let envoyee = req.method().clone();
    if let Some(voulue) = voulue(&req) {
        req.head_mut().method = voulue;
    }
    let reponse = next.call(req).await?;
    Ok(reponse.map_body(|_, corps| {
        if envoyee == Method::HEAD { EitherBody::right(SansCorps(corps.size())) } else { EitherBody::left(corps) }
    }))
}

/// The method that serves the request, when it is another than the one sent.
fn voulue(req: &ServiceRequest) -> Option<Method> {
    let sur_televersement = req.path().starts_with(TELEVERSEMENTS);
    match *req.method() {
        Method::HEAD if !sur_televersement => Some(Method::GET),
        Method::POST if sur_televersement => {
            match req.headers().get("x-http-method-override").map(HeaderValue::as_bytes) {
                Some(b"PATCH") => Some(Method::PATCH),
                Some(b"DELETE") => Some(Method::DELETE),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A body that tells its size and is not sent: not even read.
#[derive(Debug)]
pub struct SansCorps(BodySize);

impl MessageBody for SansCorps {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        self.0
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Poll::Ready(None)
    }
}
