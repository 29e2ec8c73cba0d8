use actix_web::web::Data;
use actix_web::{HttpResponse, delete, put};
use api_types::webhooks::{SaisieWebhook, Webhook};
use app::{App, webhooks};
use domain::policy::GererWebhook;

use crate::extract::conditions::SiInchange;
use crate::extract::{Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture, ErreursVersion};
use crate::reponse::versionnee;
use crate::views;

/// Sets a webhook subscription anew: all its settings are replaced, if they are those that were read.
///
/// What it hears of follows the rights of whoever set it last.
#[utoipa::path(
    tag = "webhooks", operation_id = "modifier_webhook",
    params(("webhook_id" = uuid::Uuid, Path, description = "L’abonnement.")),
    request_body = SaisieWebhook,
    responses((status = 200, description = "Modifié.", body = Webhook), ErreursVersion, ErreursEcriture),
    security(("session" = []))
)]
#[put("/api/v1/webhooks/{webhook_id}")]
pub async fn modifier(
    Guard(permit): Guard<GererWebhook>,
    version: Result<SiInchange, ApiError>,
    app: Data<App>,
    saisie: Objet<SaisieWebhook>,
) -> Result<HttpResponse, ApiError> {
    let SiInchange(attendue) = version?;
    let saisie = views::webhooks::saisie(saisie.into_inner());
    let webhook = views::webhooks::webhook(webhooks::modifier(&app, &permit, attendue, saisie).await?);
    Ok(versionnee(&webhook.etag, &webhook))
}

/// Removes a webhook subscription with its log.
#[utoipa::path(
    tag = "webhooks", operation_id = "supprimer_webhook",
    params(("webhook_id" = uuid::Uuid, Path, description = "L’abonnement.")),
    responses((status = 204, description = "Supprimé."), ErreursEcriture),
    security(("session" = []))
)]
#[delete("/api/v1/webhooks/{webhook_id}")]
pub async fn supprimer(Guard(permit): Guard<GererWebhook>, app: Data<App>) -> Result<HttpResponse, ApiError> {
    webhooks::supprimer(&app, &permit).await?;
    Ok(HttpResponse::NoContent().finish())
}
