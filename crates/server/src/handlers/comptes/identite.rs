use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, put};
use api_types::comptes::Identite;
use app::{App, comptes};

use crate::extract::{MonCompte, Objet};
use crate::problem::{ApiError, ErreursEcriture};
use crate::reponse::{acquitter, vide};

/// Corrects one's own name, everywhere it is told.
#[utoipa::path(
    tag = "comptes", operation_id = "corriger_identite",
    request_body = Identite,
    responses((status = 204, description = "Corrigé."), ErreursEcriture),
    security(("session" = []))
)]
#[put("/api/v1/moi/identite")]
pub async fn corriger(
    MonCompte(permit, _): MonCompte,
    app: Data<App>,
    corps: Objet<Identite>,
) -> Result<HttpResponse, ApiError> {
    let Identite { prenom, nom } = corps.into_inner();
    acquitter(comptes::corriger(&app, &permit, &prenom, &nom), |()| vide(StatusCode::NO_CONTENT)).await
}
