use actix_web::http::header::{self, DispositionType};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use api_types::ProblemCode;
use app::App;
use domain::policy::{LireDocument, ListerDocuments};
use sha2::{Digest as _, Sha256};

use super::contenu::{ReponsesApercu, ReponsesFichier, envoyer, nomme};
use crate::extract::Guard;
use crate::extract::empreintes::{self, REPR_DIGEST};
use crate::problem::{ApiError, ErreursLecture};

/// A shown document may neither run a script nor load anything.
const CSP_APERCU: &str =
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

/// A document's bytes, whole or by `Range`.
#[utoipa::path(
    tag = "documents", operation_id = "telecharger_document",
    params(
        ("document_id" = uuid::Uuid, Path, description = "Le document."),
        ("Range" = Option<String>, Header, description = "Une plage d’octets."),
    ),
    responses(ReponsesFichier, ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/documents/{document_id}/fichier")]
pub async fn fichier(
    req: HttpRequest,
    Guard(permit): Guard<LireDocument>,
    app: Data<App>,
) -> Result<HttpResponse, ApiError> {
    let contenu = app::documents::ouvrir(&app, &permit).await?;
    envoyer(&req, &app, &contenu, DispositionType::Attachment).await
}

/// A document's bytes, to be shown in the page: PDF, JPEG and PNG only.
#[utoipa::path(
    tag = "documents", operation_id = "apercu_document",
    params(
        ("document_id" = uuid::Uuid, Path, description = "Le document."),
        ("Range" = Option<String>, Header, description = "Une plage d’octets."),
    ),
    responses(
        (status = 415, description = "Ce format ne s’affiche pas.", body = api_types::Problem, content_type = "application/problem+json"),
        ReponsesApercu,
        ErreursLecture
    ),
    security(("session" = []))
)]
#[get("/api/v1/documents/{document_id}/apercu")]
pub async fn apercu(
    req: HttpRequest,
    Guard(permit): Guard<LireDocument>,
    app: Data<App>,
) -> Result<HttpResponse, ApiError> {
    let contenu = app::documents::ouvrir(&app, &permit).await?;
    if !contenu.document.format.0.affichable() {
        return Err(ApiError::new(ProblemCode::FormatRefuse).detail("Ce format ne s’affiche pas ici. Téléchargez-le."));
    }
    let mut reponse = envoyer(&req, &app, &contenu, DispositionType::Inline).await?;
    let csp = header::HeaderValue::from_static(CSP_APERCU);
    reponse.headers_mut().insert(header::CONTENT_SECURITY_POLICY, csp);
    Ok(reponse)
}

/// All documents of a dossier as one ZIP, written while it is read.
#[utoipa::path(
    tag = "documents", operation_id = "telecharger_documents",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    responses((status = 200, description = "L’archive.", content_type = "application/zip"), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/dossiers/{dossier_id}/documents.zip")]
pub async fn archive(Guard(permit): Guard<ListerDocuments>, app: Data<App>) -> Result<HttpResponse, ApiError> {
    let (numero, flux) = app::documents::archive(&app, &permit).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/zip"))
        .insert_header(nomme(DispositionType::Attachment, &format!("Dossier {numero}.zip")))
        .streaming(flux))
}

/// The receipt of a deposit: number, time, size and SHA-256, as a PDF.
#[utoipa::path(
    tag = "documents", operation_id = "telecharger_recu",
    params(("document_id" = uuid::Uuid, Path, description = "Le document.")),
    responses((status = 200, description = "Le reçu.", content_type = "application/pdf", headers(
        ("Repr-Digest" = String, description = "Le SHA-256 du reçu (RFC 9530).")
    )), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/documents/{document_id}/recu")]
pub async fn recu(Guard(permit): Guard<LireDocument>, app: Data<App>) -> Result<HttpResponse, ApiError> {
    let (numero, pdf) = app::documents::recu(&app, &permit).await?;
    Ok(HttpResponse::Ok()
        .insert_header((REPR_DIGEST, empreintes::sha256(&Sha256::digest(&pdf))))
        .insert_header((header::CONTENT_TYPE, "application/pdf"))
        .insert_header(nomme(DispositionType::Attachment, &format!("Reçu {numero}.pdf")))
        .body(pdf))
}
