use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage as _};
use app::App;

use crate::extract::Appelant;

/// Counts the calls of API clients: when, from where, and how they were answered.
pub async fn usage(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let reponse = next.call(req).await?;
    let appelant = reponse.request().extensions().get::<Appelant>().copied();
    if let (Some(Appelant { client, adresse }), Some(app)) = (appelant, reponse.request().app_data::<Data<App>>()) {
        app.usages().noter(client, adresse, reponse.status().as_u16(), app.horloge().maintenant());
    }
    Ok(reponse)
}
