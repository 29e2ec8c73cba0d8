//! OAuth 2: tokens, keys and metadata, in the shapes of their RFCs.

use crate::wire;

wire! {
    /// A request for a token (RFC 6749, section 4.4), as a form. The client proves itself in
    /// `Authorization: Basic`, by `client_id` and `client_secret`, or by an assertion.
    pub struct DemandeJeton {
        /// `client_credentials`.
        pub grant_type: Option<String>,
        /// The scopes wanted, separated by spaces; all of the client's by default.
        pub scope: Option<String>,
        /// The client.
        pub client_id: Option<String>,
        /// Its secret.
        #[cfg_attr(feature = "openapi", schema(format = Password))]
        pub client_secret: Option<String>,
        /// `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
        pub client_assertion_type: Option<String>,
        /// What the client's key signed (RFC 7523).
        pub client_assertion: Option<String>,
    }

    /// A token presented by its client, as a form.
    pub struct JetonPresente {
        /// The access token.
        pub token: Option<String>,
        /// `access_token`; ignored.
        pub token_type_hint: Option<String>,
        /// The client.
        pub client_id: Option<String>,
        /// Its secret.
        #[cfg_attr(feature = "openapi", schema(format = Password))]
        pub client_secret: Option<String>,
        /// `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
        pub client_assertion_type: Option<String>,
        /// What the client's key signed (RFC 7523).
        pub client_assertion: Option<String>,
    }

    /// An access token.
    pub struct Jeton {
        /// The token, to be sent as `Authorization: Bearer`.
        pub access_token: crate::clients_api::SecretClair,
        /// `Bearer`.
        pub token_type: String,
        /// How long it lives, in seconds.
        pub expires_in: i64,
        /// Its scopes.
        pub scope: String,
    }

    /// A refusal of OAuth (RFC 6749, section 5.2).
    pub struct ErreurOAuth {
        /// The stable code: `invalid_request`, `invalid_client`, `unsupported_grant_type`, `invalid_scope`.
        pub error: String,
        /// What is wrong, in French.
        pub error_description: String,
    }

    /// What a token is worth (RFC 7662).
    #[derive(Default)]
    pub struct Introspection {
        /// Whether it opens anything; the rest is there only then.
        pub active: bool,
        /// Its scopes.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub scope: Option<String>,
        /// Its client.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub client_id: Option<String>,
        /// Its client again.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub sub: Option<String>,
        /// `Bearer`.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub token_type: Option<String>,
        /// Who gave it.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub iss: Option<String>,
        /// For whom.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub aud: Option<String>,
        /// The token's own identifier.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub jti: Option<String>,
        /// When it was given, in seconds since 1970.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub iat: Option<i64>,
        /// When it ends, in seconds since 1970.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pub exp: Option<i64>,
    }

    /// A public key (RFC 7517, RFC 8037).
    pub struct CleJwk {
        /// `OKP`.
        pub kty: String,
        /// `Ed25519`.
        pub crv: String,
        /// `EdDSA`.
        pub alg: String,
        /// `sig`.
        #[serde(rename = "use")]
        pub emploi: String,
        /// Its name in tokens.
        pub kid: String,
        /// The key.
        pub x: String,
    }

    /// The keys that verify our tokens (RFC 7517).
    pub struct Jwks {
        /// The keys, the latest first.
        pub keys: Vec<CleJwk>,
    }

    /// The authorization server (RFC 8414).
    pub struct MetadonneesOAuth {
        /// Who gives tokens.
        pub issuer: String,
        /// Where they are asked for.
        pub token_endpoint: String,
        /// Where they are revoked.
        pub revocation_endpoint: String,
        /// Where they are looked into.
        pub introspection_endpoint: String,
        /// Where the keys are.
        pub jwks_uri: String,
        /// Every scope.
        pub scopes_supported: Vec<String>,
        /// None: there is no authorization endpoint.
        pub response_types_supported: Vec<String>,
        /// `client_credentials`.
        pub grant_types_supported: Vec<String>,
        /// How clients prove themselves.
        pub token_endpoint_auth_methods_supported: Vec<String>,
        /// By which algorithms they sign.
        pub token_endpoint_auth_signing_alg_values_supported: Vec<String>,
        /// The same, to revoke.
        pub revocation_endpoint_auth_methods_supported: Vec<String>,
        /// The same, to look into.
        pub introspection_endpoint_auth_methods_supported: Vec<String>,
        /// The documentation.
        pub service_documentation: String,
    }

    /// The protected resource (RFC 9728): this API.
    pub struct MetadonneesRessource {
        /// The API: the audience of its tokens.
        pub resource: String,
        /// Who gives its tokens.
        pub authorization_servers: Vec<String>,
        /// Every scope.
        pub scopes_supported: Vec<String>,
        /// `header`.
        pub bearer_methods_supported: Vec<String>,
        /// The documentation.
        pub resource_documentation: String,
    }
}
