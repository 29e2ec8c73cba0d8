use super::{Etat, Vue};
use crate::enum_code;

enum_code! {
    /// Which way the list is sorted.
    pub enum Tri {
        /// The next due day first; dossiers with none come last.
        Echeance = "echeance",
        /// The latest start first.
        Debut = "-date_debut",
        /// The highest number first.
        Numero = "-numero",
        /// The earliest change first; both views.
        Modification = "modifie_le",
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
    /// Whose turn it is on a dossier that has pieces due and filled. `db::dossiers::liste` asks the same of the database.
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
    /// Who is paid.
    pub enum ModeReglement {
        /// The training body, directly.
        Subrogation = "subrogation",
        /// The member, who paid it.
        Remboursement = "remboursement",
    }
}
