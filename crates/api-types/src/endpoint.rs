//! The operations of the API: each written once, used by the page and by the tests.

use uuid::Uuid;

use crate::{
    clients_api as ca, comptes as c, documents as doc, dossiers as d, lots as l, membres as mb, messages as m,
    oauth as o, portail as p, televersements as tus, travail as t, webhooks as w,
};

/// The method of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates or acts.
    Post,
    /// Sets.
    Put,
    /// Removes.
    Delete,
    /// Adds bytes.
    Patch,
    /// Reads headers alone.
    Head,
    /// Tells what may be asked.
    Options,
}

impl Method {
    /// The method's name in HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Patch => "PATCH",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
        }
    }
}

/// An operation of the API.
///
/// A value of the type holds what its path and query need; its body goes beside it.
pub trait Endpoint {
    /// Its method.
    const METHOD: Method;
    /// Its path with named parameters, as in the OpenAPI document.
    const TEMPLATE: &'static str;
    /// Its `operationId` in the OpenAPI document.
    const OPERATION: &'static str;
    /// The body sent: `()` for none or for a multipart form or a file.
    type Body;
    /// The body received: `()` for none or for bytes.
    type Response;
    /// The path to call, query included.
    fn path(&self) -> String;
}

/// The method, template and `operationId` of every operation.
pub fn operations() -> &'static [(Method, &'static str, &'static str)] {
    OPERATIONS
}

