use actix_web::get;
use actix_web::web::{Data, Json};
use api_types::dossiers::{Dossier, Inscriptions, Reglements};
use app::App;
use domain::policy::LireDossier;

use crate::extract::Asked;
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
pub async fn lire(Asked(claim): Asked<LireDossier>, app: Data<App>) -> Result<Json<Dossier>, ApiError> {
    let (permit, tout) = app::dossiers::lire(&app, claim).await?;
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
pub async fn inscriptions(Asked(claim): Asked<LireDossier>, app: Data<App>) -> Result<Json<Inscriptions>, ApiError> {
    Ok(Json(views::dossiers::inscriptions(app::dossiers::inscriptions(&app, claim).await?)))
}

/// The payments of a dossier.
#[utoipa::path(
    tag = "dossiers", operation_id = "lister_reglements",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    responses((status = 200, description = "Les règlements, le dernier d’abord.", body = Reglements), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/dossiers/{dossier_id}/reglements")]
pub async fn reglements(Asked(claim): Asked<LireDossier>, app: Data<App>) -> Result<Json<Reglements>, ApiError> {
    let (accorde, reglements) = app::dossiers::reglements(&app, claim).await?;
    Ok(Json(views::dossiers::reglements(accorde, reglements)))
}
