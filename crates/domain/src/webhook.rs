//! Webhooks: what is told to a company's software, where to, and when it is tried again.

mod adresse;
mod cible;
mod reprise;
mod types;

pub use adresse::{AdresseInterdite, adresse_permise};
pub use cible::{Cible, CibleRefusee, Ouverture};
pub use reprise::{ESSAIS_MAX, attente_demandee, prochain_essai};
pub use types::WebhookType;

use crate::enum_code;

enum_code! {
    /// Where a subscription stands.
    pub enum EtatAbonnement {
        /// It is sent what happens.
        Actif = "actif",
        /// Its owner paused it: what happens is held back.
        Suspendu = "suspendu",
        /// It was switched off because its receiver no longer takes anything: what happens is held back.
        Desactive = "desactive",
    }
}

enum_code! {
    /// Why a subscription was switched off.
    pub enum MotifDesactivation {
        /// Every attempt failed for several days.
        Echecs = "echecs",
        /// The receiver answered 410 Gone.
        Refus = "refus",
    }
}

enum_code! {
    /// Where a delivery stands.
    pub enum StatutLivraison {
        /// It is tried, or will be tried again.
        EnAttente = "en_attente",
        /// The receiver took it (2xx).
        Livree = "livree",
        /// Given up: it can be replayed.
        Echouee = "echouee",
        /// Held back while its subscription is paused or switched off.
        Retenue = "retenue",
    }
}

enum_code! {
    /// Why an attempt failed.
    pub enum CauseEchec {
        /// The receiver's name is unknown.
        Dns = "dns",
        /// The receiver's name leads to an address that is never called.
        AdresseInterdite = "adresse_interdite",
        /// The receiver does not take the connection, or cuts it.
        Connexion = "connexion",
        /// The receiver does not answer in time.
        Delai = "delai",
        /// The receiver answers with a redirection, which is not followed.
        Redirection = "redirection",
        /// The receiver answers with an error.
        Reponse = "reponse",
    }
}

enum_code! {
    /// Which deliveries are replayed.
    pub enum EtendueRejeu {
        /// Only those that failed.
        Echecs = "echecs",
        /// All of them, even those that were taken.
        Toutes = "toutes",
    }
}

/// Most subscriptions of a company.
pub const ABONNEMENTS_MAX: i64 = 20;
