use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use app::{App, webhooks};
use domain::policy::GererWebhook;

use crate::extract::Guard;
use crate::problem::{ApiError, ErreursEcriture};
use crate::reponse::{acquitter, vide};

/// Pauses a webhook subscription: what happens meanwhile is held back.
#[utoipa::path(
    tag = "webhooks", operation_id = "suspendre_webhook",
    params(("webhook_id" = uuid::Uuid, Path, description = "L’abonnement.")),
    responses((status = 204, description = "Suspendu."), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/webhooks/{webhook_id}/suspension")]
pub async fn suspendre(Guard(permit): Guard<GererWebhook>, app: Data<App>) -> Result<HttpResponse, ApiError> {
    acquitter(webhooks::suspendre(&app, &permit), |()| vide(StatusCode::NO_CONTENT)).await
}

/// Resumes a webhook subscription that was paused or switched off: what was held back goes out.
#[utoipa::path(
    tag = "webhooks", operation_id = "reprendre_webhook",
    params(("webhook_id" = uuid::Uuid, Path, description = "L’abonnement.")),
    responses((status = 204, description = "Repris."), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/webhooks/{webhook_id}/reprise")]
pub async fn reprendre(Guard(permit): Guard<GererWebhook>, app: Data<App>) -> Result<HttpResponse, ApiError> {
    acquitter(webhooks::reprendre(&app, &permit), |()| vide(StatusCode::NO_CONTENT)).await
}
