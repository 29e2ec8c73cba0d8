use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::HeaderValue;
use actix_web::middleware::Next;

/// Takes a `POST` on an upload for the `PATCH` or the `DELETE` that its `X-HTTP-Method-Override` names, as tus demands
/// for clients that know neither.
///
/// The origin is checked all the same: none of the three methods is safe.
pub async fn methode(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if req.method() == Method::POST && req.path().starts_with("/api/v1/televersements/") {
        let voulue = match req.headers().get("x-http-method-override").map(HeaderValue::as_bytes) {
            Some(b"PATCH") => Some(Method::PATCH),
            Some(b"DELETE") => Some(Method::DELETE),
            _ => None,
        };
        if let Some(voulue) = voulue {
            req.head_mut().method = voulue;
        }
    }
    next.call(req).await
}
