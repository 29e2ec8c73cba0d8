//! The words of the sandbox, where all is invented and may be forced.

use crate::enum_code;

enum_code! {
    /// By which way a dossier is led to an état.
    pub enum Voie {
        /// By the acts that the state machine allows, one after the other.
        Machine = "machine",
        /// At once, whatever the machine says; the journal says that it was forced.
        Force = "force",
    }
}

enum_code! {
    /// A document that the OPCO may be made to send.
    pub enum GenreDocument {
        /// The agreement to fund.
        Accord = "accord",
        /// The notice of a refusal.
        Refus = "refus",
        /// A model of certificate to fill in.
        Modele = "modele",
        /// Any other letter.
        Courrier = "courrier",
    }
}

enum_code! {
    /// What happens to the next webhook of a company.
    pub enum PanneWebhook {
        /// It leaves late.
        Retard = "retard",
        /// It is sent twice, under the same identifier, as if the first answer had been lost.
        Double = "double",
    }
}
