use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use api_types::messages::{Boite, FiltreMessages};
use app::App;
use db::messages::Filtre;
use domain::policy::ListerMessages;

use crate::extract::{Asked, Parametres};
use crate::problem::{ApiError, ErreursLecture};
use crate::{page, views};

/// The inbox: what the reader was given, over all the dossiers that the reader sees.
#[utoipa::path(
    tag = "messages", operation_id = "lister_messages",
    params(FiltreMessages),
    responses((status = 200, description = "Une page de la messagerie.", body = Boite), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/messages")]
pub async fn lister(
    Asked(claim): Asked<ListerMessages>,
    app: Data<App>,
    filtre: Parametres<FiltreMessages>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let FiltreMessages { q, non_lus, curseur, limite } = filtre.into_inner();
    let (avant, limite) = views::messages::page(curseur.as_deref(), limite, 30)?;
    let filtre = Filtre { texte: views::messages::recherche(q)?, non_lus: non_lus.unwrap_or(false) };
    let (permit, boite) = app::messages::boite(&app, claim, filtre, avant, limite).await?;
    let page = views::messages::boite(boite, permit.acteur());
    Ok(page::repondre(&req, &page, page.suivant.as_deref()))
}
