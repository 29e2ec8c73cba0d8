use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, post};
use api_types::Endpoint as _;
use api_types::clients_api::{ClientApiSecret, RotationSecret};
use api_types::endpoint::LireClientApi;
use app::clients_api::Fiche;
use app::{App, clients_api};
use domain::policy::GererClient;

use crate::extract::{Guard, Objet, identifiant};
use crate::problem::{ApiError, ErreursEcriture};
use crate::{reponse, views};

/// Gives an API client another secret, told here and nowhere else; the former one lives on for a while.
#[utoipa::path(
    tag = "clients_api", operation_id = "renouveler_secret_api",
    params(("client_id" = uuid::Uuid, Path, description = "Le client.")),
    request_body = RotationSecret,
    responses((status = 201, description = "Le client et son nouveau secret.", body = ClientApiSecret), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/clients-api/{client_id}/secrets")]
pub async fn renouveler(
    Guard(permit): Guard<GererClient>,
    app: Data<App>,
    corps: Objet<RotationSecret>,
) -> Result<HttpResponse, ApiError> {
    let ou = |fiche: &Fiche| LireClientApi { client_id: fiche.resume.ligne.id.0.uuid() }.path();
    let renouveler = clients_api::renouveler(&app, &permit, corps.chevauchement_heures);
    let (fiche, secret) = reponse::donner_secret(renouveler, ou).await?;
    Ok(views::webhooks::une_fois(HttpResponse::Created(), &views::clients_api::avec_secret(fiche, &secret)))
}

/// Ends a secret of an API client at once.
#[utoipa::path(
    tag = "clients_api", operation_id = "terminer_secret_api",
    params(
        ("client_id" = uuid::Uuid, Path, description = "Le client."),
        ("secret_id" = uuid::Uuid, Path, description = "Le secret."),
    ),
    responses((status = 204, description = "Terminé."), ErreursEcriture),
    security(("session" = []))
)]
#[delete("/api/v1/clients-api/{client_id}/secrets/{secret_id}")]
pub async fn terminer(
    Guard(permit): Guard<GererClient>,
    app: Data<App>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    clients_api::terminer(&app, &permit, identifiant(&req, "secret_id")?).await?;
    Ok(HttpResponse::NoContent().finish())
}
