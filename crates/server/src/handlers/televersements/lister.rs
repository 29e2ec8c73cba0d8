use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use api_types::televersements::{FiltreTeleversements, Televersements};
use app::{App, televersements};
use domain::policy::ListerTeleversements;

use crate::extract::{Asked, Parametres};
use crate::problem::{ApiError, ErreursLecture};
use crate::{page, views};

/// The caller's uploads that are not ended, the latest first: for a client that lost their addresses.
///
/// One that waits for nothing but its deposit says in `refus` why it was not made.
#[utoipa::path(
    tag = "televersements", operation_id = "lister_televersements",
    params(FiltreTeleversements),
    responses((status = 200, description = "Une page de téléversements.", body = Televersements), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/televersements")]
pub async fn lister(
    Asked(claim): Asked<ListerTeleversements>,
    app: Data<App>,
    filtre: Parametres<FiltreTeleversements>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let FiltreTeleversements { curseur, limite } = filtre.into_inner();
    let (avant, limite) = views::messages::page(curseur.as_deref(), limite, 50)?;
    let (lus, suivant) = televersements::lister(&app, claim, avant, limite).await?;
    let page = views::televersements::page(lus, suivant);
    Ok(page::repondre(&req, &page, page.suivant.as_deref()))
}
