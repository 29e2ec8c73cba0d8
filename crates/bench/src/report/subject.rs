//! What is measured, and what each is judged by.

use serde::{Deserialize, Serialize};

/// What is measured, each with its reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A page of 50 of the list.
    Liste,
    /// The same of a gestionnaire, over a whole portfolio.
    Portefeuille,
    /// The same, of one dispositif and what starts since a day.
    PortefeuilleFiltre,
    /// One dossier.
    Dossier,
    /// Posting a message.
    Message,
    /// A deposit of 50 KB.
    Depot50Ko,
    /// A deposit of 5 MB.
    Depot5Mo,
    /// A download of 5 MB.
    Telechargement5Mo,
    /// Signing in.
    Connexion,
    /// A token given for a secret.
    Jeton,
    /// One dossier, asked for with a token.
    DossierParJeton,
    /// A page of 50 of the list, asked for with a token.
    ListeParJeton,
    /// A file of 5 MB that comes with the creation of its upload.
    TusAvecCreation,
    /// A file of 5 MB in five parts of an upload.
    TusEnParties,
    /// A message, until the webhook that tells of it has come.
    Webhook,
    /// Webhooks, of messages that each ten subscriptions are told of.
    Eventail,
}

/// What must cost the same on databases of any size.
pub const GROWING: [Subject; 4] =
    [Subject::Liste, Subject::Portefeuille, Subject::PortefeuilleFiltre, Subject::Dossier];

impl Subject {
    /// What it is, in a table.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Liste => "list, page of 50",
            Self::Dossier => "one dossier",
            Self::Message => "post a message",
            Self::Depot50Ko => "deposit of 50 KB",
            Self::Depot5Mo => "deposit of 5 MB",
            Self::Telechargement5Mo => "download of 5 MB",
            Self::Connexion => "sign-in",
            Self::Jeton => "token for a secret",
            Self::DossierParJeton => "one dossier, by token",
            Self::ListeParJeton => "list of 50, by token",
            Self::TusAvecCreation => "tus, 5 MB at once",
            Self::TusEnParties => "tus, 5 parts of 1 MB",
            Self::Webhook => "message to webhook",
            Self::Eventail => "webhooks, 10 a message",
            Self::Portefeuille => "portfolio, page of 50",
            Self::PortefeuilleFiltre => "portfolio, filtered",
        }
    }

    /// What it is compared with.
    pub const fn reference(self, sqlite: bool) -> &'static str {
        match self {
            Self::Liste if sqlite => "bare SQL query",
            Self::Liste => "query through our layer",
            Self::Dossier => "trivial JSON route",
            Self::Message | Self::Depot50Ko | Self::Depot5Mo => "SHA-256 + write + fsync",
            Self::Telechargement5Mo => "nginx, same file",
            Self::Connexion => "argon2id on all cores",
            Self::Jeton => "SHA-256 + Ed25519 on all cores",
            Self::DossierParJeton | Self::ListeParJeton => "the same, by session",
            Self::TusAvecCreation | Self::TusEnParties => "the same file in a form",
            Self::Webhook | Self::Eventail => "the same POST by our client",
            Self::Portefeuille | Self::PortefeuilleFiltre => "the list of a member",
        }
    }

    /// The least ratio to the reference that is aimed at on SQLite.
    pub const fn goal(self) -> Option<f64> {
        match self {
            Self::Liste | Self::Telechargement5Mo => Some(0.4),
            Self::Dossier | Self::Depot50Ko => Some(0.5),
            Self::Depot5Mo => Some(0.7),
            Self::Connexion => Some(0.9),
            Self::Message
            | Self::Jeton
            | Self::DossierParJeton
            | Self::ListeParJeton
            | Self::TusAvecCreation
            | Self::TusEnParties
            | Self::Portefeuille
            | Self::PortefeuilleFiltre
            | Self::Webhook
            | Self::Eventail => None,
        }
    }

    /// What a general data platform with a REST API reached on two such cores, at best, per second.
    pub const fn peer(self) -> Option<f64> {
        match self {
            Self::Liste | Self::Dossier => Some(300.0),
            Self::Depot50Ko => Some(65.0),
            Self::Depot5Mo => Some(26.0),
            Self::Connexion => Some(6.5),
            Self::Message
            | Self::Telechargement5Mo
            | Self::Jeton
            | Self::DossierParJeton
            | Self::ListeParJeton
            | Self::TusAvecCreation
            | Self::TusEnParties
            | Self::Portefeuille
            | Self::PortefeuilleFiltre
            | Self::Webhook
            | Self::Eventail => None,
        }
    }
}
