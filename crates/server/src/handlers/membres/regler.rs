use actix_web::web::Data;
use actix_web::{HttpResponse, put};
use api_types::membres::{Membre, ReglageMembre};
use app::{App, membres};
use domain::policy::ReglerMembre;

use crate::extract::conditions::SiInchange;
use crate::extract::{Guard, Objet};
use crate::problem::{ApiError, ErreursEcriture, ErreursVersion};
use crate::reponse::versionnee;
use crate::views;

/// Sets what a member may do, if it is as it was read: from the person's next request on.
///
/// It leaves the établissements that are not named, of those whose members the caller manages. A company keeps
/// one administrateur at least.
#[utoipa::path(
    tag = "membres", operation_id = "regler_membre",
    params(
        ("adherent_id" = uuid::Uuid, Path, description = "L’adhérent."),
        ("membre_id" = uuid::Uuid, Path, description = "La personne.")
    ),
    request_body = ReglageMembre,
    responses((status = 200, description = "La personne.", body = Membre), ErreursVersion, ErreursEcriture),
    security(("session" = []))
)]
#[put("/api/v1/adherents/{adherent_id}/membres/{membre_id}")]
pub async fn regler(
    Guard(permit): Guard<ReglerMembre>,
    version: Result<SiInchange, ApiError>,
    app: Data<App>,
    corps: Objet<ReglageMembre>,
) -> Result<HttpResponse, ApiError> {
    let SiInchange(attendue) = version?;
    let droits = views::membres::droits(&corps.rattachements);
    let membre = views::membres::membre(membres::regler(&app, &permit, attendue, droits).await?);
    Ok(versionnee(&membre.etag, &membre))
}
