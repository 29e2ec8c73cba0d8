use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use api_types::travail::Traitement;
use app::App;
use domain::policy::Traiter;

use crate::extract::{Guard, Parametres};
use crate::problem::{ApiError, ErreursEcriture};
use crate::reponse::{acquitter, vide};

/// Marks what arrived on a dossier as treated: all of it, or what was seen.
#[utoipa::path(
    tag = "travail", operation_id = "traiter_dossier",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier."), Traitement),
    responses((status = 204, description = "Traité."), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/dossiers/{dossier_id}/traitement")]
pub async fn traiter(
    Guard(permit): Guard<Traiter>,
    app: Data<App>,
    demande: Parametres<Traitement>,
) -> Result<HttpResponse, ApiError> {
    acquitter(app::travail::traiter(&app, &permit, demande.jusqu_a), |()| vide(StatusCode::NO_CONTENT)).await
}
