use actix_web::web::Data;
use actix_web::{HttpResponse, options};
use app::App;

use crate::extract::{Ouvert, tus};
use crate::problem::{ApiError, ErreursPubliques};

/// What the resumable uploads of this server can do.
///
/// `Tus-Max-Size` is the limit of the most generous category; each category tells its own.
#[utoipa::path(
    tag = "televersements", operation_id = "decrire_televersements",
    responses(
        (status = 204, description = "Voir les en-têtes.", headers(
            ("Tus-Resumable" = String, description = "La version parlée."),
            ("Tus-Version" = String, description = "Les versions parlées."),
            ("Tus-Extension" = String, description = "Les extensions."),
            ("Tus-Max-Size" = String, description = "Le plus grand fichier, en octets."),
            ("Tus-Checksum-Algorithm" = String, description = "Les empreintes connues.")
        )),
        ErreursPubliques
    )
)]
#[options("/api/v1/televersements")]
pub async fn decrire(_: Ouvert, app: Data<App>) -> Result<HttpResponse, ApiError> {
    let max = app::televersements::taille_max(&app).await?;
    Ok(HttpResponse::NoContent()
        .insert_header(("tus-version", tus::VERSION))
        .insert_header(("tus-extension", tus::EXTENSIONS))
        .insert_header(("tus-max-size", max.to_string()))
        .insert_header(("tus-checksum-algorithm", tus::algorithmes()))
        .finish())
}
