//! The page: its files, read once, sent compressed, kept for ever under their hashed names.

use std::collections::HashMap;
use std::path::Path;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, ResponseError as _};
use api_types::{Method, ProblemCode};
use app::App;
use domain::mode::Mode;

use crate::extract::codages;
use crate::problem::ApiError;

/// The files of the page, by path from the root.
#[derive(Debug, Default)]
pub struct Fichiers(HashMap<String, Fichier>);

#[derive(Debug)]
struct Fichier {
    media_type: &'static str,
    brut: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    /// Its name holds the hash of its content.
    immuable: bool,
}

impl Fichiers {
    /// Reads the files of a folder, with their `.br` and `.gz` companions.
    pub fn lire(dossier: &Path) -> std::io::Result<Self> {
        let mut fichiers = HashMap::new();
        visiter(dossier, "", &mut fichiers)?;
        Ok(Self(fichiers))
    }
}

fn visiter(dossier: &Path, prefixe: &str, fichiers: &mut HashMap<String, Fichier>) -> std::io::Result<()> {
    for entree in std::fs::read_dir(dossier)? {
        let entree = entree?;
        let Ok(nom) = entree.file_name().into_string() else { continue };
        let chemin = format!("{prefixe}/{nom}");
        if entree.file_type()?.is_dir() {
            visiter(&entree.path(), &chemin, fichiers)?;
        } else if let Some(media_type) = media_type(&nom) {
            let compagnon = |ext: &str| std::fs::read(dossier.join(format!("{nom}.{ext}"))).ok().map(Bytes::from);
            let fichier = Fichier {
                media_type,
                brut: std::fs::read(entree.path())?.into(),
                brotli: compagnon("br"),
                gzip: compagnon("gz"),
                immuable: hache(&nom),
            };
            fichiers.insert(chemin, fichier);
        }
    }
    Ok(())
}

fn media_type(nom: &str) -> Option<&'static str> {
    let (_, extension) = nom.rsplit_once('.')?;
    Some(match extension {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => return None,
    })
}

/// Whether a name holds a hash: at least eight hexadecimal digits after a dash.
fn hache(nom: &str) -> bool {
    nom.split(['-', '.', '_']).any(|p| p.len() >= 8 && p.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Everything that is not the API: a file of the page, or the page itself for its own addresses.
pub async fn servir(req: HttpRequest, fichiers: Data<Fichiers>) -> HttpResponse {
    let chemin = req.path();
    if chemin.starts_with("/api/") || !methodes(&req).is_empty() {
        return inconnu(&req);
    }
    if !req.method().is_safe() {
        return methode_inconnue("GET, HEAD");
    }
    let trouve = fichiers.0.get(chemin).or_else(|| {
        let page = !chemin.rsplit('/').next().unwrap_or_default().contains('.');
        if page { fichiers.0.get("/index.html") } else { None }
    });
    match trouve {
        Some(fichier) => envoyer(&req, fichier),
        None => ApiError::new(ProblemCode::Absent).error_response(),
    }
}

fn envoyer(req: &HttpRequest, fichier: &Fichier) -> HttpResponse {
    let accepte = |codage: &str| codages::accepte(req.headers(), codage);
    let (octets, codage) = match (&fichier.brotli, &fichier.gzip) {
        (Some(br), _) if accepte("br") => (br, Some("br")),
        (_, Some(gz)) if accepte("gzip") => (gz, Some("gzip")),
        _ => (&fichier.brut, None),
    };
    let mut reponse = HttpResponse::Ok();
    reponse.insert_header((header::CONTENT_TYPE, fichier.media_type));
    reponse.insert_header((header::VARY, "Accept-Encoding"));
    let cache = if fichier.immuable { "public, max-age=31536000, immutable" } else { "no-cache" };
    reponse.insert_header((header::CACHE_CONTROL, HeaderValue::from_static(cache)));
    if let Some(codage) = codage {
        reponse.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(codage)));
    }
    reponse.body(octets.clone())
}

/// 405 when the address exists under other methods, else 404.
fn inconnu(req: &HttpRequest) -> HttpResponse {
    let mut admises = methodes(req);
    if admises.is_empty() {
        return ApiError::new(ProblemCode::Absent).error_response();
    }
    // What GET reads, HEAD tells of.
    let head = Method::Head.as_str();
    if admises.contains(&Method::Get.as_str()) && !admises.contains(&head) {
        admises.push(head);
    }
    methode_inconnue(&admises.join(", "))
}

/// The methods that an address of the API has.
pub(crate) fn methodes(req: &HttpRequest) -> Vec<&'static str> {
    let morceaux: Vec<&str> = req.path().split('/').collect();
    let bac = req.app_data::<Data<App>>().is_some_and(|app| app.mode() == Mode::BacASable);
    let celles_du_bac = if bac { api_types::bac_a_sable::operations() } else { &[] };
    let admises = api_types::operations().iter().chain(celles_du_bac).filter(|(_, modele, _)| {
        let attendus: Vec<&str> = modele.split('/').collect();
        attendus.len() == morceaux.len()
            && attendus.iter().zip(&morceaux).all(|(a, m)| a == m || (a.starts_with('{') && !m.is_empty()))
    });
    admises.map(|(methode, _, _)| methode.as_str()).collect()
}

/// 405 with the methods that the address has, as it is due (RFC 9110, section 15.5.6).
fn methode_inconnue(admises: &str) -> HttpResponse {
    let mut reponse = ApiError::new(ProblemCode::MethodeInconnue).error_response();
    if let Ok(admises) = HeaderValue::from_str(admises) {
        reponse.headers_mut().insert(header::ALLOW, admises);
    }
    reponse
}
