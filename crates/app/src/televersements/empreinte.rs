use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};

/// How a checksum is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithme {
    /// SHA-1, which the protocol demands: it finds accidents, and protects from nobody.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Algorithme {
    /// The algorithms that are known, in the order to prefer them.
    pub const TOUS: [Self; 3] = [Self::Sha256, Self::Sha512, Self::Sha1];

    /// Its name in the protocol.
    pub const fn nom(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }
}

/// The checksum of the bytes of one request, as the client tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Empreinte {
    /// How it is computed.
    pub algorithme: Algorithme,
    /// What it must be.
    pub attendue: Vec<u8>,
}

/// A checksum being computed.
#[derive(Debug)]
pub(super) enum Calcul {
    Sha1(Sha1),
    Sha256(Sha256),
    Sha512(Sha512),
}

impl Calcul {
    pub(super) fn nouveau(algorithme: Algorithme) -> Self {
        match algorithme {
            Algorithme::Sha1 => Self::Sha1(Sha1::new()),
            Algorithme::Sha256 => Self::Sha256(Sha256::new()),
            Algorithme::Sha512 => Self::Sha512(Sha512::new()),
        }
    }

    pub(super) fn voir(&mut self, octets: &[u8]) {
        match self {
            Self::Sha1(h) => h.update(octets),
            Self::Sha256(h) => h.update(octets),
            Self::Sha512(h) => h.update(octets),
        }
    }

    pub(super) fn finir(self) -> Vec<u8> {
        match self {
            Self::Sha1(h) => h.finalize().to_vec(),
            Self::Sha256(h) => h.finalize().to_vec(),
            Self::Sha512(h) => h.finalize().to_vec(),
        }
    }
}
