use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use api_types::webhooks::{SaisieWebhook, WebhookCree, Webhooks};
use app::{App, webhooks};
use domain::policy::GererWebhooks;

use crate::extract::Guard;
use crate::problem::{ApiError, ErreursEcriture, ErreursLecture};
use crate::views;

/// The webhook subscriptions of a company.
#[utoipa::path(
    tag = "webhooks", operation_id = "lister_webhooks",
    params(("adherent_id" = uuid::Uuid, Path, description = "L’adhérent.")),
    responses((status = 200, description = "Les abonnements.", body = Webhooks), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/adherents/{adherent_id}/webhooks")]
pub async fn lister(Guard(permit): Guard<GererWebhooks>, app: Data<App>) -> Result<Json<Webhooks>, ApiError> {
    let fiches = webhooks::lister(&app, &permit).await?;
    Ok(Json(Webhooks { elements: fiches.into_iter().map(views::webhooks::webhook).collect() }))
}

/// Makes a webhook subscription; its secret is told in the answer and never again.
#[utoipa::path(
    tag = "webhooks", operation_id = "creer_webhook",
    params(("adherent_id" = uuid::Uuid, Path, description = "L’adhérent.")),
    request_body = SaisieWebhook,
    responses((status = 201, description = "Créé.", body = WebhookCree), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/adherents/{adherent_id}/webhooks")]
pub async fn creer(
    Guard(permit): Guard<GererWebhooks>,
    app: Data<App>,
    saisie: Json<SaisieWebhook>,
) -> Result<HttpResponse, ApiError> {
    let saisie = views::webhooks::saisie(saisie.into_inner());
    let (fiche, secret) = webhooks::creer(&app, &permit, saisie).await?;
    let webhook = views::webhooks::webhook(fiche);
    Ok(views::webhooks::une_fois(
        HttpResponse::Created(),
        &WebhookCree { webhook, secret: views::webhooks::secret(&secret) },
    ))
}
