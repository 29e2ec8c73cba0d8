use actix_web::http::StatusCode;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, post};
use api_types::membres::{AcceptationInvitation, DemandeRattachement, InvitationRecue, JetonInvitation};
use app::authz::JetonSha256;
use app::{App, comptes, membres};
use domain::policy::DemanderRattachement;

use crate::extract::{Guard, Objet, Ouvert};
use crate::problem::{ApiError, ErreursEcriture, ErreursPubliques};
use crate::reponse::{acquitter, vide};
use crate::views;

/// What an invitation offers, by the token of its link.
#[utoipa::path(
    tag = "membres", operation_id = "lire_invitation",
    request_body = JetonInvitation,
    responses((status = 200, description = "L’invitation.", body = InvitationRecue), ErreursPubliques)
)]
#[post("/api/v1/comptes/invitation/lecture")]
pub async fn lire(_: Ouvert, app: Data<App>, corps: Objet<JetonInvitation>) -> Result<Json<InvitationRecue>, ApiError> {
    Ok(Json(views::membres::recue(membres::recue(&app, JetonSha256::of(&corps.jeton)).await?)))
}

/// Accepts an invitation, by the token of its link.
///
/// The account of the address joins the company; one is made when it has none.
#[utoipa::path(
    tag = "membres", operation_id = "accepter_invitation",
    request_body = AcceptationInvitation,
    responses((status = 204, description = "Acceptée : la connexion est possible."), ErreursPubliques)
)]
#[post("/api/v1/comptes/invitation")]
pub async fn accepter(
    _: Ouvert,
    app: Data<App>,
    corps: Objet<AcceptationInvitation>,
) -> Result<HttpResponse, ApiError> {
    let AcceptationInvitation { jeton, compte } = corps.into_inner();
    let accepter = membres::accepter(&app, JetonSha256::of(&jeton), compte.map(views::membres::compte));
    acquitter(accepter, |()| vide(StatusCode::NO_CONTENT)).await
}

/// Asks to join an établissement, with an account and the two numbers of the company.
///
/// The answer is the same whether the numbers are known or not: the mail tells.
#[utoipa::path(
    tag = "membres", operation_id = "demander_rattachement",
    request_body = DemandeRattachement,
    responses(
        (status = 202, description = "Demande reçue ; la suite est envoyée à l’adresse du compte."),
        ErreursEcriture
    ),
    security(("session" = []))
)]
#[post("/api/v1/moi/rattachements")]
pub async fn rattacher(
    Guard(permit): Guard<DemanderRattachement>,
    app: Data<App>,
    corps: Objet<DemandeRattachement>,
) -> Result<HttpResponse, ApiError> {
    let rattacher = comptes::rattacher(&app, &permit, &corps.siret, &corps.numero_adherent);
    acquitter(rattacher, |()| vide(StatusCode::ACCEPTED)).await
}
