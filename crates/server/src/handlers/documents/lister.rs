use actix_web::http::header;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get};
use api_types::documents::{Document, Documents, Pieces};
use app::App;
use db::documents::Fiche;
use domain::policy::{Deposer, LireDocument, ListerDocuments};

use crate::extract::Asked;
use crate::problem::{ApiError, ErreursLecture};
use crate::views;

/// « Mes documents »: the categories of pieces of a dossier and what fills them.
#[utoipa::path(
    tag = "documents", operation_id = "lister_pieces",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    responses((status = 200, description = "Les catégories, dans l’ordre.", body = Pieces), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/dossiers/{dossier_id}/pieces")]
pub async fn pieces(Asked(claim): Asked<ListerDocuments>, app: Data<App>) -> Result<Json<Pieces>, ApiError> {
    let (permit, pieces) = app::documents::pieces(&app, claim).await?;
    let peut_deposer =
        permit.sur().etat.accepte_pieces() && app::authz::peut::<Deposer>(permit.partage(), permit.sur());
    Ok(Json(Pieces { elements: pieces.into_iter().map(views::documents::piece).collect(), peut_deposer }))
}

/// « Documents Constructys » of a dossier, the latest first.
#[utoipa::path(
    tag = "documents", operation_id = "lister_documents_opco",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    responses((status = 200, description = "Les documents.", body = Documents), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/dossiers/{dossier_id}/documents-opco")]
pub async fn documents_opco(Asked(claim): Asked<ListerDocuments>, app: Data<App>) -> Result<Json<Documents>, ApiError> {
    Ok(Json(views::documents::documents(app::documents::documents_opco(&app, claim).await?)))
}

/// A document's card.
#[utoipa::path(
    tag = "documents", operation_id = "lire_document",
    params(("document_id" = uuid::Uuid, Path, description = "Le document.")),
    responses((status = 200, description = "Le document.", body = Document), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/documents/{document_id}")]
pub async fn lire(Asked(claim): Asked<LireDocument>, app: Data<App>) -> Result<HttpResponse, ApiError> {
    Ok(carte(app::documents::lire(&app, claim).await?))
}

/// The card of a document, with its validator.
pub(super) fn carte(fiche: Fiche) -> HttpResponse {
    let document = views::documents::document(fiche);
    HttpResponse::Ok().insert_header((header::ETAG, document.etag.clone())).json(document)
}

/// A document's versions, the latest first.
#[utoipa::path(
    tag = "documents", operation_id = "lister_versions",
    params(("document_id" = uuid::Uuid, Path, description = "Le document.")),
    responses((status = 200, description = "Les versions.", body = Documents), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/documents/{document_id}/versions")]
pub async fn versions(Asked(claim): Asked<LireDocument>, app: Data<App>) -> Result<Json<Documents>, ApiError> {
    Ok(Json(views::documents::documents(app::documents::versions(&app, claim).await?)))
}
