//! Webhooks: subscriptions, the log of what was sent, and what is sent.

pub use domain::webhook::{CauseEchec, EtatAbonnement, EtendueRejeu, MotifDesactivation, StatutLivraison, WebhookType};
use jiff::Timestamp;
use uuid::Uuid;

use crate::wire;

/// The secret of a subscription: `whsec_` and base 64.
// Its `Debug` says nothing.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^whsec_[A-Za-z0-9+/]{43}=$"))]
#[serde(transparent)]
pub struct SecretWebhook(pub String);

impl std::fmt::Debug for SecretWebhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretWebhook(…)")
    }
}

wire! {
    /// What a subscription is set to.
    #[serde(deny_unknown_fields)]
    pub struct SaisieWebhook {
        /// Where to send: https, on the public internet, any port.
        pub url: String,
        /// What to tell; empty for everything.
        #[serde(default)]
        pub types: Vec<WebhookType>,
        /// Of which établissements; empty for all those that whoever set it last sees.
        #[serde(default)]
        pub etablissements: Vec<Uuid>,
        /// What it is for, 200 characters at most.
        #[serde(default)]
        pub description: String,
    }

    /// A subscription.
    pub struct Webhook {
        /// Its identifier.
        pub id: Uuid,
        /// The validator of its settings, for `If-Match`.
        pub etag: String,
        /// Its company.
        pub adherent_id: Uuid,
        /// Where it is sent.
        pub url: String,
        /// What it tells; empty for everything.
        pub types: Vec<WebhookType>,
        /// Of which établissements; empty for all those that whoever set it last sees.
        pub etablissements: Vec<Uuid>,
        /// What it is for.
        pub description: String,
        /// Where it stands.
        pub etat: EtatAbonnement,
        /// Why it was switched off.
        pub motif: Option<MotifDesactivation>,
        /// Since when it stands there.
        pub etat_le: Timestamp,
        /// The name of the person or of the API client that made it.
        pub cree_par: Option<String>,
        /// When it was made.
        pub cree_le: Timestamp,
        /// When its secret was made.
        pub secret_le: Timestamp,
        /// Until when the previous secret signs too.
        pub secret_precedent_jusqu_a: Option<Timestamp>,
        /// When something was last taken.
        pub dernier_succes_le: Option<Timestamp>,
        /// Since when every attempt fails.
        pub echecs_depuis: Option<Timestamp>,
        /// Deliveries to be tried, or tried again; 1000 stands for more.
        pub en_attente: i64,
        /// Deliveries given up; 1000 stands for more.
        pub echouees: i64,
        /// Deliveries held back; 1000 stands for more.
        pub retenues: i64,
    }

    /// The subscriptions of a company.
    pub struct Webhooks {
        /// The first made first; 20 at most.
        pub elements: Vec<Webhook>,
    }

    /// A subscription that was just made.
    pub struct WebhookCree {
        /// The subscription.
        pub webhook: Webhook,
        /// Its secret, told here and never again.
        pub secret: SecretWebhook,
    }

    /// A change of secret.
    #[serde(deny_unknown_fields)]
    pub struct ChangementSecret {
        /// For how many hours the previous secret signs too, 0 to 168; 24 by default.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 168))]
        pub recouvrement_heures: Option<i64>,
    }

    /// A new secret.
    pub struct NouveauSecret {
        /// It is told here and never again.
        pub secret: SecretWebhook,
        /// Until when the previous secret signs too.
        pub precedent_jusqu_a: Option<Timestamp>,
    }

    /// One attempt.
    pub struct EssaiWebhook {
        /// When.
        pub le: Timestamp,
        /// How long it took, in milliseconds.
        pub duree_ms: i32,
        /// The status answered; `null` without an answer.
        pub statut_http: Option<i32>,
        /// Why it failed; `null` when it did not.
        pub cause: Option<CauseEchec>,
        /// The start of what was answered, 500 characters at most.
        pub reponse: String,
    }

    /// What the test button gave.
    pub struct ResultatEssai {
        /// The delivery, which is in the log.
        pub livraison_id: Uuid,
        /// Its only attempt.
        pub essai: EssaiWebhook,
    }

    /// An event on its way to a subscription.
    pub struct Livraison {
        /// Its identifier.
        pub id: Uuid,
        /// The `webhook-id` of all its attempts and replays.
        pub webhook_id: String,
        /// What it tells.
        #[serde(rename = "type")]
        pub nature: WebhookType,
        /// When that happened.
        pub le: Timestamp,
        /// On which dossier.
        pub dossier_id: Option<Uuid>,
        /// The document, message or piece concerned.
        pub objet_id: Option<Uuid>,
        /// Where it stands.
        pub statut: StatutLivraison,
        /// Attempts made since it was last started.
        pub tentatives: i32,
        /// When it is tried next.
        pub prochaine_le: Option<Timestamp>,
        /// When it was taken or given up.
        pub terminee_le: Option<Timestamp>,
        /// Its last attempt.
        pub dernier_essai: Option<EssaiWebhook>,
    }

    /// A page of the log of a subscription.
    pub struct Livraisons {
        /// The latest first.
        pub elements: Vec<Livraison>,
        /// The cursor of older deliveries, or `null`.
        pub suivant: Option<String>,
    }

    /// A delivery and all its attempts.
    pub struct LivraisonComplete {
        /// The delivery.
        pub livraison: Livraison,
        /// Its attempts, the first first.
        pub essais: Vec<EssaiWebhook>,
    }

    /// The filters of the log.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
    #[serde(deny_unknown_fields)]
    pub struct FiltreLivraisons {
        /// Only the deliveries that stand there.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub statut: Option<StatutLivraison>,
        /// The `suivant` of the previous page.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub curseur: Option<String>,
        /// Page size, 1 to 100; 50 by default.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
        pub limite: Option<u32>,
    }

    /// Which deliveries to replay.
    #[serde(deny_unknown_fields)]
    pub struct Rejeu {
        /// What happened since.
        pub depuis: Timestamp,
        /// Only those that failed, or all.
        pub etendue: EtendueRejeu,
    }

    /// What is replayed.
    pub struct RejeuLance {
        /// How many deliveries.
        pub livraisons: i64,
    }

    /// What a webhook may tell.
    pub struct TypeEvenement {
        /// Its type.
        #[serde(rename = "type")]
        pub nature: WebhookType,
        /// In French.
        pub description: String,
        /// In English.
        pub description_en: String,
    }

    /// What webhooks may tell.
    pub struct TypesEvenements {
        /// The types, in their natural order.
        pub elements: Vec<TypeEvenement>,
    }

    /// The body of a webhook: identifiers and links, to be read through the API.
    #[serde(deny_unknown_fields)]
    pub struct WebhookMessage {
        /// What happened.
        #[serde(rename = "type")]
        pub nature: WebhookType,
        /// When it happened, which is before it is sent.
        pub timestamp: Timestamp,
        /// On what.
        pub data: WebhookDonnees,
    }

    /// What a webhook is about.
    #[serde(deny_unknown_fields)]
    pub struct WebhookDonnees {
        /// The dossier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dossier_id: Option<Uuid>,
        /// The dossier's établissement.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub etablissement_id: Option<Uuid>,
        /// The document, message or category of pieces concerned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub objet_id: Option<Uuid>,
        /// Where to read them.
        pub liens: WebhookLiens,
    }

    /// Addresses of the API; those who may read them alone get an answer.
    #[serde(deny_unknown_fields)]
    pub struct WebhookLiens {
        /// The dossier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub dossier: Option<String>,
        /// Where the object is read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub objet: Option<String>,
    }
}
