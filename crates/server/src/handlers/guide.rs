//! The pages of the vendors' guide.

use actix_web::http::header;
use actix_web::web::{self, Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use api_types::ProblemCode;

use crate::guide;
use crate::problem::ApiError;

/// Registers the pages; before Swagger UI, which takes the rest of `/docs`.
pub fn configure(cfg: &mut ServiceConfig) {
    for adresse in [guide::ADRESSE, "/docs/api/"] {
        cfg.service(web::redirect(adresse, format!("{}/{}", guide::ADRESSE, guide::ACCUEIL)));
    }
    cfg.service(feuille).service(exemple).service(chapitre);
}

/// The sheet of the pages.
#[get("/docs/api/feuille.css")]
async fn feuille() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=600"))
        .body(guide::FEUILLE)
}

/// A file of the examples.
#[get("/docs/api/exemples/{nom}")]
async fn exemple(nom: Path<String>) -> Result<HttpResponse, ApiError> {
    let texte = guide::exemple(&nom).ok_or_else(|| ApiError::new(ProblemCode::Absent))?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(texte))
}

/// A chapter.
#[get("/docs/api/{nom}")]
async fn chapitre(nom: Path<String>) -> Result<HttpResponse, ApiError> {
    let page = guide::page(&nom).ok_or_else(|| ApiError::new(ProblemCode::Absent))?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page))
}
