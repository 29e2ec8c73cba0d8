use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, post, put};
use api_types::documents::{DemandePiece, Document, Examen};
use app::App;
use domain::ids::Id;
use domain::policy::{DemanderPiece, Examiner};

use super::lister::carte;
use crate::extract::conditions::SiInchange;
use crate::extract::{Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture, ErreursVersion};
use crate::reponse::{acquitter, vide};

/// Judges a member's document, in the version that was read.
#[utoipa::path(
    tag = "documents", operation_id = "examiner_document",
    params(("document_id" = uuid::Uuid, Path, description = "Le document.")),
    request_body = Examen,
    responses((status = 200, description = "Examiné.", body = Document), ErreursVersion, ErreursEcriture),
    security(("session" = []))
)]
#[put("/api/v1/documents/{document_id}/examen")]
pub async fn examiner(
    Guard(permit): Guard<Examiner>,
    version: Result<SiInchange, ApiError>,
    app: Data<App>,
    examen: Objet<Examen>,
) -> Result<HttpResponse, ApiError> {
    let SiInchange(attendue) = version?;
    let Examen { verdict, motif } = examen.into_inner();
    let fiche = app::documents::examiner(&app, &permit, attendue, verdict, motif).await?;
    Ok(carte(fiche))
}

/// Asks the member for a piece, with a reason and a day.
#[utoipa::path(
    tag = "documents", operation_id = "demander_piece",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    request_body = DemandePiece,
    responses((status = 204, description = "Demandée."), ErreursEcriture),
    security(("session" = []))
)]
#[post("/api/v1/dossiers/{dossier_id}/demandes-piece")]
pub async fn demander_piece(
    Guard(permit): Guard<DemanderPiece>,
    app: Data<App>,
    demande: Objet<DemandePiece>,
) -> Result<HttpResponse, ApiError> {
    let DemandePiece { piece_id, motif, avant } = demande.into_inner();
    let demander = app::documents::demander_piece(&app, &permit, Id::new(piece_id), motif, avant);
    acquitter(demander, |()| vide(StatusCode::NO_CONTENT)).await
}
