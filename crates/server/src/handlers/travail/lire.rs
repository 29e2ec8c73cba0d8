use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use api_types::travail::{PageTravail, Travail};
use app::App;
use domain::policy::VoirTravail;

use crate::extract::{Asked, Parametres};
use crate::problem::{ApiError, ErreursLecture};
use crate::{page, views};

/// The gestionnaire's worklist: dossiers where something arrived, the one that waits for longest first.
#[utoipa::path(
    tag = "travail", operation_id = "lire_travail",
    params(PageTravail),
    responses((status = 200, description = "Une page de la file de travail.", body = Travail), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/travail")]
pub async fn lire(
    Asked(claim): Asked<VoirTravail>,
    app: Data<App>,
    demande: Parametres<PageTravail>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let PageTravail { curseur, limite } = demande.into_inner();
    let (apres, limite) = views::messages::page(curseur.as_deref(), limite, 50)?;
    let travail = app::travail::lister(&app, claim, apres, limite).await?;
    let page = views::travail::travail(travail);
    Ok(page::repondre(&req, &page, page.suivant.as_deref()))
}
