use actix_web::put;
use actix_web::web::{Data, Json};
use api_types::portail::Favoris;
use app::App;
use domain::policy::GererSonCompte;

use crate::extract::{Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture};

/// Chooses one's favourite tools, in order; none at all is a choice too.
#[utoipa::path(
    tag = "portail", operation_id = "choisir_favoris",
    request_body = Favoris,
    responses((status = 200, description = "Les favoris.", body = Favoris), ErreursEcriture),
    security(("session" = []))
)]
#[put("/api/v1/moi/favoris")]
pub async fn choisir(
    Guard(permit): Guard<GererSonCompte>,
    app: Data<App>,
    corps: Objet<Favoris>,
) -> Result<Json<Favoris>, ApiError> {
    let outils = app::portail::choisir_favoris(&app, &permit, corps.into_inner().outils).await?;
    Ok(Json(Favoris { outils }))
}
