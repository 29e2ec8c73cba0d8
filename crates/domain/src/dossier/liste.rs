use super::{Etat, Vue};
use crate::code::Code as _;
use crate::enum_code;

enum_code! {
    /// Which way the list is sorted.
    pub enum Tri {
        /// The next due day first; dossiers with none come last.
        Echeance = "echeance",
        /// The farthest due day first; dossiers with none come last.
        EcheanceDecroissante = "-echeance",
        /// The latest start first.
        Debut = "-date_debut",
        /// The earliest start first.
        DebutCroissant = "date_debut",
        /// The highest number first.
        Numero = "-numero",
        /// The lowest number first.
        NumeroCroissant = "numero",
        /// The earliest change first; both views.
        Modification = "modifie_le",
    }
}

impl Tri {
    /// Whether the greatest comes first.
    pub const fn decroissant(self) -> bool {
        matches!(self, Self::EcheanceDecroissante | Self::Debut | Self::Numero)
    }
}

enum_code! {
    /// Whose turn it is.
    pub enum Attente {
        /// Something is awaited from the member.
        Adherent = "adherent",
        /// The OPCO has the dossier.
        Opco = "opco",
        /// Nobody is awaited.
        Personne = "personne",
    }
}

impl Attente {
    /// Whose turn it is on a dossier that has pieces due and filled. The column `dossiers.situation` follows the same rule.
    pub fn de(etat: Etat, dues: i32, fournies: i32) -> Self {
        match etat {
            etat if etat.vue() == Vue::Historique => Self::Personne,
            Etat::Regle => Self::Personne,
            Etat::Brouillon | Etat::Incomplet => Self::Adherent,
            _ if fournies < dues => Self::Adherent,
            Etat::Accorde if dues == 0 => Self::Personne,
            _ => Self::Opco,
        }
    }
}

enum_code! {
    /// Where a dossier stands to its member: its état, unless something is awaited of them on a dossier that was sent.
    pub enum Situation {
        /// Being written by the member.
        Brouillon = "brouillon",
        /// Something is awaited from the member, whatever the état.
        PiecesAttendues = "pieces_attendues",
        /// Received by the OPCO, not yet taken.
        Transmis = "transmis",
        /// Being examined.
        EnInstruction = "en_instruction",
        /// Funding agreed.
        Accorde = "accorde",
        /// Invoices are being paid.
        EnReglement = "en_reglement",
        /// Everything is paid.
        Regle = "regle",
        /// Closed after payment.
        Cloture = "cloture",
        /// Refused, with a reason.
        Refuse = "refuse",
        /// Cancelled by the member.
        Annule = "annule",
        /// Closed without a decision.
        SansSuite = "sans_suite",
    }
}

impl Situation {
    /// The état that it shows: that of a dossier where something is missing, when something is awaited.
    pub fn etat(self) -> Etat {
        Etat::du_code(self.code()).unwrap_or(Etat::Incomplet)
    }
}

enum_code! {
    /// Who is paid.
    pub enum ModeReglement {
        /// The training body, directly.
        Subrogation = "subrogation",
        /// The member, who paid it.
        Remboursement = "remboursement",
    }
}
