use actix_web::http::header::DispositionType;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get};
use api_types::portail::Guides;
use app::App;
use domain::policy::VoirPortail;

use crate::extract::{Guard, identifiant};
use crate::handlers::documents::contenu::{Fichier, ReponsesFichier, envoyer_fichier};
use crate::problem::{ApiError, ErreursLecture};
use crate::views;

/// The guides, in order.
#[utoipa::path(
    tag = "portail", operation_id = "lister_guides",
    responses((status = 200, description = "Les guides.", body = Guides), ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/guides")]
pub async fn lister(_: Guard<VoirPortail>, app: Data<App>) -> Result<Json<Guides>, ApiError> {
    let guides = app::portail::guides(&app).await?;
    Ok(Json(Guides { elements: guides.into_iter().map(views::portail::guide).collect() }))
}

/// A guide's file, whole or by `Range`.
#[utoipa::path(
    tag = "portail", operation_id = "telecharger_guide",
    params(
        ("guide_id" = uuid::Uuid, Path, description = "Le guide."),
        ("Range" = Option<String>, Header, description = "Une plage d’octets."),
    ),
    responses(ReponsesFichier, ErreursLecture),
    security(("session" = []))
)]
#[get("/api/v1/guides/{guide_id}/fichier")]
pub async fn fichier(_: Guard<VoirPortail>, req: HttpRequest, app: Data<App>) -> Result<HttpResponse, ApiError> {
    let guide = app::portail::guide(&app, identifiant(&req, "guide_id")?).await?;
    let taille = u64::try_from(guide.taille).unwrap_or(0);
    let fichier = Fichier { nom: &guide.nom, format: guide.format.0, taille, blob: &guide.blob, sha256: None };
    envoyer_fichier(&req, &app, &fichier, DispositionType::Attachment).await
}
