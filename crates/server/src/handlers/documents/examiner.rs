use actix_web::web::Data;
use actix_web::{HttpResponse, put};
use api_types::documents::{Document, Examen};
use app::App;
use domain::policy::Examiner;

use super::lister::carte;
use crate::extract::conditions::SiInchange;
use crate::extract::{Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture, ErreursVersion};

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
    let Examen { verdict, motif, avant } = examen.into_inner();
    let fiche = app::documents::examiner(&app, &permit, attendue, verdict, motif, avant).await?;
    Ok(carte(fiche))
}
