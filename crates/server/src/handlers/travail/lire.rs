use actix_web::get;
use actix_web::web::{Data, Json, Query};
use api_types::travail::{PageTravail, Travail};
use app::App;
use domain::policy::VoirTravail;

use crate::extract::Guard;
use crate::problem::{ApiError, ErreursLecture};
use crate::views;

/// The gestionnaire's worklist: dossiers where something arrived, the one that waits for longest first.
#[utoipa::path(
    tag = "travail", operation_id = "lire_travail",
    params(PageTravail),
    responses((status = 200, description = "Une page de la file de travail.", body = Travail), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/travail")]
pub async fn lire(
    Guard(permit): Guard<VoirTravail>,
    app: Data<App>,
    page: Query<PageTravail>,
) -> Result<Json<Travail>, ApiError> {
    let PageTravail { curseur, limite } = page.into_inner();
    let (apres, limite) = views::messages::page(curseur.as_deref(), limite, 50)?;
    let travail = app::travail::lister(&app, &permit, apres, limite).await?;
    Ok(Json(views::travail::travail(travail)))
}
