use api_types::documents::Document;
use uuid::Uuid;

/// Longest validator that is kept, in bytes.
const ETAG_MAX: usize = 64;

/// A document to be replaced, in the version that was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remplace {
    /// The document.
    pub document: Uuid,
    /// Its validator, by value: places are copied.
    etag: [u8; ETAG_MAX],
    longueur: usize,
}

impl Remplace {
    /// A document as it is shown.
    pub fn de(document: &Document) -> Self {
        Self::lu(document.id, &document.etag)
    }

    /// A document by the validator of the version that was shown.
    pub fn lu(document: Uuid, texte: &str) -> Self {
        let mut etag = [0; ETAG_MAX];
        let longueur = texte.len().min(ETAG_MAX);
        etag[..longueur].copy_from_slice(&texte.as_bytes()[..longueur]);
        Self { document, etag, longueur }
    }

    /// The validator of the version that was shown.
    pub fn etag(&self) -> &str {
        std::str::from_utf8(&self.etag[..self.longueur]).unwrap_or_default()
    }
}
