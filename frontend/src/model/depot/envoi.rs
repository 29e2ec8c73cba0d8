//! One file on its way.

use api_types::documents::Document;
use uuid::Uuid;

use super::mesure::{Mesure, pourcent};
use super::{Cause, Destination, Fichier, Refus};

/// A file up to so many bytes leaves in one request.
pub const UNE_REQUETE: u64 = 1024 * 1024;

/// How far a file is.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// It waits for one of the [`super::SIMULTANES`] places.
    EnFile,
    /// Its bytes are leaving.
    EnCours(Mesure),
    /// All bytes have left; the answer is awaited.
    Verification,
    /// The person stopped it for a while.
    EnPause,
    /// The page was left and the browser kept all but the bytes: the same file must be chosen again.
    AChoisir,
    /// The connection was lost or the server failed; another try comes by itself.
    Attente {
        /// Why.
        cause: Cause,
        /// The moment of the next try, in the milliseconds of [`super::Instant`].
        jusqu_a: f64,
    },
    /// No other try comes by itself; one may be asked for.
    Echec(Cause),
    /// It will not be accepted as it is.
    Refus(Refus),
    /// The same bytes are already in the dossier.
    Doublon(Option<Box<Document>>),
}

/// A file on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Envoi {
    /// Its identifier in the queue.
    pub id: u32,
    /// The gesture that chose it.
    pub lot: u32,
    /// Where it goes.
    pub destination: Destination,
    /// Its name, size and type.
    pub fichier: Fichier,
    /// How far it is.
    pub phase: Phase,
    /// Bytes that have left, or that the server is known to keep.
    pub envoyes: u64,
    /// The upload that keeps them on the server.
    pub televersement: Option<Uuid>,
    /// Whether the person wants it although the same bytes are there.
    pub doublon_accepte: bool,
    /// Tries that failed since the last sign of life.
    pub essais: u32,
    /// Whether a try was cut after it started, so that the server may hold the file already.
    pub coupe: bool,
}

impl Envoi {
    pub(super) const fn nouveau(id: u32, lot: u32, destination: Destination, fichier: Fichier, phase: Phase) -> Self {
        Self {
            id,
            lot,
            destination,
            fichier,
            phase,
            envoyes: 0,
            televersement: None,
            doublon_accepte: false,
            essais: 0,
            coupe: false,
        }
    }

    /// Whether it leaves in parts, so that stopping it for a while loses nothing.
    pub const fn reprenable(&self) -> bool {
        self.fichier.taille > UNE_REQUETE
    }

    /// The share sent, in percent.
    pub fn pourcent(&self) -> u8 {
        pourcent(self.envoyes, self.fichier.taille)
    }

    /// Whether bytes are leaving or the answer is awaited.
    pub const fn en_vol(&self) -> bool {
        matches!(self.phase, Phase::EnCours(_) | Phase::Verification)
    }

    /// Whether it is still to be deposited, by itself or once it goes on.
    pub const fn vivant(&self) -> bool {
        self.en_vol() || matches!(self.phase, Phase::EnFile | Phase::EnPause | Phase::AChoisir | Phase::Attente { .. })
    }
}
