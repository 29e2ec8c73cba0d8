//! The key ring: what is kept secret at rest is sealed with it.

use std::io::Write as _;
use std::path::Path;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::secret::Secret;
use uuid::Uuid;

use crate::Error;

/// Bytes of the key.
const CLE: usize = 32;

/// The key of the installation. Every node of one database has the same.
pub struct Trousseau(RandomizedNonceKey);

impl std::fmt::Debug for Trousseau {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Trousseau(…)")
    }
}

impl Trousseau {
    /// The key ring of a key of 32 bytes in base64.
    pub fn parse(cle: &Secret<String>) -> Result<Self, Error> {
        let octets = STANDARD.decode(cle.expose().trim()).unwrap_or_default();
        Self::new(&octets)
    }

    /// The key ring whose key is kept in a file, made when it is not there.
    pub fn open(fichier: &Path) -> Result<Self, Error> {
        let echec = |e: std::io::Error| Error::Interne(format!("clé {} : {e}", fichier.display()));
        match std::fs::read_to_string(fichier) {
            Ok(texte) => Self::parse(&Secret::new(texte)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let neuve = STANDARD.encode(hasard::<CLE>()?);
                // Whole or absent: another process that starts at once reads one key, the same.
                let brouillon = fichier.with_extension(Uuid::new_v4().simple().to_string());
                ecrire(&brouillon, &neuve).map_err(echec)?;
                let pose = std::fs::hard_link(&brouillon, fichier);
                std::fs::remove_file(&brouillon).map_err(echec)?;
                // What the key seals is durable: the key is before it.
                super::ancrer(fichier).map_err(echec)?;
                match pose {
                    Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => Err(echec(e)),
                    _ => Self::parse(&Secret::new(std::fs::read_to_string(fichier).map_err(echec)?)),
                }
            }
            Err(e) => Err(echec(e)),
        }
    }

    fn new(octets: &[u8]) -> Result<Self, Error> {
        if octets.len() != CLE {
            return Err(Error::Interne("la clé des secrets doit compter 32 octets, en base64".to_owned()));
        }
        RandomizedNonceKey::new(&AES_256_GCM, octets)
            .map(Self)
            .map_err(|_| Error::Interne("clé des secrets".to_owned()))
    }

    /// Seals `clair`, which opens for `proprietaire` alone: the identifier of the row that keeps it.
    pub fn sceller(&self, proprietaire: impl AsRef<[u8]>, clair: &[u8]) -> Result<Vec<u8>, Error> {
        let mut scelle = clair.to_vec();
        let nonce = self
            .0
            .seal_in_place_append_tag(Aad::from(proprietaire.as_ref()), &mut scelle)
            .map_err(|_| Error::Interne("secret impossible à sceller".to_owned()))?;
        scelle.extend_from_slice(nonce.as_ref());
        Ok(scelle)
    }

    /// Opens what was sealed for `proprietaire`.
    pub fn ouvrir(&self, proprietaire: impl AsRef<[u8]>, scelle: &[u8]) -> Result<Secret<Vec<u8>>, Error> {
        let illisible = || Error::Interne("secret illisible : la clé des secrets a-t-elle changé ?".to_owned());
        let coupe = scelle.len().checked_sub(NONCE_LEN).ok_or_else(illisible)?;
        let (corps, nonce) = scelle.split_at(coupe);
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| illisible())?;
        let mut corps = corps.to_vec();
        let clair =
            self.0.open_in_place(nonce, Aad::from(proprietaire.as_ref()), &mut corps).map_err(|_| illisible())?;
        Ok(Secret::new(clair.to_vec()))
    }
}

/// Writes a file that its owner alone may read.
fn ecrire(chemin: &Path, texte: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut f = options.open(chemin)?;
    f.write_all(texte.as_bytes())?;
    f.sync_all()
}

/// Bytes that nobody can guess.
pub(crate) fn hasard<const N: usize>() -> Result<[u8; N], Error> {
    let mut octets = [0; N];
    getrandom::fill(&mut octets).map_err(|e| Error::Interne(format!("hasard : {e}")))?;
    Ok(octets)
}

#[cfg(test)]
mod tests {
    use domain::secret::Secret;
    use uuid::Uuid;

    use super::Trousseau;

    #[test]
    fn what_is_sealed_opens_for_its_owner_with_its_key_alone() {
        let dossier = std::env::temp_dir().join(format!("egestion-trousseau-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&dossier).unwrap();
        let (moi, autre) = (Uuid::now_v7(), Uuid::now_v7());
        let trousseau = Trousseau::open(&dossier.join("cle")).unwrap();
        let scelle = trousseau.sceller(moi, b"secret").unwrap();
        assert!(!scelle.windows(6).any(|f| f == b"secret"));
        assert_ne!(scelle, trousseau.sceller(moi, b"secret").unwrap());
        // The same file gives the same key.
        let relu = Trousseau::open(&dossier.join("cle")).unwrap();
        assert_eq!(relu.ouvrir(moi, &scelle).unwrap().expose(), b"secret");
        assert!(relu.ouvrir(autre, &scelle).is_err());
        assert!(Trousseau::open(&dossier.join("autre")).unwrap().ouvrir(moi, &scelle).is_err());
        let mut altere = scelle.clone();
        altere[0] ^= 1;
        assert!(relu.ouvrir(moi, &altere).is_err());
        assert!(relu.ouvrir(moi, b"court").is_err());
        for fausse in ["", "c291cmlz", "pas du base64 !"] {
            assert!(Trousseau::parse(&Secret::new(fausse.to_owned())).is_err(), "{fausse}");
        }
        std::fs::remove_dir_all(&dossier).unwrap();
    }
}
