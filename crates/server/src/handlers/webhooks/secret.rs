use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use api_types::Endpoint as _;
use api_types::endpoint::LireWebhook;
use api_types::webhooks::{ChangementSecret, NouveauSecret};
use app::{App, webhooks};
use domain::policy::GererWebhook;
use jiff::Timestamp;

use crate::extract::{Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture};
use crate::{reponse, views};

/// Gives a webhook subscription a new secret, told in the answer and never again.
///
/// Until the end of the overlap each webhook carries two signatures: of the new secret and of the previous one.
#[utoipa::path(
    tag = "webhooks", operation_id = "changer_secret_webhook",
    params(("webhook_id" = uuid::Uuid, Path, description = "L’abonnement.")),
    request_body = ChangementSecret,
    responses((status = 200, description = "Changé.", body = NouveauSecret), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/webhooks/{webhook_id}/secret")]
pub async fn changer(
    Guard(permit): Guard<GererWebhook>,
    app: Data<App>,
    changement: Objet<ChangementSecret>,
) -> Result<HttpResponse, ApiError> {
    let recouvrement = views::webhooks::recouvrement(changement.recouvrement_heures);
    let ou = LireWebhook { webhook_id: permit.sur().id.uuid() }.path();
    let changer = webhooks::changer_secret(&app, &permit, recouvrement);
    let (secret, precedent_jusqu_a) = reponse::donner_secret(changer, move |_: &Option<Timestamp>| ou.clone()).await?;
    let nouveau = NouveauSecret { secret: views::webhooks::secret(&secret), precedent_jusqu_a };
    Ok(views::webhooks::une_fois(HttpResponse::Ok(), &nouveau))
}
