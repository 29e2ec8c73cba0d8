use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, ResponseError, post};
use api_types::ProblemCode;
use api_types::televersements::Televersement;
use app::requete::{self, Reponse, Requete};
use app::televersements::{self, Demande, Lu, PARTIE};
use app::{App, Error};
use db::documents::Fiche;
use db::televersements::LigneTeleversement;
use domain::ids::TeleversementId;
use domain::permit::Permit;
use domain::policy::Televerser;
use domain::televersement::StatutTeleversement;

use super::{dater, nommer_document, poursuivre};
use crate::extract::conditions::SiInchange;
use crate::extract::corps::Corps;
use crate::extract::{Guard, tus};
use crate::middleware::requete::{REJOUEE, deja};
use crate::problem::{ApiError, ErreursTus, ErreursVersion};
use crate::{reponse, views};

/// Opens a resumable upload towards a dossier; the document takes the side of its depositor.
///
/// `Upload-Metadata`: `filename`; `piece` (the category, for a member); `remplace` (a document of the dossier, for a new
/// version, of the one that `If-Match` names); `doublon_accepte` (`true`); `reference_externe` (the document's name in the caller's software). Bytes may come with the creation (`creation-with-upload`); when they are the
/// whole file, the answer is that of the deposit, and after a refusal that may be lifted `Location` names the upload
/// that keeps them.
#[utoipa::path(
    tag = "televersements", operation_id = "creer_televersement",
    params(
        ("dossier_id" = uuid::Uuid, Path, description = "Le dossier."),
        ("Tus-Resumable" = String, Header, description = "La version de tus : 1.0.0."),
        ("Upload-Length" = i64, Header, description = "La taille du fichier, en octets."),
        ("Upload-Metadata" = Option<String>, Header, description = "Paires « clé valeur-en-base64 », séparées par des virgules."),
        ("If-Match" = Option<String>, Header, description = "L’« etag » du document à remplacer, tel qu’il a été lu : dû avec « remplace »."),
        ("Upload-Checksum" = Option<String>, Header, description = "L’empreinte des octets joints : « sha256 », « sha512 » ou « sha1 », une espace, base64."),
    ),
    request_body(content = Option<String>, content_type = "application/offset+octet-stream", description = "Les premiers octets, ou rien."),
    responses(
        (status = 201, description = "Ouvert ; son adresse est dans Location.", body = Televersement, headers(
            ("Location" = String, description = "L’adresse du téléversement."),
            ("Upload-Offset" = String, description = "Les octets durables."),
            ("Upload-Expires" = String, description = "Quand il sera oublié."),
            ("Document-Id" = String, description = "Le document, quand le fichier est venu entier."),
            ("Document-Sha256" = String, description = "Son SHA-256.")
        )),
        ErreursVersion, ErreursTus
    ),
    security(("session" = []))
)]
#[post("/api/v1/dossiers/{dossier_id}/televersements")]
pub async fn creer(
    guard: Result<Guard<Televerser>, ApiError>,
    version: Result<SiInchange, ApiError>,
    app: Data<App>,
    req: HttpRequest,
    corps: Corps,
) -> Result<HttpResponse, ApiError> {
    let (permit, mut corps) = corps.si(guard).await?;
    let fait = ouvrir(&app, &req, version, &permit, &mut corps).await;
    corps.finir().await;
    let statut = fait.as_ref().map_or_else(ResponseError::status_code, HttpResponse::status);
    match Requete::presente() {
        Some(requete) => match deja(&requete, statut, &app).await? {
            Some(deja) => rejouer(&app, &permit, &requete, &deja).await,
            None => fait,
        },
        None => fait,
    }
}

