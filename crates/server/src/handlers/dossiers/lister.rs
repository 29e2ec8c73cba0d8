use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get};
use api_types::dossiers::{Dispositifs, FiltreDossiers, PageDossiers};
use app::App;
use domain::policy::{ListerDossiers, VoirReferentiel};

use crate::extract::{Asked, Guard, Parametres};
use crate::problem::{ApiError, ErreursLecture};
use crate::{page, views};

/// The list of dossiers, by pages.
#[utoipa::path(
    tag = "dossiers", operation_id = "lister_dossiers",
    params(FiltreDossiers),
    responses((status = 200, description = "Une page de dossiers.", body = PageDossiers), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/dossiers")]
pub async fn lister(
    Asked(claim): Asked<ListerDossiers>,
    app: Data<App>,
    filtre: Parametres<FiltreDossiers>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let demande = views::dossiers::demande(filtre.into_inner())?;
    let liste = app::dossiers::lister(&app, claim, demande).await?;
    let page = views::dossiers::page(liste);
    Ok(page::repondre(&req, &page, page.suivant.as_deref()))
}

/// The dispositifs.
#[utoipa::path(
    tag = "dossiers", operation_id = "lister_dispositifs",
    responses((status = 200, description = "Les dispositifs, par code.", body = Dispositifs), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/dispositifs")]
pub async fn dispositifs(_: Guard<VoirReferentiel>, app: Data<App>) -> Result<Json<Dispositifs>, ApiError> {
    Ok(Json(views::dossiers::dispositifs(app::dossiers::dispositifs(&app).await?)))
}
