use actix_web::http::StatusCode;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, post, put};
use api_types::comptes::{
    ChangementMotDePasse, EvaluationMotDePasse, ForceMotDePasse, OubliMotDePasse, Reinitialisation,
};
use app::authz::JetonSha256;
use app::{App, comptes};
use domain::secret::Secret;

use crate::extract::{MonCompte, Objet, Ouvert, adresse};
use crate::problem::{ApiError, ErreursEcriture, ErreursPubliques};
use crate::reponse::{acquitter, vide};
use crate::views;

/// Changes one's own password. The other sessions end; this one goes on under a new cookie.
#[utoipa::path(
    tag = "comptes", operation_id = "changer_mot_de_passe",
    request_body = ChangementMotDePasse,
    responses((status = 204, description = "Changé."), ErreursEcriture),
    security(("session" = []))
)]
#[put("/api/v1/moi/mot-de-passe")]
pub async fn changer(
    MonCompte(permit, session): MonCompte,
    app: Data<App>,
    corps: Objet<ChangementMotDePasse>,
) -> Result<HttpResponse, ApiError> {
    let ChangementMotDePasse { actuel, nouveau } = corps.into_inner();
    let jeton = comptes::changer(&app, &permit, session, Secret::new(actuel.0), Secret::new(nouveau.0)).await?;
    let duree = app.reglages().session_absolue;
    Ok(HttpResponse::NoContent().cookie(views::comptes::cookie(&jeton, duree)).finish())
}

/// Asks for a link to a new password; the answer is the same whether the account exists or not.
#[utoipa::path(
    tag = "comptes", operation_id = "oublier_mot_de_passe",
    request_body = OubliMotDePasse,
    responses((status = 202, description = "Demande reçue ; le lien est envoyé s’il y a un compte."), ErreursPubliques)
)]
#[post("/api/v1/mots-de-passe/oubli")]
pub async fn oublier(
    _: Ouvert,
    req: HttpRequest,
    app: Data<App>,
    corps: Objet<OubliMotDePasse>,
) -> Result<HttpResponse, ApiError> {
    acquitter(comptes::oublier(&app, &corps.email, adresse::client(&req)), |()| vide(StatusCode::ACCEPTED)).await
}

/// Sets a new password by the token of the mail. All sessions end.
#[utoipa::path(
    tag = "comptes", operation_id = "reinitialiser_mot_de_passe",
    request_body = Reinitialisation,
    responses((status = 204, description = "Changé : connectez-vous."), ErreursPubliques)
)]
#[post("/api/v1/mots-de-passe/reinitialisation")]
pub async fn reinitialiser(
    _: Ouvert,
    req: HttpRequest,
    app: Data<App>,
    corps: Objet<Reinitialisation>,
) -> Result<HttpResponse, ApiError> {
    let Reinitialisation { jeton, mot_de_passe } = corps.into_inner();
    let (jeton, mot_de_passe) = (JetonSha256::of(&jeton), Secret::new(mot_de_passe.0));
    let reinitialiser = comptes::reinitialiser(&app, jeton, mot_de_passe, adresse::client(&req));
    acquitter(reinitialiser, |()| vide(StatusCode::NO_CONTENT)).await
}

/// Judges a password while it is typed; nothing is kept of it.
#[utoipa::path(
    tag = "comptes", operation_id = "evaluer_mot_de_passe",
    request_body = EvaluationMotDePasse,
    responses((status = 200, description = "Sa force.", body = ForceMotDePasse), ErreursPubliques)
)]
#[post("/api/v1/mots-de-passe/evaluation")]
pub async fn evaluer(
    _: Ouvert,
    app: Data<App>,
    corps: Objet<EvaluationMotDePasse>,
) -> Result<Json<ForceMotDePasse>, ApiError> {
    let force = comptes::evaluer(&app, Secret::new(corps.into_inner().mot_de_passe.0)).await?;
    Ok(Json(ForceMotDePasse { score: force.score, accepte: force.accepte }))
}
