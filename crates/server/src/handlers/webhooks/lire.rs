use actix_web::get;
use actix_web::web::{Data, Json};
use api_types::webhooks::Webhook;
use app::App;
use domain::policy::GererWebhook;

use crate::extract::Guard;
use crate::problem::{ApiError, ErreursLecture};
use crate::views;

/// A webhook subscription, with its health.
#[utoipa::path(
    tag = "webhooks", operation_id = "lire_webhook",
    params(("webhook_id" = uuid::Uuid, Path, description = "L’abonnement.")),
    responses((status = 200, description = "L’abonnement.", body = Webhook), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/webhooks/{webhook_id}")]
pub async fn lire(Guard(permit): Guard<GererWebhook>, app: Data<App>) -> Result<Json<Webhook>, ApiError> {
    Ok(Json(views::webhooks::webhook(app::webhooks::lire(&app, &permit).await?)))
}
