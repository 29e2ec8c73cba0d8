//! Digests of what travels (RFC 9530): read, checked while the bytes pass, written.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use api_types::ProblemCode;
use futures_util::{Stream, StreamExt as _};
use sfv::{BareItem, DictSerializer, Dictionary, Item, ListEntry, Parser, RefBareItem, key_ref};
use sha2::{Digest as _, Sha256, Sha512};

use crate::problem::ApiError;

/// The header of the digest of a body, or of a part of a form.
pub const CONTENT_DIGEST: &str = "content-digest";
/// The header of the digest of a whole representation, whatever part of it travels.
pub const REPR_DIGEST: &str = "repr-digest";

/// The digests that a sender announces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Empreintes {
    /// By SHA-256.
    pub sha256: Option<Vec<u8>>,
    /// By SHA-512.
    pub sha512: Option<Vec<u8>>,
}

impl Empreintes {
    /// Reads the digests of a header; `None` when it is not there.
    ///
    /// One that holds no algorithm of ours is refused: the sender would believe that it was checked.
    pub fn lire(entetes: &HeaderMap, nom: &str) -> Result<Option<Self>, ApiError> {
        let lignes: Vec<&[u8]> = entetes.get_all(nom).map(HeaderValue::as_bytes).collect();
        if lignes.is_empty() {
            return Ok(None);
        }
        let illisible = || {
            ApiError::new(ProblemCode::RequeteIllisible)
                .detail(format!("L’en-tête {nom} porte sha-256=:…: ou sha-512=:…:, en base 64 (RFC 9530)."))
        };
        let texte = lignes.join(&b", "[..]);
        let mut lues: Dictionary = Parser::new(&texte).parse().map_err(|_| illisible())?;
        let mut prendre = |algorithme: &str| match lues.swap_remove(key_ref(algorithme)) {
            None => Ok(None),
            Some(ListEntry::Item(Item { bare_item: BareItem::ByteSequence(octets), .. })) => Ok(Some(octets)),
            Some(_) => Err(illisible()),
        };
        let empreintes = Self { sha256: prendre("sha-256")?, sha512: prendre("sha-512")? };
        if empreintes == Self::default() { Err(illisible()) } else { Ok(Some(empreintes)) }
    }

    /// What the bytes are to be hashed with.
    pub fn calcul(&self) -> Calcul {
        Calcul {
            sha256: self.sha256.as_ref().map(|_| Sha256::new()),
            sha512: self.sha512.as_ref().map(|_| Sha512::new()),
        }
    }

    /// Whether these are the digests of what was hashed.
    pub fn justes(&self, calcul: Calcul) -> bool {
        self.sha256 == calcul.sha256.map(|h| h.finalize().to_vec())
            && self.sha512 == calcul.sha512.map(|h| h.finalize().to_vec())
    }
}

/// The hashes of bytes that pass.
#[derive(Debug, Clone)]
pub struct Calcul {
    sha256: Option<Sha256>,
    sha512: Option<Sha512>,
}

impl Calcul {
    /// Takes the next bytes.
    pub fn voir(&mut self, octets: &[u8]) {
        if let Some(hash) = &mut self.sha256 {
            hash.update(octets);
        }
        if let Some(hash) = &mut self.sha512 {
            hash.update(octets);
        }
    }
}

/// The digest is not that of the bytes.
pub fn differente() -> ApiError {
    ApiError::new(ProblemCode::EmpreinteDifferente)
        .detail("Les octets reçus ne sont pas ceux de l’empreinte annoncée. Renvoyez la requête.")
}

/// A SHA-256 as a digest header holds it.
pub fn sha256(hash: &[u8]) -> String {
    let mut sortie = DictSerializer::new();
    let _ = sortie.bare_item(key_ref("sha-256"), RefBareItem::ByteSequence(hash));
    sortie.finish().unwrap_or_default()
}

/// The body of a request whose digest is announced: hashed while it is read, by whoever reads it.
#[derive(Clone)]
pub struct CorpsVerifie(Rc<RefCell<Corps>>);

struct Corps {
    octets: Payload,
    attendues: Empreintes,
    calcul: Option<Calcul>,
    fausse: bool,
}

impl CorpsVerifie {
    /// A body, and what its digests should be.
    pub fn new(octets: Payload, attendues: Empreintes) -> Self {
        let calcul = Some(attendues.calcul());
        Self(Rc::new(RefCell::new(Corps { octets, attendues, calcul, fausse: false })))
    }

    /// Reads what is left: a form ends before the body does. Refuses bytes that are not those announced.
    pub async fn finir(&mut self) -> Result<(), ApiError> {
        while let Some(lu) = self.next().await {
            lu.map_err(|_| differente())?;
        }
        if self.fausse() { Err(differente()) } else { Ok(()) }
    }

    /// Whether the body was read whole and is not what was announced.
    pub fn fausse(&self) -> bool {
        self.0.borrow().fausse
    }
}

impl Stream for CorpsVerifie {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut corps = self.0.borrow_mut();
        let lu = Pin::new(&mut corps.octets).poll_next(cx);
        match &lu {
            Poll::Ready(Some(Ok(octets))) => {
                if let Some(calcul) = &mut corps.calcul {
                    calcul.voir(octets);
                }
            }
            Poll::Ready(None) => {
                if let Some(calcul) = corps.calcul.take()
                    && !corps.attendues.justes(calcul)
                {
                    corps.fausse = true;
                    let e = std::io::Error::other("l’empreinte du corps n’est pas celle annoncée");
                    return Poll::Ready(Some(Err(PayloadError::Io(e))));
                }
            }
            Poll::Ready(Some(Err(_))) | Poll::Pending => {}
        }
        lu
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
    use sha2::{Digest as _, Sha256};

    use super::{CONTENT_DIGEST, Empreintes, sha256};

    fn lire(valeurs: &[&str]) -> Result<bool, ()> {
        let mut entetes = HeaderMap::new();
        for v in valeurs {
            entetes.append(HeaderName::from_static(CONTENT_DIGEST), HeaderValue::from_str(v).unwrap());
        }
        let lues = Empreintes::lire(&entetes, CONTENT_DIGEST).map_err(drop)?;
        Ok(lues.is_some_and(|lues| {
            let mut calcul = lues.calcul();
            calcul.voir(b"{\"hello\": \"world\"}");
            lues.justes(calcul)
        }))
    }

    #[test]
    fn digests_of_the_standard_are_read() {
        // RFC 9530, appendix B.2 and D.
        const SHA256: &str = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";
        const SHA512: &str =
            "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
        assert_eq!(lire(&[SHA256]), Ok(true));
        assert_eq!(lire(&[SHA512]), Ok(true));
        assert_eq!(lire(&[SHA256, SHA512]), Ok(true));
        assert_eq!(lire(&[&format!("md5=:AAAA:, {SHA256}")]), Ok(true));
        assert_eq!(lire(&["sha-256=:AAAA:"]), Ok(false));
        for faux in ["md5=:AAAA:", "sha-256=AAAA", "sha-256=:A*:", "", "sha-256"] {
            assert_eq!(lire(&[faux]), Err(()), "{faux}");
        }
        assert_eq!(sha256(&Sha256::digest(b"{\"hello\": \"world\"}")), SHA256);
    }
}
