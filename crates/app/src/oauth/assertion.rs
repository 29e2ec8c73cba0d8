//! `private_key_jwt` (RFC 7523): a client signs by a key of which we hold the public part.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::{ClientApiId, Id};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{App, Error};

/// An assertion lives no longer than this.
const VIE_MAX: SignedDuration = SignedDuration::from_mins(5);
/// Clocks may differ by this much.
const ECART: SignedDuration = SignedDuration::from_secs(30);
/// Longest assertion that is looked at, in bytes.
const LONGUEUR_MAX: usize = 8192;

/// Why a public key is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CleRefusee {
    /// A private or symmetric key: it must not leave its owner.
    #[error(
        "Cette clé contient une partie secrète. Envoyez la partie publique seule, et changez de clé : celle-ci a circulé."
    )]
    Privee,
    /// Of another kind.
    #[error("La clé doit être un JWK public : EC P-256 (ES256) ou OKP Ed25519 (EdDSA).")]
    Forme,
}

/// The name, the algorithm and the bare members of a public key.
pub(crate) fn normaliser(jwk: &Value) -> Result<(String, &'static str, String), CleRefusee> {
    if ["d", "p", "q", "k"].iter().any(|membre| jwk.get(membre).is_some()) {
        return Err(CleRefusee::Privee);
    }
    let membre = |nom: &str| jwk.get(nom).and_then(Value::as_str).ok_or(CleRefusee::Forme);
    let (alg, nu) = match (membre("kty")?, membre("crv")?) {
        ("EC", "P-256") => (
            "ES256",
            json!({ "kty": "EC", "crv": "P-256", "x": octets32(membre("x")?)?, "y": octets32(membre("y")?)? }),
        ),
        ("OKP", "Ed25519") => ("EdDSA", json!({ "kty": "OKP", "crv": "Ed25519", "x": octets32(membre("x")?)? })),
        _ => return Err(CleRefusee::Forme),
    };
    if jwk.get("alg").is_some_and(|a| a.as_str() != Some(alg)) {
        return Err(CleRefusee::Forme);
    }
    let lu: Jwk = serde_json::from_value(nu.clone()).map_err(|_| CleRefusee::Forme)?;
    DecodingKey::from_jwk(&lu).map_err(|_| CleRefusee::Forme)?;
    let kid = match jwk.get("kid") {
        None => lu.thumbprint(ThumbprintHash::SHA256).map_err(|_| CleRefusee::Forme)?,
        Some(kid) => kid.as_str().filter(|k| (1..=128).contains(&k.len())).ok_or(CleRefusee::Forme)?.to_owned(),
    };
    Ok((kid, alg, nu.to_string()))
}

fn octets32(texte: &str) -> Result<&str, CleRefusee> {
    let octets = URL_SAFE_NO_PAD.decode(texte).map_err(|_| CleRefusee::Forme)?;
    if octets.len() == 32 { Ok(texte) } else { Err(CleRefusee::Forme) }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    Une(String),
    Plusieurs(Vec<String>),
}

#[derive(Deserialize)]
struct Revendications {
    iss: String,
    sub: String,
    aud: Audience,
    exp: i64,
    iat: Option<i64>,
    nbf: Option<i64>,
    jti: String,
}

/// The client that an assertion says to come from; nothing is proved yet.
pub(super) fn client_dit(texte: &str) -> Option<ClientApiId> {
    if texte.len() > LONGUEUR_MAX {
        return None;
    }
    let r: Revendications = jsonwebtoken::dangerous::insecure_decode_claims(texte).ok()?;
    r.sub.parse::<Uuid>().ok().map(Id::new)
}

/// Whether an assertion proves its client: signed by one of its keys, for us, lately, and never
/// seen before.
pub(super) async fn prouve(app: &App, client: ClientApiId, texte: &str) -> Result<bool, Error> {
    let cles = app.read(move |conn| Ok(db::clients_api::cles_de(conn, client)?)).await?;
    let maintenant = app.horloge().maintenant();
    let Some(r) = signee(texte, &cles) else { return Ok(false) };
    let qui = client.to_string();
    let emetteur = &app.reglages().url_publique;
    let pour_nous = |a: &str| a == emetteur || super::POINTS.iter().any(|p| a == format!("{emetteur}{p}"));
    let destinee = match &r.aud {
        Audience::Une(a) => pour_nous(a),
        Audience::Plusieurs(plusieurs) => plusieurs.iter().any(|a| pour_nous(a)),
    };
    let Some(fin) = duree(&r, maintenant) else { return Ok(false) };
    if r.iss != qui || r.sub != qui || !destinee || r.jti.is_empty() || r.jti.len() > 256 {
        return Ok(false);
    }
    let marque: [u8; 32] = Sha256::digest(format!("{qui}\n{}", r.jti).as_bytes()).into();
    app.entretenir(move |conn| Ok(db::jetons_api::voir(conn, &marque, fin)?)).await
}

/// What an assertion says, when one of the keys signed it by its own algorithm.
fn signee(texte: &str, cles: &[db::clients_api::Cle]) -> Option<Revendications> {
    let entete = jsonwebtoken::decode_header(texte).ok()?;
    if entete.jku.is_some() || entete.jwk.is_some() || entete.x5u.is_some() || entete.crit.is_some() {
        return None;
    }
    let nommee = |c: &&db::clients_api::Cle| entete.kid.as_ref().is_none_or(|kid| *kid == c.kid);
    cles.iter().filter(nommee).find_map(|cle| {
        let alg = if cle.alg == "ES256" { Algorithm::ES256 } else { Algorithm::EdDSA };
        let jwk: Jwk = serde_json::from_str(&cle.jwk).ok()?;
        let mut regles = Validation::new(alg);
        regles.validate_exp = false;
        regles.validate_aud = false;
        regles.set_required_spec_claims::<&str>(&[]);
        jsonwebtoken::decode::<Revendications>(texte, &DecodingKey::from_jwk(&jwk).ok()?, &regles)
            .ok()
            .map(|d| d.claims)
    })
}

/// When an assertion ends, if it lives now and not for too long.
fn duree(r: &Revendications, maintenant: Timestamp) -> Option<Timestamp> {
    let fin = Timestamp::from_second(r.exp).ok()?;
    let tot = maintenant.checked_add(ECART).ok()?;
    let debut = r.nbf.into_iter().chain(r.iat).map(Timestamp::from_second).collect::<Result<Vec<_>, _>>().ok()?;
    let vit = fin > maintenant && fin <= maintenant.checked_add(VIE_MAX).ok()? && debut.iter().all(|d| *d <= tot);
    vit.then_some(fin)
}