macro_rules! endpoints {
    ($($(#[$doc:meta])* $name:ident $({ $($field:ident : $fty:ty),+ })? $(? $query:ty)? = $method:ident $template:literal, $op:literal, $body:ty => $response:ty;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq)]
            pub struct $name {
                $($(
                    /// A parameter of the path.
                    pub $field: $fty,
                )+)?
                $(
                    /// The query.
                    pub query: $query,
                )?
            }
            impl Endpoint for $name {
                const METHOD: Method = Method::$method;
                const TEMPLATE: &'static str = $template;
                const OPERATION: &'static str = $op;
                type Body = $body;
                type Response = $response;
                fn path(&self) -> String {
                    #[allow(unused_mut, clippy::allow_attributes, reason = "paths without parameters change nothing")]
                    let mut path = String::from($template);
                    $($(path = path.replace(concat!("{", stringify!($field), "}"), &self.$field.to_string());)+)?
                    $(
                        let query: &$query = &self.query;
                        let texte = query_string(query);
                        if !texte.is_empty() {
                            path.push('?');
                            path.push_str(&texte);
                        }
                    )?
                    path
                }
            }
        )+
        const OPERATIONS: &[(Method, &str, &str)] = &[$((Method::$method, $template, $op)),+];
    };
}
pub(crate) use endpoints;

endpoints! {
    /// What the page needs before anybody signs in.
    LireConfiguration = Get "/api/v1/configuration", "lire_configuration", () => p::Configuration;

    /// Ask for an account.
    CreerCompte = Post "/api/v1/comptes", "creer_compte", c::CreationCompte => ();
    /// Confirm the address of an account.
    ConfirmerCompte = Post "/api/v1/comptes/confirmation", "confirmer_compte", c::Confirmation => ();
    /// Sign in.
    OuvrirSession = Post "/api/v1/session", "ouvrir_session", c::Connexion => c::Moi;
    /// Who am I.
    LireSession = Get "/api/v1/session", "lire_session", () => c::Moi;
    /// Sign out.
    FermerSession = Delete "/api/v1/session", "fermer_session", () => ();
    /// My open sessions.
    ListerSessions = Get "/api/v1/moi/sessions", "lister_sessions", () => c::Sessions;
    /// End one of my sessions.
    TerminerSession { session_id: Uuid } = Delete "/api/v1/moi/sessions/{session_id}", "terminer_session", () => ();
    /// End all my other sessions.
    TerminerAutresSessions = Delete "/api/v1/moi/sessions", "terminer_autres_sessions", () => ();
    /// Change my password.
    ChangerMotDePasse = Put "/api/v1/moi/mot-de-passe", "changer_mot_de_passe", c::ChangementMotDePasse => ();
    /// Correct my name.
    CorrigerIdentite = Put "/api/v1/moi/identite", "corriger_identite", c::Identite => ();
    /// I forgot my password.
    OublierMotDePasse = Post "/api/v1/mots-de-passe/oubli", "oublier_mot_de_passe", c::OubliMotDePasse => ();
    /// Set a new password by the link received.
    ReinitialiserMotDePasse = Post "/api/v1/mots-de-passe/reinitialisation", "reinitialiser_mot_de_passe", c::Reinitialisation => ();
    /// Ask to join an établissement, with an account.
    DemanderRattachement = Post "/api/v1/moi/rattachements", "demander_rattachement", mb::DemandeRattachement => ();
    /// What an invitation offers.
    LireInvitation = Post "/api/v1/comptes/invitation/lecture", "lire_invitation", mb::JetonInvitation => mb::InvitationRecue;
    /// Accept an invitation.
    AccepterInvitation = Post "/api/v1/comptes/invitation", "accepter_invitation", mb::AcceptationInvitation => ();
    /// Judge a password while it is typed.
    EvaluerMotDePasse = Post "/api/v1/mots-de-passe/evaluation", "evaluer_mot_de_passe", c::EvaluationMotDePasse => c::ForceMotDePasse;

    /// The portal's home.
    LirePortail = Get "/api/v1/portail", "lire_portail", () => p::Portail;
    /// A service's page.
    LireService { service_id: Uuid } = Get "/api/v1/services/{service_id}", "lire_service", () => p::Service;
    /// Choose my favourite tools.
    ChoisirFavoris = Put "/api/v1/moi/favoris", "choisir_favoris", p::Favoris => p::Favoris;
    /// eGestion's home.
    LireAccueil = Get "/api/v1/accueil", "lire_accueil", () => p::Accueil;
    /// The guides.
    ListerGuides = Get "/api/v1/guides", "lister_guides", () => p::Guides;
    /// A guide's file.
    TelechargerGuide { guide_id: Uuid } = Get "/api/v1/guides/{guide_id}/fichier", "telecharger_guide", () => ();

    /// The dispositifs.
    ListerDispositifs = Get "/api/v1/dispositifs", "lister_dispositifs", () => d::Dispositifs;
    /// The list of dossiers.
    ListerDossiers ? d::FiltreDossiers = Get "/api/v1/dossiers", "lister_dossiers", () => d::PageDossiers;
    /// A dossier.
    LireDossier { dossier_id: Uuid } = Get "/api/v1/dossiers/{dossier_id}", "lire_dossier", () => d::Dossier;
    /// Give it the name that it has in one's own software.
    ReferencerDossier { dossier_id: Uuid } = Put "/api/v1/dossiers/{dossier_id}/reference-externe", "referencer_dossier", d::Reference => d::Reference;
    /// Its registrations.
    ListerInscriptions { dossier_id: Uuid } = Get "/api/v1/dossiers/{dossier_id}/inscriptions", "lister_inscriptions", () => d::Inscriptions;
    /// Its payments.
    ListerReglements { dossier_id: Uuid } = Get "/api/v1/dossiers/{dossier_id}/reglements", "lister_reglements", () => d::Reglements;
    /// « Mes documents »: its categories of pieces and what fills them.
    ListerPieces { dossier_id: Uuid } = Get "/api/v1/dossiers/{dossier_id}/pieces", "lister_pieces", () => doc::Pieces;
    /// « Documents Constructys ».
    ListerDocumentsOpco { dossier_id: Uuid } = Get "/api/v1/dossiers/{dossier_id}/documents-opco", "lister_documents_opco", () => doc::Documents;
    /// Deposit under « Mes documents » (multipart).
    DeposerDocument { dossier_id: Uuid } = Post "/api/v1/dossiers/{dossier_id}/documents", "deposer_document", () => doc::Document;
    /// Deposit under « Documents Constructys » (multipart).
    DeposerDocumentOpco { dossier_id: Uuid } = Post "/api/v1/dossiers/{dossier_id}/documents-opco", "deposer_document_opco", () => doc::Document;
    /// All documents of a dossier as one ZIP.
    TelechargerDocuments { dossier_id: Uuid } = Get "/api/v1/dossiers/{dossier_id}/documents.zip", "telecharger_documents", () => ();
    /// Ask the member for a piece.
    DemanderPiece { dossier_id: Uuid } = Post "/api/v1/dossiers/{dossier_id}/demandes-piece", "demander_piece", doc::DemandePiece => ();
    /// Change the request for a piece.
    ModifierDemandePiece { dossier_id: Uuid, piece_id: Uuid } = Put "/api/v1/dossiers/{dossier_id}/demandes-piece/{piece_id}", "modifier_demande_piece", doc::ModificationDemande => doc::PieceDemandee;
    /// Withdraw the request for a piece.
    RetirerDemandePiece { dossier_id: Uuid, piece_id: Uuid } = Delete "/api/v1/dossiers/{dossier_id}/demandes-piece/{piece_id}", "retirer_demande_piece", () => ();
    /// Mark what arrived on a dossier as treated.
    TraiterDossier { dossier_id: Uuid } ? t::Traitement = Post "/api/v1/dossiers/{dossier_id}/traitement", "traiter_dossier", () => ();

    /// A document's card.
    LireDocument { document_id: Uuid } = Get "/api/v1/documents/{document_id}", "lire_document", () => doc::Document;
    /// A document's bytes, whole or by Range.
    TelechargerDocument { document_id: Uuid } = Get "/api/v1/documents/{document_id}/fichier", "telecharger_document", () => ();
    /// A document's bytes, to be shown in the page.
    ApercuDocument { document_id: Uuid } = Get "/api/v1/documents/{document_id}/apercu", "apercu_document", () => ();
    /// The receipt of a deposit (PDF).
    TelechargerRecu { document_id: Uuid } = Get "/api/v1/documents/{document_id}/recu", "telecharger_recu", () => ();
    /// Take a document back during the undo window.
    AnnulerDepot { document_id: Uuid } = Delete "/api/v1/documents/{document_id}", "annuler_depot", () => ();
    /// Replace a document by a new version (multipart).
    RemplacerDocument { document_id: Uuid } = Post "/api/v1/documents/{document_id}/versions", "remplacer_document", () => doc::Document;
    /// A document's versions, the latest first.
    ListerVersions { document_id: Uuid } = Get "/api/v1/documents/{document_id}/versions", "lister_versions", () => doc::Documents;
    /// Judge a document.
    ExaminerDocument { document_id: Uuid } = Put "/api/v1/documents/{document_id}/examen", "examiner_document", doc::Examen => doc::Document;

    /// What the resumable uploads of this server can do (tus).
    DecrireTeleversements = Options "/api/v1/televersements", "decrire_televersements", () => ();
    /// The caller's uploads that are not ended.
    ListerTeleversements ? tus::FiltreTeleversements = Get "/api/v1/televersements", "lister_televersements", () => tus::Televersements;
    /// Open a resumable upload towards a dossier (tus).
    CreerTeleversement { dossier_id: Uuid } = Post "/api/v1/dossiers/{dossier_id}/televersements", "creer_televersement", () => tus::Televersement;
    /// Where an upload stands, in headers (tus).
    SuivreTeleversement { televersement_id: Uuid } = Head "/api/v1/televersements/{televersement_id}", "suivre_televersement", () => ();
    /// Send more bytes of an upload (tus).
    PoursuivreTeleversement { televersement_id: Uuid } = Patch "/api/v1/televersements/{televersement_id}", "poursuivre_televersement", () => ();
    /// Forget an upload (tus).
    AbandonnerTeleversement { televersement_id: Uuid } = Delete "/api/v1/televersements/{televersement_id}", "abandonner_televersement", () => ();
    /// Where an upload stands, and the document that it became.
    LireTeleversement { televersement_id: Uuid } = Get "/api/v1/televersements/{televersement_id}", "lire_televersement", () => tus::Televersement;
    /// Deposit the document of a complete upload, after a refusal that was lifted.
    DeposerTeleversement { televersement_id: Uuid } = Post "/api/v1/televersements/{televersement_id}/depot", "deposer_televersement", tus::DepotTeleversement => doc::Document;

    /// The thread of a dossier.
    LireFil { dossier_id: Uuid } ? m::PageFil = Get "/api/v1/dossiers/{dossier_id}/messages", "lire_fil", () => m::Fil;
    /// Write a message (multipart).
    EnvoyerMessage { dossier_id: Uuid } = Post "/api/v1/dossiers/{dossier_id}/messages", "envoyer_message", () => m::Message;
    /// Set a message read or unread.
    MarquerMessage { message_id: Uuid } = Put "/api/v1/messages/{message_id}/lecture", "marquer_message", m::EtatLecture => ();
    /// The inbox.
    ListerMessages ? m::FiltreMessages = Get "/api/v1/messages", "lister_messages", () => m::Boite;

    /// Many small acts in one request, each with a result of its own.
    ExecuterLot = Post "/api/v1/lots", "executer_lot", l::Lot => l::ResultatsLot;

    /// The gestionnaire's worklist.
    LireTravail ? t::PageTravail = Get "/api/v1/travail", "lire_travail", () => t::Travail;
    /// The live stream of events (`text/event-stream`).
    SuivreEvenements = Get "/api/v1/evenements", "suivre_evenements", () => ();

    /// What webhooks may tell.
    ListerTypesEvenements = Get "/api/v1/types-evenements", "lister_types_evenements", () => w::TypesEvenements;
    /// The webhook subscriptions of a company.
    ListerWebhooks { adherent_id: Uuid } = Get "/api/v1/adherents/{adherent_id}/webhooks", "lister_webhooks", () => w::Webhooks;
    /// Make a subscription.
    CreerWebhook { adherent_id: Uuid } = Post "/api/v1/adherents/{adherent_id}/webhooks", "creer_webhook", w::SaisieWebhook => w::WebhookCree;
    /// A subscription.
    LireWebhook { webhook_id: Uuid } = Get "/api/v1/webhooks/{webhook_id}", "lire_webhook", () => w::Webhook;
    /// Set a subscription anew.
    ModifierWebhook { webhook_id: Uuid } = Put "/api/v1/webhooks/{webhook_id}", "modifier_webhook", w::SaisieWebhook => w::Webhook;
    /// Remove a subscription.
    SupprimerWebhook { webhook_id: Uuid } = Delete "/api/v1/webhooks/{webhook_id}", "supprimer_webhook", () => ();
    /// Give a subscription a new secret.
    ChangerSecretWebhook { webhook_id: Uuid } = Post "/api/v1/webhooks/{webhook_id}/secret", "changer_secret_webhook", w::ChangementSecret => w::NouveauSecret;
    /// Pause a subscription.
    SuspendreWebhook { webhook_id: Uuid } = Post "/api/v1/webhooks/{webhook_id}/suspension", "suspendre_webhook", () => ();
    /// Resume a subscription.
    ReprendreWebhook { webhook_id: Uuid } = Post "/api/v1/webhooks/{webhook_id}/reprise", "reprendre_webhook", () => ();
    /// Send a test.
    EssayerWebhook { webhook_id: Uuid } = Post "/api/v1/webhooks/{webhook_id}/essai", "essayer_webhook", () => w::ResultatEssai;
    /// The log of a subscription.
    ListerLivraisons { webhook_id: Uuid } ? w::FiltreLivraisons = Get "/api/v1/webhooks/{webhook_id}/livraisons", "lister_livraisons", () => w::Livraisons;
    /// A delivery and its attempts.
    LireLivraison { webhook_id: Uuid, livraison_id: Uuid } = Get "/api/v1/webhooks/{webhook_id}/livraisons/{livraison_id}", "lire_livraison", () => w::LivraisonComplete;
    /// Replay a delivery.
    RejouerLivraison { webhook_id: Uuid, livraison_id: Uuid } = Post "/api/v1/webhooks/{webhook_id}/livraisons/{livraison_id}/rejeu", "rejouer_livraison", () => ();
    /// Replay the deliveries of what happened since a date.
    RejouerLivraisons { webhook_id: Uuid } = Post "/api/v1/webhooks/{webhook_id}/rejeu", "rejouer_livraisons", w::Rejeu => w::RejeuLance;

    /// The members of a company.
    ListerMembres { adherent_id: Uuid } ? mb::PageMembres = Get "/api/v1/adherents/{adherent_id}/membres", "lister_membres", () => mb::Membres;
    /// A member of a company.
    LireMembre { adherent_id: Uuid, membre_id: Uuid } = Get "/api/v1/adherents/{adherent_id}/membres/{membre_id}", "lire_membre", () => mb::Membre;
    /// Set what a member may do.
    ReglerMembre { adherent_id: Uuid, membre_id: Uuid } = Put "/api/v1/adherents/{adherent_id}/membres/{membre_id}", "regler_membre", mb::ReglageMembre => mb::Membre;
    /// The invitations of a company.
    ListerInvitations { adherent_id: Uuid } ? mb::PageMembres = Get "/api/v1/adherents/{adherent_id}/invitations", "lister_invitations", () => mb::Invitations;
    /// Invite somebody.
    InviterMembre { adherent_id: Uuid } = Post "/api/v1/adherents/{adherent_id}/invitations", "inviter_membre", mb::NouvelleInvitation => mb::Invitation;
    /// Withdraw an invitation.
    RetirerInvitation { invitation_id: Uuid } = Delete "/api/v1/invitations/{invitation_id}", "retirer_invitation", () => ();

    /// The API clients of a company.
    ListerClientsApi { adherent_id: Uuid } ? ca::PageClientsApi = Get "/api/v1/adherents/{adherent_id}/clients-api", "lister_clients_api", () => ca::ClientsApi;
    /// Make an API client.
    CreerClientApi { adherent_id: Uuid } = Post "/api/v1/adherents/{adherent_id}/clients-api", "creer_client_api", ca::ReglageClientApi => ca::ClientApiSecret;
    /// An API client, its secrets, keys and use.
    LireClientApi { client_id: Uuid } = Get "/api/v1/clients-api/{client_id}", "lire_client_api", () => ca::ClientApi;
    /// Change an API client.
    ModifierClientApi { client_id: Uuid } = Put "/api/v1/clients-api/{client_id}", "modifier_client_api", ca::ReglageClientApi => ca::ClientApi;
    /// Revoke an API client.
    RevoquerClientApi { client_id: Uuid } = Delete "/api/v1/clients-api/{client_id}", "revoquer_client_api", () => ();
    /// Give an API client another secret.
    RenouvelerSecretApi { client_id: Uuid } = Post "/api/v1/clients-api/{client_id}/secrets", "renouveler_secret_api", ca::RotationSecret => ca::ClientApiSecret;
    /// End a secret.
    TerminerSecretApi { client_id: Uuid, secret_id: Uuid } = Delete "/api/v1/clients-api/{client_id}/secrets/{secret_id}", "terminer_secret_api", () => ();
    /// Give an API client a public key.
    AjouterCleApi { client_id: Uuid } = Post "/api/v1/clients-api/{client_id}/cles", "ajouter_cle_api", ca::NouvelleCleApi => ca::ClientApi;
    /// Take a public key away.
    RetirerCleApi { client_id: Uuid, cle_id: Uuid } = Delete "/api/v1/clients-api/{client_id}/cles/{cle_id}", "retirer_cle_api", () => ();

    /// A token for an API client (form).
    EmettreJeton = Post "/oauth/token", "emettre_jeton", () => o::Jeton;
    /// Revoke a token (form).
    RevoquerJeton = Post "/oauth/revoke", "revoquer_jeton", () => ();
    /// What a token is worth (form).
    IntrospecterJeton = Post "/oauth/introspect", "introspecter_jeton", () => o::Introspection;
    /// The keys that verify tokens.
    LireJwks = Get "/.well-known/jwks.json", "lire_jwks", () => o::Jwks;
    /// The metadata of the authorization server.
    LireMetadonneesOauth = Get "/.well-known/oauth-authorization-server", "lire_metadonnees_oauth", () => o::MetadonneesOAuth;
    /// The metadata of this API as a protected resource.
    LireMetadonneesRessource = Get "/.well-known/oauth-protected-resource", "lire_metadonnees_ressource", () => o::MetadonneesRessource;
}

/// The query string of a flat structure: names and values percent-encoded, absent values left out.
fn query_string<Q: serde::Serialize>(query: &Q) -> String {
    let Ok(serde_json::Value::Object(champs)) = serde_json::to_value(query) else { return String::new() };
    let mut paires: Vec<String> = Vec::new();
    for (nom, valeur) in champs {
        let texte = match valeur {
            serde_json::Value::String(s) => s,
            serde_json::Value::Null => continue,
            autre => autre.to_string(),
        };
        paires.push(format!("{nom}={}", percent(&texte)));
    }
    paires.join("&")
}

fn percent(texte: &str) -> String {
    use std::fmt::Write;
    let mut s = String::with_capacity(texte.len());
    for b in texte.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
            s.push(char::from(b));
        } else {
            let _ = write!(s, "%{b:02X}");
        }
    }
    s
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, ListerDossiers, ListerSessions, TerminerSession};
    use crate::dossiers::FiltreDossiers;

    #[test]
    fn paths_hold_their_parameters_and_query() {
        assert_eq!(ListerSessions {}.path(), "/api/v1/moi/sessions");
        assert_eq!(
            TerminerSession { session_id: uuid::Uuid::nil() }.path(),
            "/api/v1/moi/sessions/00000000-0000-0000-0000-000000000000"
        );
        let query =
            FiltreDossiers { dispositif: Some("C PRO".into()), attendus: Some(true), ..FiltreDossiers::default() };
        assert_eq!(ListerDossiers { query }.path(), "/api/v1/dossiers?attendus=true&dispositif=C%20PRO");
    }
}
