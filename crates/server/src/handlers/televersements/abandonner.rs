use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete};
use app::App;
use domain::policy::Poursuivre;

use crate::extract::{Guard, tus};
use crate::problem::{ApiError, ErreursTus};

/// Forgets an upload and its bytes; a document that it became stays.
#[utoipa::path(
    tag = "televersements", operation_id = "abandonner_televersement",
    params(
        ("televersement_id" = uuid::Uuid, Path, description = "Le téléversement."),
        ("Tus-Resumable" = String, Header, description = "La version de tus : 1.0.0."),
    ),
    responses((status = 204, description = "Oublié."), ErreursTus),
    security(("session" = []))
)]
#[delete("/api/v1/televersements/{televersement_id}")]
pub async fn abandonner(
    Guard(permit): Guard<Poursuivre>,
    app: Data<App>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    tus::version(&req)?;
    app::televersements::abandonner(&app, &permit).await?;
    Ok(HttpResponse::NoContent().finish())
}
