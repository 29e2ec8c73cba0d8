use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use api_types::oauth::{Jwks, MetadonneesOAuth, MetadonneesRessource};
use app::App;

use crate::problem::{ApiError, ErreursMetadonnees};
use crate::views;

/// How long these may be kept by who reads them.
const DUREE: &str = "public, max-age=300";

/// The keys that verify access tokens.
#[utoipa::path(
    tag = "oauth", operation_id = "lire_jwks",
    responses((status = 200, description = "Les clés.", body = Jwks), ErreursMetadonnees),
    security(())
)]
#[get("/.well-known/jwks.json")]
pub async fn jwks(app: Data<App>) -> Result<HttpResponse, ApiError> {
    let cles = app::oauth::jwks(&app).await?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, DUREE)).json(views::oauth::jwks(cles)))
}

/// The authorization server (RFC 8414).
#[utoipa::path(
    tag = "oauth", operation_id = "lire_metadonnees_oauth",
    responses((status = 200, description = "Les métadonnées.", body = MetadonneesOAuth), ErreursMetadonnees),
    security(())
)]
#[get("/.well-known/oauth-authorization-server")]
pub async fn serveur(app: Data<App>) -> HttpResponse {
    let corps = views::oauth::serveur(&app.reglages().url_publique);
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, DUREE)).json(corps)
}

/// This API as a protected resource (RFC 9728).
#[utoipa::path(
    tag = "oauth", operation_id = "lire_metadonnees_ressource",
    responses((status = 200, description = "Les métadonnées.", body = MetadonneesRessource), ErreursMetadonnees),
    security(())
)]
#[get("/.well-known/oauth-protected-resource")]
pub async fn ressource(app: Data<App>) -> HttpResponse {
    let corps = views::oauth::ressource(&app.reglages().url_publique);
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, DUREE)).json(corps)
}
