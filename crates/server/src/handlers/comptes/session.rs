use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use api_types::comptes::{Connexion, Moi};
use app::{App, comptes};
use domain::policy::GererSonCompte;
use domain::secret::Secret;

use crate::extract::{Guard, MonCompte, Objet, Ouvert, adresse, appareil};
use crate::problem::{ApiError, ErreursEcriture, ErreursLecture, ErreursPubliques};
use crate::views;

/// Signs in: the session is in the cookie of the answer, for this browser alone.
#[utoipa::path(
    tag = "comptes", operation_id = "ouvrir_session",
    request_body = Connexion,
    responses(
        (status = 200, description = "La personne connectée.", body = Moi),
        (status = 401, description = "L’adresse et le mot de passe ne vont pas ensemble.", body = api_types::Problem, content_type = "application/problem+json"),
        ErreursPubliques
    )
)]
#[post("/api/v1/session")]
pub async fn ouvrir(
    _: Ouvert,
    req: HttpRequest,
    app: Data<App>,
    corps: Objet<Connexion>,
) -> Result<HttpResponse, ApiError> {
    let Connexion { email, mot_de_passe } = corps.into_inner();
    let connexion = comptes::Connexion {
        email: Secret::new(email),
        mot_de_passe: Secret::new(mot_de_passe.0),
        adresse: adresse::client(&req),
        appareil: appareil::de(&req),
    };
    let ouverte = comptes::ouvrir(&app, connexion).await?;
    let moi = views::comptes::moi(comptes::moi(&app, &ouverte.permit).await?);
    Ok(HttpResponse::Ok().cookie(views::comptes::cookie(&ouverte.jeton, ouverte.duree)).json(moi))
}

/// The signed-in person.
#[utoipa::path(
    tag = "comptes", operation_id = "lire_session",
    responses((status = 200, description = "La personne connectée.", body = Moi), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/session")]
pub async fn lire(Guard(permit): Guard<GererSonCompte>, app: Data<App>) -> Result<Json<Moi>, ApiError> {
    Ok(Json(views::comptes::moi(comptes::moi(&app, &permit).await?)))
}

/// Signs out: the session ends, its cookie with it.
#[utoipa::path(
    tag = "comptes", operation_id = "fermer_session",
    responses((status = 204, description = "Déconnecté."), ErreursEcriture),
    security(("session" = []))
)]
#[delete("/api/v1/session")]
pub async fn fermer(MonCompte(permit, session): MonCompte, app: Data<App>) -> Result<HttpResponse, ApiError> {
    comptes::fermer(&app, &permit, session).await?;
    Ok(HttpResponse::NoContent().cookie(views::comptes::cookie_efface()).finish())
}
