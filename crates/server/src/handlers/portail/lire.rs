use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, get};
use api_types::portail::{Portail, Service};
use app::App;
use domain::policy::{GererSonCompte, VoirPortail};

use crate::extract::{Asked, Guard, identifiant};
use crate::problem::{ApiError, ErreursLecture};
use crate::views;

/// The portal's home: favourite tools, services by theme, what is awaited.
#[utoipa::path(
    tag = "portail", operation_id = "lire_portail",
    responses((status = 200, description = "L’accueil du portail.", body = Portail), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/portail")]
pub async fn portail(Asked(claim): Asked<GererSonCompte>, app: Data<App>) -> Result<Json<Portail>, ApiError> {
    Ok(Json(views::portail::portail(app::portail::portail(&app, claim).await?)))
}

/// A service's page.
#[utoipa::path(
    tag = "portail", operation_id = "lire_service",
    params(("service_id" = uuid::Uuid, Path, description = "Le service.")),
    responses((status = 200, description = "Le service.", body = Service), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/services/{service_id}")]
pub async fn service(_: Guard<VoirPortail>, req: HttpRequest, app: Data<App>) -> Result<Json<Service>, ApiError> {
    let service = app::portail::service(&app, identifiant(&req, "service_id")?).await?;
    Ok(Json(views::portail::service(service)))
}
