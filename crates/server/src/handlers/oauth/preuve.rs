//! How a client proves itself: one way, and one only (RFC 6749, section 2.3).

use actix_web::HttpRequest;
use actix_web::http::header;
use api_types::oauth::{DemandeJeton, JetonPresente};
use app::oauth::{Appel, Preuve, RefusOAuth};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::secret::Secret;

use crate::extract::adresse;

/// The type of the only assertion that is taken (RFC 7523, section 2.2).
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What a form says of its client.
pub(super) struct Identifiants {
    client: Option<String>,
    secret: Option<String>,
    assertion_type: Option<String>,
    assertion: Option<String>,
}

impl From<&DemandeJeton> for Identifiants {
    fn from(form: &DemandeJeton) -> Self {
        Self {
            client: form.client_id.clone(),
            secret: form.client_secret.clone(),
            assertion_type: form.client_assertion_type.clone(),
            assertion: form.client_assertion.clone(),
        }
    }
}

impl From<&JetonPresente> for Identifiants {
    fn from(form: &JetonPresente) -> Self {
        Self {
            client: form.client_id.clone(),
            secret: form.client_secret.clone(),
            assertion_type: form.client_assertion_type.clone(),
            assertion: form.client_assertion.clone(),
        }
    }
}

/// The call of a client, with its proof.
pub(super) fn appel(req: &HttpRequest, form: impl Into<Identifiants>) -> Result<Appel, RefusOAuth> {
    let i = form.into();
    let basic = basic(req)?;
    let preuve = match (basic, i.secret, i.assertion) {
        (Some((client, secret)), None, None) => {
            if i.client.is_some_and(|c| c != client) {
                return Err(RefusOAuth::Requete("client_id n’est pas celui de l’en-tête Authorization."));
            }
            Preuve::Secret { client, secret }
        }
        (None, Some(secret), None) => {
            let client = i.client.ok_or(RefusOAuth::Requete("client_id manque."))?;
            Preuve::Secret { client, secret: Secret::new(secret) }
        }
        (None, None, Some(assertion)) => {
            if i.assertion_type.as_deref() != Some(ASSERTION) {
                return Err(RefusOAuth::Requete("client_assertion_type n’est pas celui d’un JWT."));
            }
            Preuve::Assertion(Secret::new(assertion))
        }
        (None, None, None) => return Err(RefusOAuth::Client),
        _ => return Err(RefusOAuth::Requete("Une seule preuve d’identité à la fois.")),
    };
    Ok(Appel { preuve, adresse: adresse::client(req) })
}

fn basic(req: &HttpRequest) -> Result<Option<(String, Secret<String>)>, RefusOAuth> {
    let Some(entete) = req.headers().get(header::AUTHORIZATION) else { return Ok(None) };
    let lu = entete.to_str().ok().and_then(|texte| {
        let (schema, valeur) = texte.split_once(' ')?;
        let octets = STANDARD.decode(valeur.trim()).ok().filter(|_| schema.eq_ignore_ascii_case("basic"))?;
        let texte = String::from_utf8(octets).ok()?;
        let (client, secret) = texte.split_once(':')?;
        Some((client.to_owned(), Secret::new(secret.to_owned())))
    });
    lu.map(Some).ok_or(RefusOAuth::Client)
}
