use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;

use crate::extract::tus::VERSION;

/// The page: its own scripts, styles, pictures and fonts, WebAssembly, and nothing else.
const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
     font-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'";
/// Swagger UI writes its styles itself.
const CSP_DOCS: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Sets the security headers that a handler did not set itself.
pub async fn entetes(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let docs = req.path().starts_with("/docs");
    let api = req.path().starts_with("/api/");
    let tus = api && req.path().contains("/televersements");
    let mut reponse = next.call(req).await?;
    let h = reponse.headers_mut();
    let mut poser = |nom: HeaderName, valeur: &'static str| {
        if !h.contains_key(&nom) {
            h.insert(nom, HeaderValue::from_static(valeur));
        }
    };
    poser(header::CONTENT_SECURITY_POLICY, if docs { CSP_DOCS } else { CSP });
    poser(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    poser(header::REFERRER_POLICY, "no-referrer");
    poser(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    poser(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    poser(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=()");
    poser(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    if api {
        poser(header::CACHE_CONTROL, "no-store");
    }
    if tus {
        poser(HeaderName::from_static("tus-resumable"), VERSION);
        poser(HeaderName::from_static("tus-version"), VERSION);
    }
    Ok(reponse)
}
