use actix_web::get;
use actix_web::web::{Data, Json};
use api_types::televersements::Televersement;
use app::App;
use domain::policy::Poursuivre;

use crate::extract::Guard;
use crate::problem::{ApiError, ErreursLecture};
use crate::views;

/// Where an upload stands, and the document that it became: for a client that lost the last answer.
#[utoipa::path(
    tag = "televersements", operation_id = "lire_televersement",
    params(("televersement_id" = uuid::Uuid, Path, description = "Le téléversement.")),
    responses((status = 200, description = "Le téléversement.", body = Televersement), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/televersements/{televersement_id}")]
pub async fn lire(Guard(permit): Guard<Poursuivre>, app: Data<App>) -> Result<Json<Televersement>, ApiError> {
    let lu = app::televersements::lire(&app, &permit).await?;
    Ok(Json(views::televersements::televersement(lu)))
}
