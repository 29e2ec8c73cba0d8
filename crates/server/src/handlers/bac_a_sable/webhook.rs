use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use api_types::bac_a_sable::PanneDemandee;
use app::{App, bac_a_sable};
use domain::policy::ConduireEntreprise;

use crate::extract::{Bac, Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture};
use crate::reponse::{acquitter, vide};

/// How late a webhook leaves when it is not said, in seconds.
const RETARD: u32 = 60;

/// Makes the next webhook of a company leave late, or be sent twice.
#[utoipa::path(
    tag = "bac-a-sable", operation_id = "perturber_webhook",
    params(("adherent_id" = uuid::Uuid, Path, description = "L’adhérent.")),
    request_body = PanneDemandee,
    responses((status = 204, description = "Le prochain webhook sera perturbé."), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/bac-a-sable/adherents/{adherent_id}/webhook-suivant")]
pub async fn perturber(
    Bac(bac): Bac,
    Guard(permit): Guard<ConduireEntreprise>,
    app: Data<App>,
    demande: Objet<PanneDemandee>,
) -> Result<HttpResponse, ApiError> {
    let secondes = demande.secondes.unwrap_or(RETARD);
    let perturber = bac_a_sable::perturber(&bac, &app, &permit, demande.panne, secondes);
    acquitter(perturber, |()| vide(StatusCode::NO_CONTENT)).await
}
