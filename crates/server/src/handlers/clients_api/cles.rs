use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, post};
use api_types::clients_api::{ClientApi, NouvelleCleApi};
use app::{App, clients_api};
use domain::policy::GererClient;

use crate::extract::{Guard, Objet, identifiant};
use crate::problem::{ApiError, ErreursEcriture};
use crate::reponse::{acquitter, cree};
use crate::views;

/// Gives an API client a public key, by which it proves itself without a secret (`private_key_jwt`).
#[utoipa::path(
    tag = "clients_api", operation_id = "ajouter_cle_api",
    params(("client_id" = uuid::Uuid, Path, description = "Le client.")),
    request_body = NouvelleCleApi,
    responses((status = 201, description = "Le client et ses clés.", body = ClientApi), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/clients-api/{client_id}/cles")]
pub async fn ajouter(
    Guard(permit): Guard<GererClient>,
    app: Data<App>,
    corps: Objet<NouvelleCleApi>,
) -> Result<HttpResponse, ApiError> {
    let ajouter = clients_api::ajouter_cle(&app, &permit, corps.into_inner().jwk);
    acquitter(ajouter, |fiche| cree(None, &views::clients_api::client(fiche.clone()))).await
}

/// Takes a public key away from an API client at once.
#[utoipa::path(
    tag = "clients_api", operation_id = "retirer_cle_api",
    params(
        ("client_id" = uuid::Uuid, Path, description = "Le client."),
        ("cle_id" = uuid::Uuid, Path, description = "La clé."),
    ),
    responses((status = 204, description = "Retirée."), ErreursEcriture),
    security(("session" = []))
)]
#[delete("/api/v1/clients-api/{client_id}/cles/{cle_id}")]
pub async fn retirer(
    Guard(permit): Guard<GererClient>,
    app: Data<App>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    clients_api::retirer_cle(&app, &permit, identifiant(&req, "cle_id")?).await?;
    Ok(HttpResponse::NoContent().finish())
}
