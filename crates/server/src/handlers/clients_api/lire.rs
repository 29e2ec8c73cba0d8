use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get};
use api_types::clients_api::{ClientApi, ClientsApi, PageClientsApi};
use app::{App, clients_api};
use domain::policy::{GererClients, LireClient};

use crate::extract::{Guard, Parametres};
use crate::problem::{ApiError, ErreursLecture};
use crate::{page, views};

/// The API clients of a company, the latest first, revoked ones included.
#[utoipa::path(
    tag = "clients_api", operation_id = "lister_clients_api",
    params(("adherent_id" = uuid::Uuid, Path, description = "L’adhérent."), PageClientsApi),
    responses((status = 200, description = "Une page de clients.", body = ClientsApi), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/adherents/{adherent_id}/clients-api")]
pub async fn lister(
    Guard(permit): Guard<GererClients>,
    app: Data<App>,
    demande: Parametres<PageClientsApi>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let PageClientsApi { curseur, limite } = demande.into_inner();
    let (avant, limite) = views::messages::page(curseur.as_deref(), limite, 50)?;
    let page = views::clients_api::page(&clients_api::lister(&app, &permit, avant, limite).await?);
    Ok(page::repondre(&req, &page, page.suivant.as_deref()))
}

/// An API client: its scopes, its établissements, its secrets' marks, its keys, its use.
#[utoipa::path(
    tag = "clients_api", operation_id = "lire_client_api",
    params(("client_id" = uuid::Uuid, Path, description = "Le client.")),
    responses((status = 200, description = "Le client.", body = ClientApi), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/clients-api/{client_id}")]
pub async fn lire(Guard(permit): Guard<LireClient>, app: Data<App>) -> Result<Json<ClientApi>, ApiError> {
    Ok(Json(views::clients_api::client(clients_api::lire(&app, &permit).await?)))
}
