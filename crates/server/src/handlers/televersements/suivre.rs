use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, head};
use api_types::ProblemCode;
use app::televersements::{self, Lu};
use app::{App, Error};
use domain::code::Code as _;
use domain::permit::Permit;
use domain::policy::Poursuivre;
use domain::televersement::{RefusTeleversement, StatutTeleversement};

use super::{adresse_document, dater, nommer_document};
use crate::extract::{Guard, tus};
use crate::problem::{ApiError, ErreursTus};

/// Where an upload stands, in headers.
///
/// `Upload-Offset` is the upload's length only once its document is deposited: a complete upload whose deposit was cut is
/// deposited now, and one whose deposit is refused answers with the status of the refusal.
#[utoipa::path(
    tag = "televersements", operation_id = "suivre_televersement",
    params(
        ("televersement_id" = uuid::Uuid, Path, description = "Le téléversement."),
        ("Tus-Resumable" = String, Header, description = "La version de tus : 1.0.0."),
    ),
    responses(
        (status = 200, description = "Voir les en-têtes.", headers(
            ("Upload-Offset" = String, description = "Les octets durables."),
            ("Upload-Length" = String, description = "La taille du fichier."),
            ("Upload-Metadata" = String, description = "Les métadonnées données à la création, quand il y en a."),
            ("Upload-Expires" = String, description = "Quand il sera oublié."),
            ("Location" = String, description = "L’adresse du document, une fois déposé."),
            ("Document-Id" = String, description = "Son identifiant."),
            ("Document-Sha256" = String, description = "Son SHA-256.")
        )),
        ErreursTus
    ),
    security(("session" = []))
)]
#[head("/api/v1/televersements/{televersement_id}")]
pub async fn suivre(
    Guard(permit): Guard<Poursuivre>,
    app: Data<App>,
    req: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    tus::version(&req)?;
    let lu = avancer(&app, &permit).await?;
    let mut reponse = HttpResponse::Ok();
    reponse
        .insert_header(("upload-offset", lu.televersement.recu.to_string()))
        .insert_header(("upload-length", lu.televersement.taille.to_string()));
    if let Some(metadonnees) = &lu.televersement.metadonnees {
        reponse.insert_header(("upload-metadata", metadonnees.as_str()));
    }
    dater(&mut reponse, &lu.televersement);
    if let Some(fiche) = &lu.document {
        reponse.insert_header(adresse_document(fiche));
        nommer_document(&mut reponse, fiche);
    }
    Ok(reponse.finish())
}

/// Reads the upload, and ends it when its last request was cut before the deposit.
async fn avancer(app: &App, permit: &Permit<Poursuivre>) -> Result<Lu, ApiError> {
    televersements::ceder(app, permit).await;
    let lu = televersements::lire(app, permit).await?;
    if lu.clos(app.horloge().maintenant()) {
        return Err(Error::TeleversementClos.into());
    }
    if lu.televersement.statut.0 != StatutTeleversement::Complet {
        return Ok(lu);
    }
    if let Some(refus) = lu.televersement.refus {
        return Err(ApiError::new(probleme(refus.0)));
    }
    televersements::terminer(app, permit, None).await?;
    Ok(televersements::lire(app, permit).await?)
}

/// A refusal of the domain is written by the code of its problem.
fn probleme(refus: RefusTeleversement) -> ProblemCode {
    ProblemCode::du_code(refus.code()).unwrap_or(ProblemCode::EtatIncompatible)
}

#[cfg(test)]
mod tests {
    use super::{ProblemCode, RefusTeleversement};
    use domain::code::Code as _;

    #[test]
    fn every_refusal_is_the_code_of_a_problem() {
        for refus in RefusTeleversement::TOUS {
            assert!(ProblemCode::du_code(refus.code()).is_some(), "{refus:?}");
        }
    }
}
