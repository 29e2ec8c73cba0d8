use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get};
use api_types::webhooks::{FiltreLivraisons, LivraisonComplete, Livraisons};
use app::{App, webhooks};
use domain::policy::GererWebhook;

use crate::extract::{Guard, Parametres, identifiant};
use crate::problem::{ApiError, ErreursLecture};
use crate::{page, views};

/// The log of a webhook subscription: its deliveries, the latest first.
#[utoipa::path(
    tag = "webhooks", operation_id = "lister_livraisons",
    params(("webhook_id" = uuid::Uuid, Path, description = "L’abonnement."), FiltreLivraisons),
    responses((status = 200, description = "Une page du journal.", body = Livraisons), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/webhooks/{webhook_id}/livraisons")]
pub async fn lister(
    Guard(permit): Guard<GererWebhook>,
    app: Data<App>,
    filtre: Parametres<FiltreLivraisons>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let FiltreLivraisons { statut, curseur, limite } = filtre.into_inner();
    let (avant, limite) = views::messages::page(curseur.as_deref(), limite, 50)?;
    let page = webhooks::lister_livraisons(&app, &permit, statut, avant, limite).await?;
    let page = views::webhooks::livraisons(page);
    Ok(page::repondre(&req, &page, page.suivant.as_deref()))
}

/// A delivery of a webhook subscription, with its attempts.
#[utoipa::path(
    tag = "webhooks", operation_id = "lire_livraison",
    params(
        ("webhook_id" = uuid::Uuid, Path, description = "L’abonnement."),
        ("livraison_id" = uuid::Uuid, Path, description = "La livraison.")
    ),
    responses((status = 200, description = "La livraison et ses essais.", body = LivraisonComplete), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/webhooks/{webhook_id}/livraisons/{livraison_id}")]
pub async fn lire(
    Guard(permit): Guard<GererWebhook>,
    app: Data<App>,
    req: HttpRequest,
) -> Result<Json<LivraisonComplete>, ApiError> {
    let (livraison, essais) = webhooks::lire_livraison(&app, &permit, identifiant(&req, "livraison_id")?).await?;
    Ok(Json(views::webhooks::livraison_complete(&livraison, essais)))
}
