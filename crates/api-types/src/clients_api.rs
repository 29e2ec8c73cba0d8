//! API clients of a company, their secrets, keys and use.

use domain::Scope;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::wire;

/// A secret, told once; its `Debug` says nothing.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Password))]
#[serde(transparent)]
pub struct SecretClair(pub String);

impl std::fmt::Debug for SecretClair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretClair(…)")
    }
}

wire! {
    /// What an API client is to be.
    #[serde(deny_unknown_fields)]
    pub struct ReglageClientApi {
        /// Its name, 80 characters at most.
        pub nom: String,
        /// The software that uses it.
        pub logiciel: String,
        /// What it may do.
        pub scopes: Vec<Scope>,
        /// Where: établissements of which the caller is administrateur.
        pub etablissements: Vec<Uuid>,
        /// When it ends; `null` for no end.
        #[serde(default)]
        pub expire_le: Option<Timestamp>,
        /// The addresses or networks that it may call from, such as `192.0.2.0/24`; none is anywhere.
        #[serde(default)]
        pub adresses: Vec<String>,
    }

    /// An établissement of an API client.
    pub struct EtablissementClientApi {
        /// The établissement.
        pub id: Uuid,
        /// Its SIRET.
        pub siret: String,
        /// Its name.
        pub nom: String,
    }

    /// An API client, as a list shows it.
    pub struct ClientApiResume {
        /// Its identifier, which is its `client_id`.
        pub id: Uuid,
        /// Its company.
        pub adherent_id: Uuid,
        /// Its name.
        pub nom: String,
        /// The software that uses it.
        pub logiciel: String,
        /// What it may do.
        pub scopes: Vec<Scope>,
        /// Where.
        pub etablissements: Vec<EtablissementClientApi>,
        /// When it ends.
        pub expire_le: Option<Timestamp>,
        /// When it was made.
        pub cree_le: Timestamp,
        /// By whom.
        pub cree_par: String,
        /// When it was revoked.
        pub revoque_le: Option<Timestamp>,
        /// Its last call of late.
        pub dernier_appel_le: Option<Timestamp>,
        /// Calls of the last days.
        pub appels: i64,
        /// Of them, those answered by an error.
        pub erreurs: i64,
    }

    /// A page of API clients.
    pub struct ClientsApi {
        /// The clients, the latest first.
        pub elements: Vec<ClientApiResume>,
        /// Where the next page starts.
        pub suivant: Option<String>,
    }

    /// A page of API clients to read.
    #[derive(Default)]
    #[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
    #[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
    pub struct PageClientsApi {
        /// Where the page starts, as the former one said.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub curseur: Option<String>,
        /// Page size, 50 by default.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub limite: Option<u32>,
    }

    /// A secret, as it may be recognised.
    pub struct SecretApi {
        /// The secret.
        pub id: Uuid,
        /// How it starts.
        pub prefixe: String,
        /// How it ends.
        pub fin: String,
        /// When it was made.
        pub cree_le: Timestamp,
        /// When it ends; `null` as long as the client lives.
        pub expire_le: Option<Timestamp>,
    }

    /// A public key by which a client proves itself (`private_key_jwt`).
    pub struct CleApi {
        /// The key.
        pub id: Uuid,
        /// Its name in assertions.
        pub kid: String,
        /// Its algorithm: `ES256` or `EdDSA`.
        pub alg: String,
        /// When it was given.
        pub cree_le: Timestamp,
    }

    /// The calls of a client on one day of Paris.
    pub struct UsageApi {
        /// The day.
        pub jour: Date,
        /// Calls.
        pub appels: i64,
        /// Of them, those answered 4xx.
        pub erreurs_client: i64,
        /// Of them, those answered 5xx.
        pub erreurs_serveur: i64,
        /// The last call.
        pub dernier_appel_le: Timestamp,
        /// From where it came.
        pub derniere_adresse: String,
    }

    /// What came from an address in the name of an API client.
    pub struct AdresseVue {
        /// The address; `null` for those beyond the first twenty of a day, told together.
        pub adresse: Option<String>,
        /// Calls.
        pub appels: i64,
        /// Proofs refused: a wrong secret or signature, or an address that it may not call from.
        pub preuves_refusees: i64,
        /// The last call, or the last refusal.
        pub derniere_fois_le: Timestamp,
    }

    /// An API client and all that its page shows.
    pub struct ClientApi {
        /// The client, and its calls of the last thirty days on which it called.
        pub client: ClientApiResume,
        /// The validator of its settings, for `If-Match`.
        pub etag: String,
        /// The addresses or networks that it may call from; none is anywhere.
        pub adresses: Vec<String>,
        /// Its living secrets, the latest first.
        pub secrets: Vec<SecretApi>,
        /// Its public keys.
        pub cles: Vec<CleApi>,
        /// Its calls by day, the latest first.
        pub usage: Vec<UsageApi>,
        /// From where it was called, or somebody tried in its name, in the last thirty days; the latest first.
        pub adresses_vues: Vec<AdresseVue>,
        /// Whether the reader may change it.
        pub peut_gerer: bool,
    }

    /// A client just made, or given another secret. The secret is told here and nowhere else.
    pub struct ClientApiSecret {
        /// The client.
        pub client: ClientApi,
        /// Its new secret.
        pub secret: SecretClair,
    }

    /// Another secret for a client.
    #[serde(deny_unknown_fields)]
    pub struct RotationSecret {
        /// How long the former secret lives on, in hours: 0 ends it at once, 720 at most.
        pub chevauchement_heures: u32,
    }

    /// A public key to be given to a client.
    #[serde(deny_unknown_fields)]
    pub struct NouvelleCleApi {
        /// The key as a JWK (RFC 7517): EC P-256 or OKP Ed25519, without its private part.
        #[cfg_attr(feature = "openapi", schema(value_type = Object))]
        pub jwk: serde_json::Value,
    }
}
