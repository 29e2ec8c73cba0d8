use actix_web::get;
use actix_web::web::{Data, Json, Query};
use api_types::messages::{Fil, PageFil};
use app::App;
use domain::policy::LireFil;

use crate::extract::Guard;
use crate::problem::{ApiError, ErreursLecture};
use crate::views;

/// The thread of a dossier, the latest message first.
#[utoipa::path(
    tag = "messages", operation_id = "lire_fil",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier."), PageFil),
    responses((status = 200, description = "Une page du fil.", body = Fil), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/dossiers/{dossier_id}/messages")]
pub async fn lire(Guard(permit): Guard<LireFil>, app: Data<App>, page: Query<PageFil>) -> Result<Json<Fil>, ApiError> {
    let PageFil { curseur, limite } = page.into_inner();
    let (avant, limite) = views::messages::page(curseur.as_deref(), limite, 50)?;
    let fil = app::messages::fil(&app, &permit, avant, limite).await?;
    Ok(Json(views::messages::fil(fil, permit.acteur())))
}
