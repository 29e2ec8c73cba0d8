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

enum_code! {
    /// Who is paid.
    pub enum ModeReglement {
        /// The training body, directly.
        Subrogation = "subrogation",
        /// The member, who paid it.
        Remboursement = "remboursement",
    }
}
