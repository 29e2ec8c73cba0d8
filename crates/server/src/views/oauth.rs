//! OAuth on the wire.

use api_types::clients_api::SecretClair;
use api_types::oauth as wire;
use app::oauth::{ClePublique, Emission, JetonAcces};
use domain::Scope;
use domain::code::Code as _;

/// A token just given.
pub fn jeton(emission: &Emission) -> wire::Jeton {
    wire::Jeton {
        access_token: SecretClair(emission.jeton.expose().clone()),
        token_type: "Bearer".to_owned(),
        expires_in: emission.secondes,
        scope: emission.scopes.to_string(),
    }
}

/// What a token is worth.
pub fn introspection(jeton: Option<JetonAcces>, emetteur: &str) -> wire::Introspection {
    let Some(jeton) = jeton else { return wire::Introspection::default() };
    let client = jeton.client.to_string();
    wire::Introspection {
        active: true,
        scope: Some(jeton.scopes.to_string()),
        client_id: Some(client.clone()),
        sub: Some(client),
        token_type: Some("Bearer".to_owned()),
        iss: Some(emetteur.to_owned()),
        aud: Some(emetteur.to_owned()),
        jti: Some(jeton.jti.to_string()),
        iat: Some(jeton.emis_le.as_second()),
        exp: Some(jeton.expire_le.as_second()),
    }
}

/// The keys that verify tokens.
pub fn jwks(cles: Vec<ClePublique>) -> wire::Jwks {
    let cle = |c: ClePublique| wire::CleJwk {
        kty: "OKP".to_owned(),
        crv: "Ed25519".to_owned(),
        alg: "EdDSA".to_owned(),
        emploi: "sig".to_owned(),
        kid: c.kid,
        x: c.x,
    };
    wire::Jwks { keys: cles.into_iter().map(cle).collect() }
}

/// The authorization server.
pub fn serveur(url: &str) -> wire::MetadonneesOAuth {
    let preuves = || textes(&["client_secret_basic", "client_secret_post", "private_key_jwt"]);
    wire::MetadonneesOAuth {
        issuer: url.to_owned(),
        token_endpoint: format!("{url}/oauth/token"),
        revocation_endpoint: format!("{url}/oauth/revoke"),
        introspection_endpoint: format!("{url}/oauth/introspect"),
        jwks_uri: format!("{url}/.well-known/jwks.json"),
        scopes_supported: scopes(),
        response_types_supported: Vec::new(),
        grant_types_supported: textes(&["client_credentials"]),
        token_endpoint_auth_methods_supported: preuves(),
        token_endpoint_auth_signing_alg_values_supported: textes(&["ES256", "EdDSA"]),
        revocation_endpoint_auth_methods_supported: preuves(),
        introspection_endpoint_auth_methods_supported: preuves(),
        service_documentation: format!("{url}/docs/api/guide"),
    }
}

/// The protected resource.
pub fn ressource(url: &str) -> wire::MetadonneesRessource {
    wire::MetadonneesRessource {
        resource: url.to_owned(),
        authorization_servers: textes(&[url]),
        scopes_supported: scopes(),
        bearer_methods_supported: textes(&["header"]),
        resource_documentation: format!("{url}/docs/api/guide"),
    }
}

fn scopes() -> Vec<String> {
    Scope::TOUS.iter().map(|s| s.code().to_owned()).collect()
}

fn textes(mots: &[&str]) -> Vec<String> {
    mots.iter().map(|m| (*m).to_owned()).collect()
}
