//! Closed sets that only the database and the background work know.

use domain::enum_code;

enum_code! {
    /// Who may hear of an event.
    pub enum Audience {
        /// Both sides.
        Tous = "tous",
        /// The members alone.
        Adherent = "adherent",
        /// The OPCO alone.
        Opco = "opco",
    }
}

enum_code! {
    /// What a caller's own reference names.
    pub enum Reference {
        /// A dossier.
        Dossier = "dossier",
        /// A document.
        Document = "document",
        /// A message.
        Message = "message",
    }
}

enum_code! {
    /// A kind of background work.
    pub enum JobNature {
        /// Scan a document and show it to the other side.
        TransmettreDocument = "document.transmettre",
        /// Deposit a resumable upload whose last request was cut before its end.
        TerminerTeleversement = "televersement.terminer",
        /// Send a mail of the outbox.
        EnvoyerCourriel = "courriel.envoyer",
    }
}

enum_code! {
    /// Where a job stands.
    pub enum JobStatut {
        /// To be run when its time comes.
        Pret = "pret",
        /// Given up after too many attempts; an administrator must look.
        Mort = "mort",
    }
}

enum_code! {
    /// What a one-time token is for.
    pub enum JetonUsage {
        /// Confirming an e-mail address.
        Confirmation = "confirmation",
        /// Setting a new password.
        Reinitialisation = "reinitialisation",
    }
}

enum_code! {
    /// What the security journal tells of.
    pub enum ActeSecurite {
        /// Somebody tried to sign in.
        Connexion = "connexion",
    }
}

enum_code! {
    /// How an attempt ended.
    pub enum Issue {
        /// It succeeded.
        Reussie = "reussie",
        /// The address and the password do not match.
        Identifiants = "identifiants",
        /// The account is suspended.
        Suspendu = "suspendu",
        /// The address of the account is not confirmed.
        NonConfirme = "non_confirme",
        /// The limit of attempts was reached; those that follow until it ends are not told one by one.
        Limite = "limite",
    }
}

enum_code! {
    /// Whose account it is.
    pub enum NatureCompte {
        /// A person's.
        Personne = "personne",
        /// An API client's: no password opens it, no mail is sent to it.
        ClientApi = "client_api",
    }
}
