use actix_web::post;
use actix_web::web::{Data, Json};
use api_types::webhooks::ResultatEssai;
use app::App;
use domain::policy::GererWebhook;

use crate::extract::Guard;
use crate::problem::{ApiError, ErreursEcriture};
use crate::views;

/// Sends a test webhook at once, and tells what the receiver answers.
///
/// It is sent once, whatever the state of the subscription.
#[utoipa::path(
    tag = "webhooks", operation_id = "essayer_webhook",
    params(("webhook_id" = uuid::Uuid, Path, description = "L’abonnement.")),
    responses((status = 200, description = "Envoyé ; `essai` dit ce qui est répondu.", body = ResultatEssai), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/webhooks/{webhook_id}/essai")]
pub async fn essayer(Guard(permit): Guard<GererWebhook>, app: Data<App>) -> Result<Json<ResultatEssai>, ApiError> {
    Ok(Json(views::webhooks::resultat(app::webhooks::essayer(&app, &permit).await?)))
}
