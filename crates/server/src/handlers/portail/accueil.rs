use actix_web::get;
use actix_web::web::{Data, Json};
use api_types::portail::Accueil;
use app::App;
use domain::policy::VoirAccueil;

use crate::extract::Asked;
use crate::problem::{ApiError, ErreursLecture};
use crate::views;

/// eGestion's home, for a member: figures, what is awaited, latest messages and movements.
#[utoipa::path(
    tag = "portail", operation_id = "lire_accueil",
    responses((status = 200, description = "L’accueil.", body = Accueil), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/accueil")]
pub async fn lire(Asked(claim): Asked<VoirAccueil>, app: Data<App>) -> Result<Json<Accueil>, ApiError> {
    let (permit, accueil) = app::portail::accueil(&app, claim).await?;
    Ok(Json(views::portail::accueil(accueil, permit.acteur())))
}
