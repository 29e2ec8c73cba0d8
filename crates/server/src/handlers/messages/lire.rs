use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use api_types::messages::{Fil, PageFil};
use app::App;
use domain::policy::LireFil;

use crate::extract::{Asked, Parametres};
use crate::problem::{ApiError, ErreursLecture};
use crate::{page, views};

/// The thread of a dossier, the latest message first.
#[utoipa::path(
    tag = "messages", operation_id = "lire_fil",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier."), PageFil),
    responses((status = 200, description = "Une page du fil.", body = Fil), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/dossiers/{dossier_id}/messages")]
pub async fn lire(
    Asked(claim): Asked<LireFil>,
    app: Data<App>,
    demande: Parametres<PageFil>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let PageFil { curseur, limite } = demande.into_inner();
    let (avant, limite) = views::messages::page(curseur.as_deref(), limite, 50)?;
    let (permit, fil) = app::messages::fil(&app, claim, avant, limite).await?;
    let page = views::messages::fil(fil, permit.acteur());
    Ok(page::repondre(&req, &page, page.suivant.as_deref()))
}
