//! Versions of what two people could change at once: a validator says which one was read.

use sha2::{Digest as _, Sha256};

use crate::Error;
use crate::documents::hex;

/// The version that somebody has read and is about to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attendue {
    /// Whatever it is now.
    Toute,
    /// One of these, by their validators.
    Parmi(Vec<String>),
}

impl Attendue {
    /// Whether a version is one that may be changed.
    pub(crate) fn admet(&self, etiquette: &str) -> bool {
        match self {
            Self::Toute => true,
            Self::Parmi(attendues) => attendues.iter().any(|a| a == etiquette),
        }
    }

    /// [`Error::Perimee`] when the version is not one that may be changed.
    pub(crate) fn verifier(&self, etiquette: &str) -> Result<(), Error> {
        if self.admet(etiquette) { Ok(()) } else { Err(Error::Perimee) }
    }
}

/// The validator of what a text tells.
pub(crate) fn etiquette(texte: &str) -> String {
    format!("\"{}\"", hex(&Sha256::digest(texte.as_bytes())[..12]))
}
