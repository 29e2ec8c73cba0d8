use actix_web::get;
use actix_web::web::{Data, Json};
use api_types::dossiers::{Dossier, Inscriptions, Reglements};
use app::App;
use domain::policy::LireDossier;

use crate::extract::Guard;
use crate::problem::{ApiError, ErreursLecture};
use crate::views;

/// A dossier: where it stands, its steps, its history, the numbers of its tabs.
#[utoipa::path(
    tag = "dossiers", operation_id = "lire_dossier",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    responses((status = 200, description = "Le dossier.", body = Dossier), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/dossiers/{dossier_id}")]
pub async fn lire(Guard(permit): Guard<LireDossier>, app: Data<App>) -> Result<Json<Dossier>, ApiError> {
    let tout = app::dossiers::lire(&app, &permit).await?;
    Ok(Json(views::dossiers::dossier(tout, &permit)))
}

/// The registrations of a dossier.
#[utoipa::path(
    tag = "dossiers", operation_id = "lister_inscriptions",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    responses((status = 200, description = "Les inscriptions, par nom.", body = Inscriptions), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/dossiers/{dossier_id}/inscriptions")]
pub async fn inscriptions(Guard(permit): Guard<LireDossier>, app: Data<App>) -> Result<Json<Inscriptions>, ApiError> {
    Ok(Json(views::dossiers::inscriptions(app::dossiers::inscriptions(&app, &permit).await?)))
}

/// The payments of a dossier.
#[utoipa::path(
    tag = "dossiers", operation_id = "lister_reglements",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    responses((status = 200, description = "Les règlements, le dernier d’abord.", body = Reglements), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/dossiers/{dossier_id}/reglements")]
pub async fn reglements(Guard(permit): Guard<LireDossier>, app: Data<App>) -> Result<Json<Reglements>, ApiError> {
    let (accorde, reglements) = app::dossiers::reglements(&app, &permit).await?;
    Ok(Json(views::dossiers::reglements(accorde, reglements)))
}
