use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, delete, get};
use api_types::comptes::Sessions;
use app::{App, comptes};

use crate::extract::{MonCompte, identifiant};
use crate::problem::{ApiError, ErreursEcriture, ErreursLecture};
use crate::views;

/// One's own open sessions, the latest used first.
#[utoipa::path(
    tag = "comptes", operation_id = "lister_sessions",
    responses((status = 200, description = "Les sessions.", body = Sessions), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/moi/sessions")]
pub async fn lister(MonCompte(permit, session): MonCompte, app: Data<App>) -> Result<Json<Sessions>, ApiError> {
    Ok(Json(views::comptes::sessions(comptes::lister(&app, &permit).await?, session)))
}

/// Ends one of one's own sessions.
#[utoipa::path(
    tag = "comptes", operation_id = "terminer_session",
    params(("session_id" = uuid::Uuid, Path, description = "La session.")),
    responses((status = 204, description = "Terminée."), ErreursEcriture),
    security(("session" = []))
)]
#[delete("/api/v1/moi/sessions/{session_id}")]
pub async fn terminer(
    MonCompte(permit, _): MonCompte,
    req: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, ApiError> {
    comptes::terminer(&app, &permit, identifiant(&req, "session_id")?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ends all one's own sessions but the one that asks.
#[utoipa::path(
    tag = "comptes", operation_id = "terminer_autres_sessions",
    responses((status = 204, description = "Terminées."), ErreursEcriture),
    security(("session" = []))
)]
#[delete("/api/v1/moi/sessions")]
pub async fn terminer_autres(MonCompte(permit, session): MonCompte, app: Data<App>) -> Result<HttpResponse, ApiError> {
    comptes::terminer_autres(&app, &permit, session).await?;
    Ok(HttpResponse::NoContent().finish())
}
