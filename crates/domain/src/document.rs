//! Documents: their formats, their life, and the examination of their bytes.

mod examen;
mod format;
mod image;

pub use examen::{Constat, FichierRefuse, Inspecteur};
pub use format::Format;

use crate::acteur::Cote;
use crate::enum_code;

enum_code! {
    /// Which side gave a document.
    pub enum Sens {
        /// The member: « Mes documents ».
        Adherent = "adherent",
        /// The OPCO: « Documents Constructys ».
        Opco = "opco",
    }
}

impl Sens {
    /// The side that an account stands on.
    pub const fn de(cote: Cote) -> Self {
        match cote {
            Cote::Membre => Self::Adherent,
            Cote::Gestionnaire | Cote::AdministrateurOpco => Self::Opco,
        }
    }
}

enum_code! {
    /// What a document is for.
    pub enum Usage {
        /// It fills a category of pieces, or stands under « Documents Constructys ».
        Piece = "piece",
        /// It is attached to a message.
        Message = "message",
    }
}

enum_code! {
    /// Where a document stands.
    pub enum Statut {
        /// Durable, acknowledged, not yet shown to the other side: the undo window.
        Recu = "recu",
        /// Shown to the other side.
        Transmis = "transmis",
        /// Taken back by its depositor during the undo window.
        Annule = "annule",
        /// Held back: the antivirus found an infection.
        Infecte = "infecte",
    }
}

enum_code! {
    /// What the gestionnaire made of a document.
    pub enum Verdict {
        /// Nobody opened it yet.
        AExaminer = "a_examiner",
        /// It is accepted.
        Acceptee = "acceptee",
        /// Something must be put right, for the reason given.
        ACompleter = "a_completer",
        /// It is refused, for the reason given.
        Refusee = "refusee",
    }
}

/// The change of a document's statut is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("le document n’est plus dans le délai d’annulation")]
pub struct TropTard;

impl Statut {
    /// The statut after the depositor takes the document back.
    pub const fn annuler(self) -> Result<Self, TropTard> {
        match self {
            Self::Recu => Ok(Self::Annule),
            Self::Transmis | Self::Annule | Self::Infecte => Err(TropTard),
        }
    }

    /// Whether the document counts in its category.
    pub const fn compte(self) -> bool {
        matches!(self, Self::Recu | Self::Transmis)
    }
}

impl Verdict {
    /// Whether a document so judged fills its category.
    pub const fn remplit(self) -> bool {
        matches!(self, Self::AExaminer | Self::Acceptee)
    }
}
