//! Sending bytes: whole, or the range that is asked for (RFC 9110, section 14).

use std::collections::BTreeMap;
use std::ops::Range;

use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue};
use actix_web::{HttpRequest, HttpResponse, ResponseError as _};
use api_types::ProblemCode;
use app::App;
use app::documents::Contenu;
use domain::code::Code as _;
use domain::document::Format;
use utoipa::IntoResponses;
use utoipa::openapi::response::Response;
use utoipa::openapi::{Content, Ref, RefOr, ResponseBuilder, ResponsesBuilder};

use crate::extract::{conditions, empreintes};
use crate::problem::ApiError;

/// A file of the vault, as it is sent.
pub(crate) struct Fichier<'a> {
    /// Its name.
    pub(crate) nom: &'a str,
    /// Its format.
    pub(crate) format: Format,
    /// Its size, in bytes.
    pub(crate) taille: u64,
    /// Where the vault keeps its bytes.
    pub(crate) blob: &'a str,
    /// SHA-256 of its bytes, where it is known.
    pub(crate) sha256: Option<&'a [u8]>,
}

/// The content of a document, as a file to keep or to be shown in the page.
pub(super) async fn envoyer(
    req: &HttpRequest,
    app: &App,
    contenu: &Contenu,
    disposition: DispositionType,
) -> Result<HttpResponse, ApiError> {
    let d = &contenu.document;
    let fichier =
        Fichier { nom: &d.nom, format: d.format.0, taille: contenu.taille(), blob: &d.blob, sha256: Some(&d.sha256) };
    envoyer_fichier(req, app, &fichier, disposition).await
}

/// The content of a file of the vault; the same for documents and guides.
pub(crate) async fn envoyer_fichier(
    req: &HttpRequest,
    app: &App,
    fichier: &Fichier<'_>,
    disposition: DispositionType,
) -> Result<HttpResponse, ApiError> {
    let taille = fichier.taille;
    let etag = format!("\"{}\"", fichier.blob.replace('/', ""));
    let en_tete = |nom: header::HeaderName| req.headers().get(nom).and_then(|v| v.to_str().ok());
    if conditions::connue(req.headers(), &etag) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, etag)).finish());
    }
    let meme_version = en_tete(header::IF_RANGE).is_none_or(|v| v == etag);
    let demandee = en_tete(header::RANGE).filter(|_| meme_version);
    let (statut, plage) = match demandee.map(|v| plage(v, taille)) {
        Some(Plage::Valide(plage)) => (StatusCode::PARTIAL_CONTENT, plage),
        Some(Plage::Hors) => {
            let e = ApiError::new(ProblemCode::PlageInvalide).detail(format!("Le fichier compte {taille} octets."));
            let mut reponse = e.error_response();
            if let Ok(etendue) = header::HeaderValue::from_str(&format!("bytes */{taille}")) {
                reponse.headers_mut().insert(header::CONTENT_RANGE, etendue);
            }
            return Ok(reponse);
        }
        Some(Plage::Ignoree) | None => (StatusCode::OK, 0..taille),
    };
    let longueur = plage.end - plage.start;
    let mut reponse = HttpResponse::build(statut);
    reponse
        .insert_header((header::CONTENT_TYPE, fichier.format.media_type()))
        .insert_header(nomme(disposition, fichier.nom))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"));
    if let Some(sha256) = fichier.sha256 {
        // The digest of a part is not known without reading it; that of the whole serves to check the parts put together.
        reponse.insert_header((empreintes::REPR_DIGEST, empreintes::sha256(sha256)));
        if statut == StatusCode::OK {
            reponse.insert_header((empreintes::CONTENT_DIGEST, empreintes::sha256(sha256)));
        }
    }
    if statut == StatusCode::PARTIAL_CONTENT {
        reponse.insert_header((header::CONTENT_RANGE, format!("bytes {}-{}/{taille}", plage.start, plage.end - 1)));
    }
    let flux = app.coffre().lire(fichier.blob, plage).await?;
    Ok(reponse.body(SizedStream::new(longueur, flux)))
}

