use actix_web::put;
use actix_web::web::{Data, Json};
use api_types::dossiers::Reference;
use app::App;
use domain::policy::Referencer;

use crate::extract::{Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture};
use crate::views;

/// Gives a dossier the name that it has in one's own software, in place of the one it had.
///
/// Each caller has names of its own, which nobody else sees. `ref:` and the name stand for the
/// identifier in paths.
#[utoipa::path(
    tag = "dossiers", operation_id = "referencer_dossier",
    params(("dossier_id" = uuid::Uuid, Path, description = "Le dossier.")),
    request_body = Reference,
    responses((status = 200, description = "Nommé.", body = Reference), ErreursEcriture),
    security(("session" = []))
)]
#[put("/api/v1/dossiers/{dossier_id}/reference-externe")]
pub async fn referencer(
    Guard(permit): Guard<Referencer>,
    app: Data<App>,
    corps: Objet<Reference>,
) -> Result<Json<Reference>, ApiError> {
    let nom = corps.into_inner().reference_externe.map(|n| views::dossiers::reference(&n)).transpose()?;
    let reference_externe = app::dossiers::referencer(&app, &permit, nom).await?;
    Ok(Json(Reference { reference_externe }))
}
