//! Large JSON answers travel compressed, to who takes them so: a page of the list is less than a quarter of its size.

use std::io::Write as _;

use actix_web::dev::ResponseHead;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::extract::codages::accepte;

/// Smaller answers travel in one packet as they are.
const SEUIL: usize = 1024;
/// Name of the coding.
pub const GZIP: &str = "gzip";

/// Whether a client takes answers compressed.
pub fn voulue(entetes: &HeaderMap) -> bool {
    accepte(entetes, GZIP)
}

/// The content of an answer as it will travel; its head says how.
pub fn comprimer(tete: &mut ResponseHead, octets: Bytes, voulue: bool) -> Bytes {
    if octets.len() < SEUIL {
        return octets;
    }
    tete.headers_mut().append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    match voulue.then(|| gzip(&octets)) {
        Some(Ok(comprimes)) => {
            tete.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(GZIP));
            comprimes
        }
        Some(Err(_)) | None => octets,
    }
}

/// Compressed quickly rather than much: this is done on the thread that answers.
pub fn gzip(octets: &[u8]) -> std::io::Result<Bytes> {
    let mut flux = GzEncoder::new(Vec::with_capacity(octets.len() / 4), Compression::fast());
    flux.write_all(octets)?;
    Ok(flux.finish()?.into())
}
