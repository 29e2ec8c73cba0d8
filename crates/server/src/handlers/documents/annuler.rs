use actix_web::web::Data;
use actix_web::{HttpResponse, delete};
use app::App;
use domain::policy::AnnulerDepot;

use crate::extract::Guard;
use crate::problem::{ApiError, ErreursEcriture};

/// Takes a document back during its undo window; the other side never saw it.
#[utoipa::path(
    tag = "documents", operation_id = "annuler_depot",
    params(("document_id" = uuid::Uuid, Path, description = "Le document.")),
    responses((status = 204, description = "Annulé."), ErreursEcriture),
    security(("session" = []))
)]
#[delete("/api/v1/documents/{document_id}")]
pub async fn annuler(Guard(permit): Guard<AnnulerDepot>, app: Data<App>) -> Result<HttpResponse, ApiError> {
    app::documents::annuler(&app, &permit).await?;
    Ok(HttpResponse::NoContent().finish())
}
