use actix_web::web::Data;
use actix_web::{HttpResponse, put};
use api_types::messages::EtatLecture;
use app::App;
use domain::policy::MarquerMessage;

use crate::extract::{Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture};

/// Sets a message read or unread, for oneself.
#[utoipa::path(
    tag = "messages", operation_id = "marquer_message",
    params(("message_id" = uuid::Uuid, Path, description = "Le message.")),
    request_body = EtatLecture,
    responses((status = 204, description = "Marqué."), ErreursEcriture),
    security(("session" = []))
)]
#[put("/api/v1/messages/{message_id}/lecture")]
pub async fn marquer(
    Guard(permit): Guard<MarquerMessage>,
    app: Data<App>,
    etat: Objet<EtatLecture>,
) -> Result<HttpResponse, ApiError> {
    app::messages::marquer(&app, &permit, etat.lu).await?;
    Ok(HttpResponse::NoContent().finish())
}
