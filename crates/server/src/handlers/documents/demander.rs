use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, delete, post, put};
use api_types::documents::{DemandePiece, ModificationDemande, PieceDemandee};
use app::App;
use domain::ids::Id;
use domain::policy::DemanderPiece;

use crate::extract::conditions::SiInchange;
use crate::extract::{Guard, Objet, identifiant};
use crate::problem::{ApiError, ErreursEcriture, ErreursVersion};
use crate::reponse::{acquitter, versionnee, vide};
use crate::views;

/// Asks the member for a piece, with a reason and a day.
///
/// A request that nothing answered yet is not overwritten (409): it is modified, or withdrawn.
#[utoipa::path(
    tag = "documents", operation_id = "demander_piece",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    request_body = DemandePiece,
    responses((status = 204, description = "Demandée."), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/dossiers/{dossier_id}/demandes-piece")]
pub async fn demander(
    Guard(permit): Guard<DemanderPiece>,
    app: Data<App>,
    demande: Objet<DemandePiece>,
) -> Result<HttpResponse, ApiError> {
    let DemandePiece { piece_id, motif, avant } = demande.into_inner();
    let demander = app::documents::demander_piece(&app, &permit, Id::new(piece_id), motif, avant);
    acquitter(demander, |()| vide(StatusCode::NO_CONTENT)).await
}

/// Changes the reason and the day of a request that nothing answered yet, in the version that was read.
#[utoipa::path(
    tag = "documents", operation_id = "modifier_demande_piece",
    params(
        ("dossier_id" = uuid::Uuid, Path, description = "Le dossier."),
        ("piece_id" = uuid::Uuid, Path, description = "La catégorie demandée.")
    ),
    request_body = ModificationDemande,
    responses((status = 200, description = "La demande.", body = PieceDemandee), ErreursVersion, ErreursEcriture),
    security(("session" = []))
)]
#[put("/api/v1/dossiers/{dossier_id}/demandes-piece/{piece_id}")]
pub async fn modifier(
    Guard(permit): Guard<DemanderPiece>,
    version: Result<SiInchange, ApiError>,
    app: Data<App>,
    req: HttpRequest,
    demande: Objet<ModificationDemande>,
) -> Result<HttpResponse, ApiError> {
    let (piece, SiInchange(attendue)) = (identifiant(&req, "piece_id")?, version?);
    let ModificationDemande { motif, avant } = demande.into_inner();
    let faite = app::documents::modifier_demande(&app, &permit, piece, attendue, motif, avant).await?;
    let demande = views::documents::demande(faite);
    Ok(versionnee(&demande.etag, &demande))
}

/// Withdraws a request that nothing answered yet.
#[utoipa::path(
    tag = "documents", operation_id = "retirer_demande_piece",
    params(
        ("dossier_id" = uuid::Uuid, Path, description = "Le dossier."),
        ("piece_id" = uuid::Uuid, Path, description = "La catégorie demandée.")
    ),
    responses((status = 204, description = "Retirée."), ErreursEcriture),
    security(("session" = []))
)]
#[delete("/api/v1/dossiers/{dossier_id}/demandes-piece/{piece_id}")]
pub async fn retirer(
    Guard(permit): Guard<DemanderPiece>,
    app: Data<App>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    app::documents::retirer_demande(&app, &permit, identifiant(&req, "piece_id")?).await?;
    Ok(HttpResponse::NoContent().finish())
}
