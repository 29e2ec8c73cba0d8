//! Identifiers: one type per kind of thing, over a UUID version 7.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use uuid::Uuid;

/// The identifier of a `T`. Two kinds of identifier never mix.
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// The identifier held by `uuid`, whatever its version.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The bare UUID, to be written on the wire or in a row.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<T> From<Uuid> for Id<T> {
    fn from(uuid: Uuid) -> Self {
        Self::new(uuid)
    }
}
impl<T> From<Id<T>> for Uuid {
    fn from(id: Id<T>) -> Self {
        id.0
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $alias:ident, $tag:ident;)+) => {
        /// What an identifier points at.
        pub mod sorte {
            $(#[derive(Debug)] pub enum $tag {})+
        }
        $($(#[$doc])* pub type $alias = Id<sorte::$tag>;)+
    };
}

ids! {
    /// A company that contributes to the OPCO.
    AdherentId, Adherent;
    /// A place of business of an adhérent, known by its SIRET.
    EtablissementId, Etablissement;
    /// A person with an account.
    UtilisateurId, Utilisateur;
    /// A signed-in browser.
    SessionId, Session;
    /// A funding request, holding one or several dossiers.
    DemandeId, Demande;
    /// A training dossier.
    DossierId, Dossier;
    /// A trainee's registration in a dossier.
    InscriptionId, Inscription;
    /// A payment of a dossier.
    ReglementId, Reglement;
    /// A category of supporting documents of a dispositif.
    TypePieceId, TypePiece;
    /// A piece asked for by a gestionnaire.
    DemandePieceId, DemandePiece;
    /// One version of a deposited document.
    DocumentId, Document;
    /// A resumable upload.
    TeleversementId, Televersement;
    /// A message of a dossier's thread.
    MessageId, Message;
    /// Something that reached the OPCO and awaits its gestionnaire.
    ArriveeId, Arrivee;
    /// A piece of news published by the OPCO.
    InformationId, Information;
    /// A guide offered for download.
    GuideId, Guide;
    /// A service of the portal.
    ServiceId, Service;
    /// A mail of the outbox.
    CourrielId, Courriel;
    /// An invitation to join a company.
    InvitationId, Invitation;
    /// An API client; its account of `utilisateurs` has the same identifier.
    ClientApiId, ClientApi;
    /// A secret of an API client.
    SecretApiId, SecretApi;
    /// A public key of an API client.
    CleApiId, CleApi;
    /// A piece of background work.
    JobId, Job;
    /// A subscription to webhooks.
    WebhookId, Webhook;
    /// An event on its way to a subscription.
    LivraisonId, Livraison;
    /// One attempt of a delivery.
    EssaiId, Essai;
}
