use actix_web::http::header::LOCATION;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use api_types::Endpoint as _;
use api_types::clients_api::{ClientApiSecret, ReglageClientApi};
use api_types::endpoint::LireClientApi;
use app::clients_api::Fiche;
use app::{App, clients_api};
use domain::policy::GererClients;

use crate::extract::{Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture};
use crate::{reponse, views};

/// Makes an API client of a company. Its secret is told here and nowhere else.
#[utoipa::path(
    tag = "clients_api", operation_id = "creer_client_api",
    params(("adherent_id" = uuid::Uuid, Path, description = "L’adhérent.")),
    request_body = ReglageClientApi,
    responses((status = 201, description = "Le client et son secret.", body = ClientApiSecret, headers(
        ("Location" = String, description = "Où le relire.")
    )), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/adherents/{adherent_id}/clients-api")]
pub async fn creer(
    Guard(permit): Guard<GererClients>,
    app: Data<App>,
    corps: Objet<ReglageClientApi>,
) -> Result<HttpResponse, ApiError> {
    let demande = views::clients_api::demande(corps.into_inner());
    let ou = |fiche: &Fiche| LireClientApi { client_id: fiche.resume.ligne.id.0.uuid() }.path();
    let (fiche, secret) = reponse::donner_secret(clients_api::creer(&app, &permit, demande), ou).await?;
    let mut cree = HttpResponse::Created();
    cree.insert_header((LOCATION, ou(&fiche)));
    Ok(views::webhooks::une_fois(cree, &views::clients_api::avec_secret(fiche, &secret)))
}
