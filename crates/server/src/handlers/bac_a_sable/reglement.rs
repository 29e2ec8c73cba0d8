use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use api_types::bac_a_sable::VersementOpco;
use api_types::dossiers::{ModeReglement, Reglement};
use app::bac_a_sable::Versement;
use app::{App, bac_a_sable};
use domain::policy::ForcerDossier;

use crate::extract::{Bac, Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture};
use crate::reponse::{acquitter, cree};
use crate::views;

/// Receives a payment of the OPCO: the dossier is then « en règlement », or « réglé » once nothing is left.
#[utoipa::path(
    tag = "bac-a-sable", operation_id = "recevoir_reglement",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    request_body = VersementOpco,
    responses((status = 201, description = "Le règlement.", body = Reglement), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/bac-a-sable/dossiers/{dossier_id}/reglements")]
pub async fn recevoir(
    Bac(bac): Bac,
    Guard(permit): Guard<ForcerDossier>,
    app: Data<App>,
    versement: Objet<VersementOpco>,
) -> Result<HttpResponse, ApiError> {
    let VersementOpco { montant, mode, facture } = versement.into_inner();
    let versement = Versement { montant, mode: mode.unwrap_or(ModeReglement::Subrogation), facture };
    acquitter(bac_a_sable::regler(&bac, &app, &permit, versement), |paye: &db::dossiers::Reglement| {
        cree(None, &views::dossiers::reglement(paye.clone()))
    })
    .await
}
