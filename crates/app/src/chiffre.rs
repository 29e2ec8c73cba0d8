//! Encryption of what the database keeps secret: AES-256-GCM under one key of the installation.

use std::io::Write as _;
use std::path::Path;

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use domain::secret::Secret;

use crate::Error;

/// Bytes of a nonce, written before what it encrypts.
const NONCE: usize = 12;

/// The key of the installation: the same on every node.
#[derive(Debug, Clone)]
pub struct CleMaitre(Secret<[u8; 32]>);

impl CleMaitre {
    /// A fresh key.
    pub fn tirer() -> Result<Self, Error> {
        let mut octets = [0; 32];
        getrandom::fill(&mut octets).map_err(|e| Error::Interne(format!("aléa : {e}")))?;
        Ok(Self(Secret::new(octets)))
    }

    /// A fresh key for a process that keeps nothing.
    pub(crate) fn ephemere() -> Self {
        let (a, b) = (uuid::Uuid::new_v4().into_bytes(), uuid::Uuid::new_v4().into_bytes());
        let mut octets = [0; 32];
        octets[..16].copy_from_slice(&a);
        octets[16..].copy_from_slice(&b);
        Self(Secret::new(octets))
    }

    /// The key written as 64 hexadecimal digits.
    pub fn lire(texte: &str) -> Option<Self> {
        let texte = texte.trim();
        let octets: Option<Vec<u8>> =
            (0..texte.len() / 2).map(|i| u8::from_str_radix(texte.get(2 * i..2 * i + 2)?, 16).ok()).collect();
        if texte.len() == 64 { Some(Self(Secret::new(octets?.try_into().ok()?))) } else { None }
    }

    /// The key of a file, which is made, for its owner alone, when it is not there.
    pub fn du_fichier(chemin: &Path) -> Result<Self, Error> {
        let faux = |e: std::io::Error| Error::Interne(format!("{} : {e}", chemin.display()));
        if !chemin.exists() {
            let cle = Self::tirer()?;
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut fichier = options.open(chemin).map_err(faux)?;
            fichier.write_all(hexadecimal(cle.0.expose()).as_bytes()).map_err(faux)?;
            fichier.sync_all().map_err(faux)?;
            return Ok(cle);
        }
        let texte = std::fs::read_to_string(chemin).map_err(faux)?;
        Self::lire(&texte).ok_or_else(|| Error::Interne(format!("{} : 64 chiffres hexadécimaux", chemin.display())))
    }

    /// Encrypts `clair`; it is read again in the same `contexte` only.
    pub fn chiffrer(&self, contexte: &str, clair: &[u8]) -> Result<Vec<u8>, Error> {
        let mut corps = clair.to_vec();
        let nonce =
            self.cle()?.seal_in_place_append_tag(Aad::from(contexte.as_bytes()), &mut corps).map_err(|_| echec())?;
        let mut tout = nonce.as_ref().to_vec();
        tout.append(&mut corps);
        Ok(tout)
    }

    /// Reads what [`chiffrer`](Self::chiffrer) wrote.
    pub fn dechiffrer(&self, contexte: &str, chiffre: &[u8]) -> Result<Vec<u8>, Error> {
        let (nonce, corps) = chiffre.split_at_checked(NONCE).ok_or_else(echec)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| echec())?;
        let mut corps = corps.to_vec();
        let clair =
            self.cle()?.open_in_place(nonce, Aad::from(contexte.as_bytes()), &mut corps).map_err(|_| echec())?;
        Ok(clair.to_vec())
    }

    fn cle(&self) -> Result<RandomizedNonceKey, Error> {
        RandomizedNonceKey::new(&AES_256_GCM, self.0.expose()).map_err(|_| echec())
    }
}

fn hexadecimal(octets: &[u8]) -> String {
    use std::fmt::Write as _;
    octets.iter().fold(String::new(), |mut texte, octet| {
        let _ = write!(texte, "{octet:02x}");
        texte
    })
}

fn echec() -> Error {
    Error::Interne("chiffrement : la clé de l’installation n’est pas celle qui a écrit".to_owned())
}

#[cfg(test)]
mod tests {
    use super::CleMaitre;

    #[test]
    fn what_is_encrypted_is_read_by_its_key_in_its_context_alone() {
        let (cle, autre) = (CleMaitre::tirer().unwrap(), CleMaitre::tirer().unwrap());
        let chiffre = cle.chiffrer("a", b"secret").unwrap();
        assert_eq!(cle.dechiffrer("a", &chiffre).unwrap(), b"secret");
        assert!(cle.dechiffrer("b", &chiffre).is_err());
        assert!(autre.dechiffrer("a", &chiffre).is_err());
        for rang in 0..chiffre.len() {
            let mut faux = chiffre.clone();
            faux[rang] ^= 1;
            assert!(cle.dechiffrer("a", &faux).is_err(), "{rang}");
        }
        assert!(cle.dechiffrer("a", b"court").is_err());
    }

    #[test]
    fn keys_are_written_in_hexadecimal() {
        for (texte, juste) in [("00".repeat(32), true), ("0g".repeat(32), false), ("00".repeat(31), false)] {
            assert_eq!(CleMaitre::lire(&texte).is_some(), juste, "{texte}");
        }
    }
}
