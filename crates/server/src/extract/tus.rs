//! The headers of the tus protocol, version 1.0.0 (<https://tus.io/protocols/resumable-upload>).

use std::collections::HashSet;
use std::str::FromStr;

use actix_web::HttpRequest;
use actix_web::http::header::HttpDate;
use api_types::ProblemCode;
use app::Error;
use app::requete::Requete;
use app::televersements::{Algorithme, Demande, Empreinte};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ids::Id;
use domain::televersement::Doublon;
use jiff::Timestamp;
use uuid::Uuid;

use super::conditions::SiInchange;
use super::empreintes::{CONTENT_DIGEST, Empreintes};
use crate::problem::ApiError;
use crate::views;

/// The version spoken.
pub const VERSION: &str = "1.0.0";
/// The extensions that exist here.
pub const EXTENSIONS: &str = "creation,creation-with-upload,termination,expiration,checksum";
/// The media type of bytes.
pub const OCTETS: &str = "application/offset+octet-stream";

/// Whether the client speaks our version.
pub fn version(req: &HttpRequest) -> Result<(), ApiError> {
    if texte(req, "tus-resumable") == Some(VERSION) {
        return Ok(());
    }
    Err(ApiError::new(ProblemCode::VersionTus).detail(format!("Envoyez l’en-tête Tus-Resumable: {VERSION}.")))
}

/// Where the bytes sent begin.
pub fn debut(req: &HttpRequest) -> Result<u64, ApiError> {
    nombre(req, "upload-offset", "Upload-Offset")
}

/// What the client tells of the file that it will send; `version` is due when it replaces a document.
pub fn demande(req: &HttpRequest, version: Result<SiInchange, ApiError>) -> Result<Demande, ApiError> {
    if req.headers().contains_key("upload-defer-length") {
        return Err(illisible("La taille est due dès la création : envoyez Upload-Length."));
    }
    if req.headers().contains_key("upload-concat") {
        return Err(illisible("Les téléversements ne s’assemblent pas : envoyez le fichier en un seul."));
    }
    let mut demande = Demande {
        taille: nombre(req, "upload-length", "Upload-Length")?,
        nom: String::new(),
        piece: None,
        remplace: None,
        doublon: Doublon::Refuse,
        reference: None,
        metadonnees: texte(req, "upload-metadata").filter(|t| !t.trim().is_empty()).map(str::to_owned),
    };
    let (mut remplace, mut cles) = (None, HashSet::new());
    for paire in texte(req, "upload-metadata").unwrap_or_default().split(',').filter(|p| !p.trim().is_empty()) {
        let (cle, valeur) = paire.trim().split_once(' ').unwrap_or((paire.trim(), ""));
        if !cles.insert(cle) {
            return Err(illisible("Upload-Metadata : une clé est donnée deux fois."));
        }
        let faux = || illisible("Upload-Metadata : chaque valeur est un texte UTF-8 en base64.");
        let octets = STANDARD.decode(valeur.trim()).map_err(|_| faux())?;
        let valeur = String::from_utf8(octets).map_err(|_| faux())?;
        match cle {
            "filename" | "name" => demande.nom = valeur,
            "piece" => demande.piece = Some(Id::new(identifiant("/piece", &valeur)?)),
            "remplace" => remplace = Some(Id::new(identifiant("/remplace", &valeur)?)),
            "doublon_accepte" => match valeur.as_str() {
                "true" => demande.doublon = Doublon::Accepte,
                "false" => {}
                _ => return Err(Error::champ("/doublon_accepte", "Cette clé vaut « true » ou « false ».").into()),
            },
            "reference_externe" => demande.reference = Some(views::dossiers::reference(&valeur)?),
            // The format is told from the bytes; keys of others are theirs.
            _ => {}
        }
    }
    if let Some(remplace) = remplace {
        demande.remplace = Some((remplace, version?.0));
    }
    Ok(demande)
}

/// Has what the headers say count among what tells the request from another under its key.
pub fn distinguer(req: &HttpRequest) {
    if let Some(requete) = Requete::presente() {
        for nom in ["upload-length", "upload-metadata"] {
            requete.ajouter(|e| e.champ(nom, texte(req, nom).unwrap_or_default().as_bytes()));
        }
    }
}

/// Has nothing of what follows count: bytes that come with a creation may be cut anywhere.
pub fn figer() {
    if let Some(requete) = Requete::presente() {
        requete.ajouter(app::requete::Empreinte::figer);
    }
}

/// The checksum of the bytes sent, when the client tells it.
pub fn empreinte(req: &HttpRequest) -> Result<Option<Empreinte>, ApiError> {
    let Some(valeur) = texte(req, "upload-checksum") else {
        return if req.headers().contains_key("upload-checksum") {
            Err(illisible("Upload-Checksum n’est pas lisible."))
        } else {
            Ok(None)
        };
    };
    let (nom, attendue) = valeur.trim().split_once(' ').unwrap_or((valeur, ""));
    let connu = Algorithme::TOUS.into_iter().find(|a| a.nom() == nom);
    let algorithme =
        connu.ok_or_else(|| illisible(&format!("Upload-Checksum : algorithmes connus : {}.", algorithmes())))?;
    let attendue = STANDARD.decode(attendue.trim());
    let attendue = attendue.map_err(|_| illisible("Upload-Checksum : l’empreinte est en base64."))?;
    Ok(Some(Empreinte { algorithme, attendue }))
}

/// All that the bytes sent must be: by the checksum of the protocol, and by `Content-Digest`.
pub fn empreintes(req: &HttpRequest, empreinte: Option<Empreinte>) -> Result<Vec<Empreinte>, ApiError> {
    let annoncees = Empreintes::lire(req.headers(), CONTENT_DIGEST)?.unwrap_or_default();
    let annoncees = [(Algorithme::Sha256, annoncees.sha256), (Algorithme::Sha512, annoncees.sha512)];
    let annoncees = annoncees.into_iter().filter_map(|(algorithme, e)| Some(Empreinte { algorithme, attendue: e? }));
    Ok(empreinte.into_iter().chain(annoncees).collect())
}

/// The names of the checksums, separated by commas.
pub fn algorithmes() -> String {
    Algorithme::TOUS.map(Algorithme::nom).join(",")
}

/// An instant as HTTP writes it.
pub fn date(instant: Timestamp) -> String {
    HttpDate::from(std::time::SystemTime::from(instant)).to_string()
}

fn texte<'a>(req: &'a HttpRequest, nom: &str) -> Option<&'a str> {
    req.headers().get(nom).and_then(|v| v.to_str().ok())
}

fn nombre(req: &HttpRequest, nom: &str, ecrit: &str) -> Result<u64, ApiError> {
    let lu = texte(req, nom).filter(|t| t.bytes().all(|o| o.is_ascii_digit())).and_then(|t| u64::from_str(t).ok());
    // Beyond this no engine counts.
    lu.filter(|n| i64::try_from(*n).is_ok())
        .ok_or_else(|| illisible(&format!("L’en-tête {ecrit} est un nombre d’octets.")))
}

fn identifiant(pointeur: &'static str, valeur: &str) -> Result<Uuid, ApiError> {
    Uuid::try_parse(valeur).map_err(|_| app::Error::champ(pointeur, "L’identifiant est un UUID.").into())
}

fn illisible(detail: &str) -> ApiError {
    ApiError::new(ProblemCode::RequeteIllisible).detail(detail)
}
