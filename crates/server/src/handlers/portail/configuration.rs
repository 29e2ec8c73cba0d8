use actix_web::get;
use actix_web::web::{Data, Json};
use api_types::portail::Configuration;
use app::App;

use crate::extract::Ouvert;
use crate::problem::ErreursPubliques;

/// What the page needs before anybody signs in.
#[utoipa::path(
    tag = "portail", operation_id = "lire_configuration",
    responses((status = 200, description = "La configuration.", body = Configuration), ErreursPubliques)
)]
#[get("/api/v1/configuration")]
pub async fn lire(_: Ouvert, app: Data<App>) -> Json<Configuration> {
    let reglages = app.reglages();
    Json(Configuration {
        organisme: reglages.organisme.clone(),
        assistance: reglages.assistance.clone(),
        annulation_secondes: reglages.annulation_secondes,
        mode: app.mode(),
    })
}
