//! Access tokens: JWT `at+jwt` (RFC 9068) signed by EdDSA.

use domain::Scopes;
use domain::ids::{ClientApiId, Id};
use domain::secret::Secret;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::cles::Signatures;
use crate::Error;

/// How long an access token lives.
pub const DUREE: SignedDuration = SignedDuration::from_mins(10);
/// The type of our tokens (RFC 9068, section 2.1): no other JWT passes for one.
const TYPE: &str = "at+jwt";
/// Clocks of nodes may differ by this much: one that is late takes the tokens that another just gave.
const ECART: SignedDuration = SignedDuration::from_secs(30);
/// Longest token that is looked at, in bytes.
const LONGUEUR_MAX: usize = 4096;

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JetonRefuse {
    /// Not one of our tokens, or altered.
    #[error("le jeton d’accès n’est pas des nôtres")]
    Invalide,
    /// Past its time, or before it.
    #[error("le jeton d’accès est expiré")]
    Expire,
    /// Revoked by its bearer.
    #[error("le jeton d’accès est révoqué")]
    Revoque,
    /// The client is revoked, expired or unknown.
    #[error("le client API est révoqué ou expiré")]
    Client,
    /// The client may not call from there.
    #[error("le client API ne peut pas appeler depuis cette adresse")]
    Adresse,
}

#[derive(Serialize, Deserialize)]
struct Revendications {
    iss: String,
    aud: String,
    sub: String,
    client_id: String,
    scope: String,
    jti: Uuid,
    iat: i64,
    exp: i64,
}

/// A token whose signature, type, issuer, audience and time are right. It gives no right by
/// itself: the client is read at each request.
#[derive(Debug, Clone)]
pub struct JetonAcces {
    /// The client.
    pub client: ClientApiId,
    /// The scopes asked for; the client may have lost some since.
    pub scopes: Scopes,
    /// The token.
    pub jti: Uuid,
    /// When it was given.
    pub emis_le: Timestamp,
    /// When it ends.
    pub expire_le: Timestamp,
}

/// Signs a token; `emetteur` is both who gives it and whom it is for.
pub(super) fn signer(jeton: &JetonAcces, emetteur: &str, cles: &Signatures) -> Result<Secret<String>, Error> {
    let (kid, cle) = cles.signataire().ok_or_else(|| Error::Interne("aucune clé ne signe".to_owned()))?;
    let mut entete = Header::new(Algorithm::EdDSA);
    entete.typ = Some(TYPE.to_owned());
    entete.kid = Some(kid.to_owned());
    let revendications = Revendications {
        iss: emetteur.to_owned(),
        aud: emetteur.to_owned(),
        sub: jeton.client.to_string(),
        client_id: jeton.client.to_string(),
        scope: jeton.scopes.to_string(),
        jti: jeton.jti,
        iat: jeton.emis_le.as_second(),
        exp: jeton.expire_le.as_second(),
    };
    let signe = jsonwebtoken::encode(&entete, &revendications, cle);
    signe.map(Secret::new).map_err(|e| Error::Interne(format!("signature : {e}")))
}

/// The name of the key that a token says to be signed by, when its header is one that we write:
/// algorithm, type and key, and nothing that would name another key (`jku`, `jwk`, `x5u`…).
pub(crate) fn kid_de(texte: &str) -> Option<String> {
    if texte.len() > LONGUEUR_MAX {
        return None;
    }
    let entete = jsonwebtoken::decode_header(texte).ok()?;
    let mut attendu = Header::new(Algorithm::EdDSA);
    attendu.typ = Some(TYPE.to_owned());
    attendu.kid.clone_from(&entete.kid);
    if entete == attendu { entete.kid } else { None }
}

/// Judges a token by the keys that we know.
pub(crate) fn verifier(
    texte: &str,
    emetteur: &str,
    cles: &Signatures,
    maintenant: Timestamp,
) -> Result<JetonAcces, JetonRefuse> {
    let kid = kid_de(texte).ok_or(JetonRefuse::Invalide)?;
    let cle = cles.publique(&kid).ok_or(JetonRefuse::Invalide)?;
    // Times are judged by our clock, below; issuer and audience too, to the letter.
    let mut regles = Validation::new(Algorithm::EdDSA);
    regles.validate_exp = false;
    regles.validate_aud = false;
    regles.set_required_spec_claims::<&str>(&[]);
    let lu = jsonwebtoken::decode::<Revendications>(texte, cle, &regles).map_err(|_| JetonRefuse::Invalide)?;
    let r = lu.claims;
    let client: Uuid = r.client_id.parse().map_err(|_| JetonRefuse::Invalide)?;
    let instant = |s: i64| Timestamp::from_second(s).map_err(|_| JetonRefuse::Invalide);
    let (emis_le, expire_le) = (instant(r.iat)?, instant(r.exp)?);
    let scopes = Scopes::parse(&r.scope).map_err(|_| JetonRefuse::Invalide)?;
    if r.iss != emetteur || r.aud != emetteur || r.sub != r.client_id || expire_le.duration_since(emis_le) > DUREE {
        return Err(JetonRefuse::Invalide);
    }
    if !cles.signait(&kid, emis_le) {
        return Err(JetonRefuse::Invalide);
    }
    if expire_le <= maintenant || emis_le.duration_since(maintenant) > ECART {
        return Err(JetonRefuse::Expire);
    }
    Ok(JetonAcces { client: Id::new(client), scopes, jti: r.jti, emis_le, expire_le })
}
