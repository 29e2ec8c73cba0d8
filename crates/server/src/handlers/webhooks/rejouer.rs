use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use api_types::webhooks::{Rejeu, RejeuLance};
use app::{App, webhooks};
use domain::policy::GererWebhook;

use crate::extract::{Guard, Objet, identifiant};
use crate::problem::{ApiError, ErreursEcriture};
use crate::reponse::{acquitter, faite, vide};

/// Replays a delivery: the same webhook, with the same `webhook-id`, from its first attempt on.
#[utoipa::path(
    tag = "webhooks", operation_id = "rejouer_livraison",
    params(
        ("webhook_id" = uuid::Uuid, Path, description = "L’abonnement."),
        ("livraison_id" = uuid::Uuid, Path, description = "La livraison.")
    ),
    responses((status = 204, description = "Remis dans la file."), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/webhooks/{webhook_id}/livraisons/{livraison_id}/rejeu")]
pub async fn une(
    Guard(permit): Guard<GererWebhook>,
    app: Data<App>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let livraison = identifiant(&req, "livraison_id")?;
    acquitter(webhooks::rejouer(&app, &permit, livraison), |()| vide(StatusCode::NO_CONTENT)).await
}

/// Replays the deliveries of what happened since a date: those that failed, or all.
#[utoipa::path(
    tag = "webhooks", operation_id = "rejouer_livraisons",
    params(("webhook_id" = uuid::Uuid, Path, description = "L’abonnement.")),
    request_body = Rejeu,
    responses((status = 200, description = "Remises dans la file.", body = RejeuLance), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/webhooks/{webhook_id}/rejeu")]
pub async fn toutes(
    Guard(permit): Guard<GererWebhook>,
    app: Data<App>,
    rejeu: Objet<Rejeu>,
) -> Result<HttpResponse, ApiError> {
    let rejouer = webhooks::rejouer_depuis(&app, &permit, rejeu.depuis, rejeu.etendue);
    acquitter(rejouer, |n| faite(&RejeuLance { livraisons: i64::try_from(*n).unwrap_or(i64::MAX) })).await
}
