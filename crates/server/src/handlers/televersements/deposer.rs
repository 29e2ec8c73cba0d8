use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpResponse, post};
use api_types::documents::Document;
use api_types::televersements::DepotTeleversement;
use app::App;
use domain::policy::Poursuivre;
use domain::televersement::Doublon;

use crate::extract::{Guard, Objet};
use crate::problem::{ApiError, ErreursTus};
use crate::views;

/// Deposits the document of a complete upload, without sending a byte again: after a duplicate that is accepted, or once
/// what stood against it was lifted. A second time, gives the document that is there.
#[utoipa::path(
    tag = "televersements", operation_id = "deposer_televersement",
    params(("televersement_id" = uuid::Uuid, Path, description = "Le téléversement.")),
    request_body = DepotTeleversement,
    responses((status = 201, description = "Déposé.", body = Document), ErreursTus),
    security(("session" = []))
)]
#[post("/api/v1/televersements/{televersement_id}/depot")]
pub async fn deposer(
    Guard(permit): Guard<Poursuivre>,
    app: Data<App>,
    corps: Objet<DepotTeleversement>,
) -> Result<HttpResponse, ApiError> {
    let doublon = if corps.doublon_accepte { Doublon::Accepte } else { Doublon::Refuse };
    let fiche = app::televersements::terminer(&app, &permit, Some(doublon)).await?;
    let document = views::documents::document(fiche);
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/documents/{}", document.id)))
        .json(document))
}
