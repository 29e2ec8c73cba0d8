use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get};
use api_types::membres::{Membre, Membres, PageMembres};
use app::{App, membres};
use domain::policy::{GererMembres, ReglerMembre};

use crate::extract::{Guard, Parametres};
use crate::problem::{ApiError, ErreursLecture};
use crate::{page, views};

/// The members whom the caller manages, the latest account first: those of the établissements where it is
/// administrateur, and of those of the company that have none.
#[utoipa::path(
    tag = "membres", operation_id = "lister_membres",
    params(("adherent_id" = uuid::Uuid, Path, description = "L’adhérent."), PageMembres),
    responses((status = 200, description = "Une page de personnes.", body = Membres), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/adherents/{adherent_id}/membres")]
pub async fn lister(
    Guard(permit): Guard<GererMembres>,
    app: Data<App>,
    demande: Parametres<PageMembres>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let PageMembres { curseur, limite } = demande.into_inner();
    let (avant, limite) = views::messages::page(curseur.as_deref(), limite, 50)?;
    let page = views::membres::page(membres::lister(&app, &permit, avant, limite).await?);
    Ok(page::repondre(&req, &page, page.suivant.as_deref()))
}

/// A member of the company, and what the person may do.
#[utoipa::path(
    tag = "membres", operation_id = "lire_membre",
    params(
        ("adherent_id" = uuid::Uuid, Path, description = "L’adhérent."),
        ("membre_id" = uuid::Uuid, Path, description = "La personne.")
    ),
    responses((status = 200, description = "La personne.", body = Membre), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/adherents/{adherent_id}/membres/{membre_id}")]
pub async fn lire(Guard(permit): Guard<ReglerMembre>, app: Data<App>) -> Result<Json<Membre>, ApiError> {
    Ok(Json(views::membres::membre(membres::lire(&app, &permit).await?)))
}
