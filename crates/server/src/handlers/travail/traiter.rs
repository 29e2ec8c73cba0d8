use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use app::App;
use domain::policy::Traiter;

use crate::extract::Guard;
use crate::problem::{ApiError, ErreursEcriture};
use crate::reponse::{acquitter, vide};

/// Marks what arrived on a dossier as treated.
#[utoipa::path(
    tag = "travail", operation_id = "traiter_dossier",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    responses((status = 204, description = "Traité."), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/dossiers/{dossier_id}/traitement")]
pub async fn traiter(Guard(permit): Guard<Traiter>, app: Data<App>) -> Result<HttpResponse, ApiError> {
    acquitter(app::travail::traiter(&app, &permit), |()| vide(StatusCode::NO_CONTENT)).await
}
