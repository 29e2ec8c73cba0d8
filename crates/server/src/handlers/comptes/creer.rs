use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use api_types::comptes::{Confirmation, CreationCompte};
use app::App;
use app::authz::JetonSha256;
use app::comptes::{self, Demande};
use domain::secret::Secret;

use crate::extract::{Objet, Ouvert, adresse};
use crate::problem::{ApiError, ErreursPubliques};
use crate::reponse::{acquitter, vide};

/// Asks for an account, with the two numbers of the company.
///
/// The answer is the same whether the numbers and the address are known or not: the mail tells.
#[utoipa::path(
    tag = "comptes", operation_id = "creer_compte",
    request_body = CreationCompte,
    responses((status = 202, description = "Demande reçue ; la suite est envoyée à l’adresse donnée."), ErreursPubliques)
)]
#[post("/api/v1/comptes")]
pub async fn creer(
    _: Ouvert,
    req: HttpRequest,
    app: Data<App>,
    corps: Objet<CreationCompte>,
) -> Result<HttpResponse, ApiError> {
    let CreationCompte { siret, numero_adherent, prenom, nom, email, mot_de_passe } = corps.into_inner();
    let mot_de_passe = Secret::new(mot_de_passe.0);
    let demande = Demande::lire(&app, (&siret, &numero_adherent), (&prenom, &nom), &email, mot_de_passe).await?;
    acquitter(comptes::creer(&app, demande, adresse::client(&req)), |()| vide(StatusCode::ACCEPTED)).await
}

/// Confirms the address of an account, by the token of the mail.
#[utoipa::path(
    tag = "comptes", operation_id = "confirmer_compte",
    request_body = Confirmation,
    responses((status = 204, description = "Adresse confirmée : la connexion est possible."), ErreursPubliques)
)]
#[post("/api/v1/comptes/confirmation")]
pub async fn confirmer(_: Ouvert, app: Data<App>, corps: Objet<Confirmation>) -> Result<HttpResponse, ApiError> {
    acquitter(comptes::confirmer(&app, JetonSha256::of(&corps.jeton)), |()| vide(StatusCode::NO_CONTENT)).await
}
