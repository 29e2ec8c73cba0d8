//! Resumable uploads: a file that comes in parts before it is deposited.

use crate::enum_code;

/// Most uploads that one caller may have alive at once.
pub const OUVERTS_MAX: usize = 1000;
/// Most bytes that they may be announced with, together.
pub const OCTETS_OUVERTS_MAX: i64 = 10 * 1024 * 1024 * 1024;

enum_code! {
    /// Where a resumable upload stands.
    pub enum StatutTeleversement {
        /// Bytes are still awaited.
        EnCours = "en_cours",
        /// All bytes are there, and no document yet.
        Complet = "complet",
        /// The document is deposited.
        Depose = "depose",
        /// The bytes were judged and refused; they are no longer kept.
        Refuse = "refuse",
    }
}

enum_code! {
    /// Why the bytes of a complete upload made no document, by the code of the problem.
    pub enum RefusTeleversement {
        /// The same bytes are already in the dossier.
        DocumentEnDouble = "document-en-double",
        /// The category holds its number of documents.
        PieceComplete = "piece-complete",
        /// The état of the dossier or of the document does not allow it, or the right to deposit was lost meanwhile.
        EtatIncompatible = "etat-incompatible",
        /// The document was changed since the version that was to be replaced.
        VersionPerimee = "version-perimee",
        /// Its creator gave its name to another document meanwhile.
        ReferencePrise = "reference-prise",
        /// The format is not accepted there.
        FormatRefuse = "format-refuse",
        /// The end of the file is missing.
        FichierTronque = "fichier-tronque",
        /// The file is several formats at once.
        FichierAmbigu = "fichier-ambigu",
    }
}

impl RefusTeleversement {
    /// Whether the same bytes can never be accepted by this upload, so that they need not be kept.
    pub const fn definitif(self) -> bool {
        matches!(self, Self::VersionPerimee | Self::FormatRefuse | Self::FichierTronque | Self::FichierAmbigu)
    }
}

enum_code! {
    /// What to do when the same bytes are already in the dossier.
    pub enum Doublon {
        /// Refuse, and name the document that is there.
        Refuse = "refuse",
        /// Deposit all the same.
        Accepte = "accepte",
    }
}
