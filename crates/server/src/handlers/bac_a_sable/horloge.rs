use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use api_types::bac_a_sable::{AvanceHorloge, HeureBac};
use app::bac_a_sable::Heure;
use app::{App, bac_a_sable};
use domain::policy::DeplacerHorloge;

use crate::extract::{Bac, Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture, ErreursLecture};
use crate::reponse::{acquitter, faite};
use crate::views;

/// What time it is in the sandbox.
#[utoipa::path(
    tag = "bac-a-sable", operation_id = "lire_horloge",
    responses((status = 200, description = "L’heure.", body = HeureBac), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/bac-a-sable/horloge")]
pub async fn lire(
    Bac(bac): Bac,
    Guard(permit): Guard<DeplacerHorloge>,
    app: Data<App>,
) -> Result<Json<HeureBac>, ApiError> {
    Ok(Json(views::bac_a_sable::heure(&bac_a_sable::heure(&bac, &app, &permit).await?)))
}

/// Moves the clock of the sandbox forward, for everybody: sessions, undo windows, retries and due days follow.
#[utoipa::path(
    tag = "bac-a-sable", operation_id = "avancer_horloge",
    request_body = AvanceHorloge,
    responses((status = 200, description = "L’heure, désormais.", body = HeureBac), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/bac-a-sable/horloge")]
pub async fn avancer(
    Bac(bac): Bac,
    Guard(permit): Guard<DeplacerHorloge>,
    app: Data<App>,
    avance: Objet<AvanceHorloge>,
) -> Result<HttpResponse, ApiError> {
    acquitter(bac_a_sable::avancer(&bac, &app, &permit, avance.secondes), |heure: &Heure| {
        faite(&views::bac_a_sable::heure(heure))
    })
    .await
}
