use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use api_types::Endpoint as _;
use api_types::endpoint::LireWebhook;
use api_types::webhooks::{SaisieWebhook, WebhookCree, Webhooks};
use app::webhooks::Fiche;
use app::{App, webhooks};
use domain::policy::GererWebhooks;

use crate::extract::{Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture, ErreursLecture};
use crate::{reponse, views};

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
    responses((status = 201, description = "Créé.", body = WebhookCree, headers(
        ("Location" = String, description = "Où le relire.")
    )), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/adherents/{adherent_id}/webhooks")]
pub async fn creer(
    Guard(permit): Guard<GererWebhooks>,
    app: Data<App>,
    saisie: Objet<SaisieWebhook>,
) -> Result<HttpResponse, ApiError> {
    let saisie = views::webhooks::saisie(saisie.into_inner());
    let ou = |fiche: &Fiche| LireWebhook { webhook_id: fiche.abonnement.ligne.id.0.uuid() }.path();
    let (fiche, secret) = reponse::donner_secret(webhooks::creer(&app, &permit, saisie), ou).await?;
    let mut cree = HttpResponse::Created();
    cree.insert_header((LOCATION, ou(&fiche)));
    let webhook = views::webhooks::webhook(fiche);
    Ok(views::webhooks::une_fois(cree, &WebhookCree { webhook, secret: views::webhooks::secret(&secret) }))
}
