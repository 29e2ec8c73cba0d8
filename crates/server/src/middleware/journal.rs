use std::time::Instant;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;

/// Logs each request: method, pattern of its address, status, duration.
///
/// Never the address itself nor its query: they hold what people look for.
pub async fn journal(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let debut = Instant::now();
    let methode = req.method().clone();
    let reponse = next.call(req).await?;
    let adresse = reponse.request().match_pattern().unwrap_or_default();
    let ms = u64::try_from(debut.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%methode, adresse, statut = reponse.status().as_u16(), ms, "requête");
    Ok(reponse)
}
