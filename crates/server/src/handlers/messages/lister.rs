use actix_web::get;
use actix_web::web::{Data, Json, Query};
use api_types::messages::{Boite, FiltreMessages};
use app::App;
use db::messages::Filtre;
use domain::permit::Perimeter;
use domain::policy::ListerMessages;

use crate::extract::Guard;
use crate::problem::{ApiError, ErreursLecture};
use crate::views;

/// The inbox: what the reader was given, over all the dossiers that the reader sees.
#[utoipa::path(
    tag = "messages", operation_id = "lister_messages",
    params(FiltreMessages),
    responses((status = 200, description = "Une page de la messagerie.", body = Boite), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/messages")]
pub async fn lister(
    Guard(permit): Guard<ListerMessages>,
    app: Data<App>,
    filtre: Query<FiltreMessages>,
) -> Result<Json<Boite>, ApiError> {
    let FiltreMessages { q, non_lus, curseur, limite } = filtre.into_inner();
    let (avant, limite) = views::messages::page(curseur.as_deref(), limite, 30)?;
    let texte = q.filter(|q| !q.trim().is_empty());
    let filtre = Filtre { texte, non_lus: non_lus.unwrap_or(false) };
    let boite = app::messages::boite(&app, Perimeter::of(&permit), filtre, avant, limite).await?;
    Ok(Json(views::messages::boite(boite, permit.acteur())))
}
