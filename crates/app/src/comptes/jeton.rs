//! Tokens: 256 random bits, given once to their bearer, kept by us as a hash.

use domain::secret::Secret;

use crate::Error;
use crate::authz::JetonSha256;

/// A token and its hash.
pub(crate) struct Jeton {
    /// What the bearer is given: 43 letters, digits, `-` and `_`.
    pub(crate) texte: Secret<String>,
    /// What we keep.
    pub(crate) sha256: JetonSha256,
}

impl Jeton {
    /// A fresh token, from the system's source of randomness.
    pub(crate) fn tirer() -> Result<Self, Error> {
        Self::prefixe("")
    }

    /// A fresh token that starts with `prefixe`, by which leaks are searched for.
    pub(crate) fn prefixe(prefixe: &str) -> Result<Self, Error> {
        let mut octets = [0; 32];
        getrandom::fill(&mut octets).map_err(|e| Error::Interne(format!("aléa : {e}")))?;
        let texte = format!("{prefixe}{}", base64url(&octets));
        Ok(Self { sha256: JetonSha256::of(&texte), texte: Secret::new(texte) })
    }
}

/// Base 64 for addresses, without padding (RFC 4648, section 5).
fn base64url(octets: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut texte = String::with_capacity(octets.len().div_ceil(3) * 4);
    for trois in octets.chunks(3) {
        let n = trois.iter().chain(std::iter::repeat(&0)).take(3).fold(0_usize, |n, o| n << 8 | usize::from(*o));
        for rang in 0..=trois.len() {
            texte.push(char::from(ALPHABET[n >> (18 - 6 * rang) & 63]));
        }
    }
    texte
}

#[cfg(test)]
mod tests {
    use super::{Jeton, base64url};

    #[test]
    fn base_64_is_that_of_the_standard() {
        for (octets, texte) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64url(octets.as_bytes()), texte);
        }
        assert_eq!(base64url(&[0xfb, 0xff, 0xfe]), "-__-");
    }

    #[test]
    fn tokens_are_long_and_never_the_same() {
        let (a, b) = (Jeton::tirer().unwrap(), Jeton::tirer().unwrap());
        assert_eq!(a.texte.expose().len(), 43);
        assert_ne!(a.texte.expose(), b.texte.expose());
    }
}
