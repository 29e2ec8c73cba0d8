use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use api_types::bac_a_sable::{DossiersFictifs, EntrepriseFictive, SaisieEntreprise};
use app::bac_a_sable::Remise;
use app::{App, bac_a_sable};
use domain::policy::ConduireEntreprise;

use crate::extract::{Bac, Guard, Objet, Ouvert};
use crate::problem::{ApiError, ErreursEcriture, ErreursPubliques};
use crate::reponse::{acquitter, faite};
use crate::views;

/// Invents a company, with its établissements, its people and its dossiers; anybody may ask for one.
///
/// The two passwords are told in the answer and never again.
#[utoipa::path(
    tag = "bac-a-sable", operation_id = "creer_entreprise_fictive",
    request_body = SaisieEntreprise,
    responses((status = 201, description = "L’entreprise.", body = EntrepriseFictive), ErreursPubliques)
)]
#[post("/api/v1/bac-a-sable/adherents")]
pub async fn creer(
    _: Ouvert,
    Bac(bac): Bac,
    app: Data<App>,
    saisie: Objet<SaisieEntreprise>,
) -> Result<HttpResponse, ApiError> {
    let commande = views::bac_a_sable::commande(saisie.into_inner());
    let entreprise = bac_a_sable::creer(&bac, &app, commande).await?;
    let corps = views::bac_a_sable::entreprise(entreprise);
    Ok(views::webhooks::une_fois(HttpResponse::Created(), &corps))
}

/// Takes away all the dossiers of a company, and invents others, one in each état.
///
/// The company, its people, its access and its webhooks stay.
#[utoipa::path(
    tag = "bac-a-sable", operation_id = "remettre_a_zero",
    params(("adherent_id" = uuid::Uuid, Path, description = "L’adhérent.")),
    responses((status = 200, description = "Les nouveaux dossiers.", body = DossiersFictifs), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/bac-a-sable/adherents/{adherent_id}/remise-a-zero")]
pub async fn remettre_a_zero(
    Bac(bac): Bac,
    Guard(permit): Guard<ConduireEntreprise>,
    app: Data<App>,
) -> Result<HttpResponse, ApiError> {
    acquitter(bac_a_sable::remettre_a_zero(&bac, &app, &permit), |remise: &Remise| {
        faite(&views::bac_a_sable::dossiers(&remise.dossiers))
    })
    .await
}
