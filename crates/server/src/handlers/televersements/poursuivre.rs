use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, patch};
use api_types::ProblemCode;
use app::televersements::{self, Arrivee};
use app::{App, Error};
use db::documents::Fiche;
use db::televersements::LigneTeleversement;
use domain::permit::Permit;
use domain::policy::Poursuivre;
use domain::televersement::StatutTeleversement;

use super::{adresse_document, dater, nommer_document};
use crate::extract::corps::Corps;
use crate::extract::{Guard, tus};
use crate::problem::{ApiError, ErreursTus};

/// Sends more bytes of an upload, from `Upload-Offset` on.
///
/// Bytes are durable before they are acknowledged, 4 MiB at a time: a cut loses no more. With the last byte the document
/// is deposited, by the rules of a form; it is named by `Location`, `Document-Id` and `Document-Sha256`. After a refusal
/// that may be lifted (409) the bytes are kept until `Upload-Expires`.
#[utoipa::path(
    tag = "televersements", operation_id = "poursuivre_televersement",
    params(
        ("televersement_id" = uuid::Uuid, Path, description = "Le téléversement."),
        ("Tus-Resumable" = String, Header, description = "La version de tus : 1.0.0."),
        ("Upload-Offset" = i64, Header, description = "La place du premier octet envoyé."),
        ("Upload-Checksum" = Option<String>, Header, description = "L’empreinte des octets envoyés : « sha256 », « sha512 » ou « sha1 », une espace, base64. Ils comptent alors tous ou aucun."),
    ),
    request_body(content = String, content_type = "application/offset+octet-stream", description = "Les octets."),
    responses(
        (status = 204, description = "Reçu.", headers(
            ("Upload-Offset" = String, description = "Les octets durables."),
            ("Upload-Expires" = String, description = "Quand le téléversement sera oublié."),
            ("Location" = String, description = "L’adresse du document, une fois déposé."),
            ("Document-Id" = String, description = "Son identifiant."),
            ("Document-Sha256" = String, description = "Son SHA-256.")
        )),
        ErreursTus
    ),
    security(("session" = []))
)]
#[patch("/api/v1/televersements/{televersement_id}")]
pub async fn poursuivre(
    guard: Result<Guard<Poursuivre>, ApiError>,
    app: Data<App>,
    req: HttpRequest,
    corps: Corps,
) -> Result<HttpResponse, ApiError> {
    let (permit, mut corps) = corps.si(guard).await?;
    let fait = recevoir(&app, &req, &permit, &mut corps).await;
    corps.finir().await;
    fait
}

async fn recevoir(
    app: &App,
    req: &HttpRequest,
    permit: &Permit<Poursuivre>,
    corps: &mut Corps,
) -> Result<HttpResponse, ApiError> {
    tus::version(req)?;
    if corps.genre() != tus::OCTETS {
        return Err(
            ApiError::new(ProblemCode::TypeDeCorpsRefuse).detail(format!("Les octets sont en {}.", tus::OCTETS))
        );
    }
    let (debut, empreinte) = (tus::debut(req)?, tus::empreinte(req)?);
    let lu = televersements::lire(app, permit).await?;
    if lu.clos(app.horloge().maintenant()) {
        return Err(Error::TeleversementClos.into());
    }
    let arrivee = televersements::recevoir(app, permit, &lu.televersement, debut, tus::empreintes(req, empreinte)?)?;
    let taille = u64::try_from(lu.televersement.taille).unwrap_or(0);
    if corps.longueur().is_some_and(|n| debut.saturating_add(n) > taille) {
        return Err(
            ApiError::new(ProblemCode::TropVolumineux).detail("Il vient plus d’octets qu’Upload-Length n’en dit.")
        );
    }
    let recu = verser(corps, arrivee).await?;
    let fiche = conclure(app, permit, &lu.televersement, recu).await?;
    let mut reponse = HttpResponse::NoContent();
    reponse.insert_header(("upload-offset", recu.to_string()));
    match &fiche {
        Some(fiche) => {
            reponse.insert_header(adresse_document(fiche));
            nommer_document(&mut reponse, fiche);
        }
        None => dater(&mut reponse, &televersements::lire(app, permit).await?.televersement),
    }
    Ok(reponse.finish())
}

/// Hands the bytes over as they come, and waits until they are durable; where the upload stands then.
pub(super) async fn verser(corps: &mut Corps, arrivee: Arrivee) -> Result<u64, Error> {
    while let Some(octets) = corps.suivants().await {
        if !arrivee.ecrire(octets).await {
            break;
        }
    }
    arrivee.finir().await
}

/// Deposits the document once all bytes are there.
pub(super) async fn conclure(
    app: &App,
    permit: &Permit<Poursuivre>,
    televersement: &LigneTeleversement,
    recu: u64,
) -> Result<Option<Fiche>, Error> {
    if televersement.statut.0 == StatutTeleversement::Depose {
        return Ok(televersements::lire(app, permit).await?.document);
    }
    if u64::try_from(televersement.taille).is_ok_and(|taille| recu < taille) {
        return Ok(None);
    }
    televersements::terminer(app, permit, None).await.map(Some)
}
