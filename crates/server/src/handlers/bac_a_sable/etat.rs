use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use api_types::bac_a_sable::{EtatsPasses, PassageEtat};
use app::bac_a_sable::Passage;
use app::{App, bac_a_sable};
use domain::dossier::Etat;
use domain::policy::ForcerDossier;

use crate::extract::{Bac, Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture};
use crate::reponse::{acquitter, faite};
use crate::views;

/// Leads a dossier to an état: by the acts that the state machine allows, or by force.
///
/// By the machine, each act brings what it brings: the gestionnaire, the amount agreed, the payments.
#[utoipa::path(
    tag = "bac-a-sable", operation_id = "changer_etat",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    request_body = PassageEtat,
    responses((status = 200, description = "Les états passés, dans l’ordre.", body = EtatsPasses), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/bac-a-sable/dossiers/{dossier_id}/etat")]
pub async fn changer(
    Bac(bac): Bac,
    Guard(permit): Guard<ForcerDossier>,
    app: Data<App>,
    passage: Objet<PassageEtat>,
) -> Result<HttpResponse, ApiError> {
    let PassageEtat { etat, voie, motif } = passage.into_inner();
    let passage = Passage { vers: etat, voie, motif };
    acquitter(bac_a_sable::changer_etat(&bac, &app, &permit, passage), |etats: &Vec<Etat>| {
        faite(&views::bac_a_sable::etats(etats))
    })
    .await
}