async fn ouvrir(
    app: &App,
    req: &HttpRequest,
    version: Result<SiInchange, ApiError>,
    permit: &Permit<Televerser>,
    corps: &mut Corps,
) -> Result<HttpResponse, ApiError> {
    tus::version(req)?;
    tus::distinguer(req);
    let (demande, empreinte) = (tus::demande(req, version)?, tus::empreinte(req)?);
    let joint = corps.genre() == tus::OCTETS;
    if !joint && corps.longueur().is_some_and(|n| n > 0) {
        return Err(
            ApiError::new(ProblemCode::TypeDeCorpsRefuse).detail(format!("Les octets sont en {}.", tus::OCTETS))
        );
    }
    let entier = joint && corps.longueur() == Some(demande.taille) && demande.taille <= PARTIE && empreinte.is_none();
    if entier && demande.taille > 0 {
        return deposer(app, permit, &demande, corps).await;
    }
    tus::figer();
    let rendre = |ligne: &LigneTeleversement| cree(&Lu { televersement: ligne.clone(), document: None });
    let (ligne, suite) = requete::rendre(rendre, televersements::creer(app, permit, &demande)).await?;
    let id = ligne.id.0;
    let mut lu = Lu { televersement: ligne, document: None };
    if joint {
        let arrivee = televersements::recevoir(app, &suite, &lu.televersement, 0, tus::empreintes(req, empreinte)?)?;
        let fait = match poursuivre::verser(corps, arrivee).await {
            Ok(recu) => poursuivre::conclure(app, &suite, &lu.televersement, recu).await.map(drop),
            Err(e) => Err(e),
        };
        if let Err(e) = fait {
            return Ok(refus(e, Some(id)));
        }
        lu = televersements::lire(app, &suite).await?;
    }
    Ok(ouvert(lu))
}

/// The same creation again under its key: what became of the upload that it opened.
async fn rejouer(
    app: &App,
    permit: &Permit<Televerser>,
    requete: &Requete,
    deja: &Reponse,
) -> Result<HttpResponse, ApiError> {
    let id = deja.location.as_deref().and_then(|lieu| lieu.rsplit('/').next()?.parse().ok());
    let id = TeleversementId::new(id.ok_or(Error::CleConnue)?);
    requete.servir();
    let present = async { televersements::lire(app, &televersements::suite(app, permit, id).await?).await };
    let mut reponse = match present.await {
        Ok(lu) if lu.televersement.statut.0 != StatutTeleversement::Refuse => ouvert(lu),
        Ok(_) | Err(Error::Absent) => refus(Error::TeleversementClos, None),
        Err(e) => return Err(e.into()),
    };
    reponse.headers_mut().insert(REJOUEE, HeaderValue::from_static("true"));
    Ok(reponse)
}

/// A file that comes whole with its creation: as quick as a form.
async fn deposer(
    app: &App,
    permit: &Permit<Televerser>,
    demande: &Demande,
    corps: &mut Corps,
) -> Result<HttpResponse, ApiError> {
    let mut entier = televersements::creer_entier(app, permit, demande).await?;
    let mut recus: u64 = 0;
    while let Some(octets) = corps.suivants().await {
        recus += octets.len() as u64;
        entier.ecrire(&octets).await?;
    }
    if recus != demande.taille || corps.coupe() {
        return Err(Error::Illisible("l’envoi s’est interrompu".to_owned()).into());
    }
    let ouverte = entier.ligne().clone();
    let rendre = move |fiche: &Fiche| cree(&depose(ouverte.clone(), fiche.clone()));
    match requete::rendre(rendre, entier.deposer(app, permit)).await {
        (_, Ok((televersement, fiche))) => Ok(ouvert(Lu { televersement, document: Some(fiche) })),
        (garde, Err(e)) => Ok(refus(e, garde)),
    }
}

fn ouvert(lu: Lu) -> HttpResponse {
    let mut reponse = HttpResponse::Created();
    reponse
        .insert_header((header::LOCATION, adresse(lu.televersement.id.0)))
        .insert_header(("upload-offset", lu.televersement.recu.to_string()));
    dater(&mut reponse, &lu.televersement);
    if let Some(fiche) = &lu.document {
        nommer_document(&mut reponse, fiche);
    }
    reponse.json(views::televersements::televersement(lu))
}

/// The answer that is kept under the key of the request.
fn cree(lu: &Lu) -> Reponse {
    let corps = views::televersements::televersement(lu.clone());
    reponse::cree(Some(adresse(lu.televersement.id.0)), &corps)
}

fn depose(televersement: LigneTeleversement, fiche: Fiche) -> Lu {
    Lu { televersement: televersement.depose(fiche.document.id.0), document: Some(fiche) }
}

/// A refusal, and the upload that keeps the bytes.
fn refus(e: Error, garde: Option<TeleversementId>) -> HttpResponse {
    let mut reponse = ApiError::from(e).error_response();
    if let Some(lieu) = garde.and_then(|id| HeaderValue::from_str(&adresse(id)).ok()) {
        reponse.headers_mut().insert(header::LOCATION, lieu);
    }
    reponse
}

fn adresse(id: TeleversementId) -> String {
    format!("/api/v1/televersements/{id}")
}