/// `Content-Disposition` with the name in ASCII, and in UTF-8 for who reads it (RFC 6266, RFC 8187).
pub(super) fn nomme(disposition: DispositionType, nom: &str) -> ContentDisposition {
    let ascii: String = nom.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '_' }).collect();
    ContentDisposition {
        disposition,
        parameters: vec![
            DispositionParam::Filename(ascii),
            DispositionParam::FilenameExt(ExtendedValue {
                charset: Charset::Ext("UTF-8".to_owned()),
                language_tag: None,
                value: nom.as_bytes().to_vec(),
            }),
        ],
    }
}

/// The answers that hold a file of any format, for the OpenAPI document.
pub(crate) struct ReponsesFichier;

/// The answers that hold a file that a browser shows, for the OpenAPI document.
pub(super) struct ReponsesApercu;

impl IntoResponses for ReponsesFichier {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        reponses(|_| true)
    }
}

impl IntoResponses for ReponsesApercu {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        reponses(Format::affichable)
    }
}

fn reponses(admis: fn(Format) -> bool) -> BTreeMap<String, RefOr<Response>> {
    let octets = |texte: &str| {
        let formats = Format::TOUS.iter().copied().filter(|f| admis(*f));
        formats.fold(ResponseBuilder::new().description(texte), |r, f| r.content(f.media_type(), Content::default()))
    };
    let probleme = Content::new(Some(Ref::from_schema_name("Problem")));
    let hors =
        ResponseBuilder::new().description("La plage n’existe pas.").content("application/problem+json", probleme);
    ResponsesBuilder::new()
        .response("200", octets("Le fichier."))
        .response("206", octets("La plage demandée."))
        .response("304", ResponseBuilder::new().description("Inchangé."))
        .response("416", hors)
        .build()
        .into()
}

#[derive(Debug, PartialEq, Eq)]
enum Plage {
    Valide(Range<u64>),
    Hors,
    Ignoree,
}

/// Reads one range of bytes; several ranges, or another unit, are ignored as the standard allows.
fn plage(texte: &str, taille: u64) -> Plage {
    let Some(bornes) = texte.strip_prefix("bytes=") else { return Plage::Ignoree };
    let Some((debut, fin)) = bornes.split_once('-') else { return Plage::Ignoree };
    let nombre = |t: &str| t.trim().parse::<u64>().ok();
    let plage = match (nombre(debut), nombre(fin)) {
        (Some(d), Some(f)) if d <= f => d..f.saturating_add(1).min(taille),
        (Some(d), None) if fin.trim().is_empty() => d..taille,
        (None, Some(n)) if debut.trim().is_empty() && n > 0 => taille.saturating_sub(n)..taille,
        (None, Some(0)) if debut.trim().is_empty() => return Plage::Hors,
        _ => return Plage::Ignoree,
    };
    if plage.start < taille { Plage::Valide(plage) } else { Plage::Hors }
}

#[cfg(test)]
mod tests {
    use super::{Plage, plage};

    #[test]
    fn ranges_follow_the_standard() {
        for (texte, attendu) in [
            ("bytes=0-9", Plage::Valide(0..10)),
            ("bytes=90-", Plage::Valide(90..100)),
            ("bytes=-10", Plage::Valide(90..100)),
            ("bytes=-1000", Plage::Valide(0..100)),
            ("bytes=0-1000", Plage::Valide(0..100)),
            ("bytes=100-", Plage::Hors),
            ("bytes=-0", Plage::Hors),
            ("bytes=9-0", Plage::Ignoree),
            ("bytes=0-1,5-6", Plage::Ignoree),
            ("lines=0-1", Plage::Ignoree),
            ("bytes=a-b", Plage::Ignoree),
        ] {
            assert_eq!(plage(texte, 100), attendu, "{texte}");
        }
    }
}
