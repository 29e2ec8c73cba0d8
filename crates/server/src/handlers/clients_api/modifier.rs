use actix_web::web::Data;
use actix_web::{HttpResponse, delete, put};
use api_types::clients_api::{ClientApi, ReglageClientApi};
use app::{App, clients_api};
use domain::policy::GererClient;

use crate::extract::conditions::SiInchange;
use crate::extract::{Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture, ErreursVersion};
use crate::reponse::versionnee;
use crate::views;

/// Changes an API client, if it is as it was read; its rights change at its next request.
#[utoipa::path(
    tag = "clients_api", operation_id = "modifier_client_api",
    params(("client_id" = uuid::Uuid, Path, description = "Le client.")),
    request_body = ReglageClientApi,
    responses((status = 200, description = "Le client.", body = ClientApi), ErreursVersion, ErreursEcriture),
    security(("session" = []))
)]
#[put("/api/v1/clients-api/{client_id}")]
pub async fn modifier(
    Guard(permit): Guard<GererClient>,
    version: Result<SiInchange, ApiError>,
    app: Data<App>,
    corps: Objet<ReglageClientApi>,
) -> Result<HttpResponse, ApiError> {
    let SiInchange(attendue) = version?;
    let demande = views::clients_api::demande(corps.into_inner());
    let client = views::clients_api::client(clients_api::modifier(&app, &permit, attendue, demande).await?);
    Ok(versionnee(&client.etag, &client))
}

/// Revokes an API client for good: it is refused from its next request on.
#[utoipa::path(
    tag = "clients_api", operation_id = "revoquer_client_api",
    params(("client_id" = uuid::Uuid, Path, description = "Le client.")),
    responses((status = 204, description = "Révoqué."), ErreursEcriture),
    security(("session" = []))
)]
#[delete("/api/v1/clients-api/{client_id}")]
pub async fn revoquer(Guard(permit): Guard<GererClient>, app: Data<App>) -> Result<HttpResponse, ApiError> {
    clients_api::revoquer(&app, &permit).await?;
    Ok(HttpResponse::NoContent().finish())
}
