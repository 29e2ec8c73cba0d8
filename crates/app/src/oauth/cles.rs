//! The keys that sign our tokens: made here, sealed in the database, shared by the nodes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::cles::Cle;
use db::journal::Trace;
use db::types::V;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{DecodingKey, EncodingKey};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::jeton::{DUREE, kid_de};
use crate::{App, Error, Journal};

/// A node reads the keys again after this long.
const FRAICHEUR: Duration = Duration::from_secs(60);
/// A key that stopped signing is still published for this long: the life of its last token, and
/// the time for every node to stop using it.
const MEMOIRE: SignedDuration = SignedDuration::from_hours(1);
/// A key that stopped signing may have signed for this long after: until every node has read so, by its own clock.
const PASSATION: SignedDuration = SignedDuration::from_mins(2);

/// A public key, as the JWKS shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClePublique {
    /// Its name.
    pub kid: String,
    /// The 32 bytes of Ed25519, in base 64 for addresses.
    pub x: String,
}

struct Entree {
    publique: ClePublique,
    verifie: DecodingKey,
    retiree_le: Option<Timestamp>,
    signe: Option<EncodingKey>,
}

/// The keys that a node knows.
pub(crate) struct Signatures {
    entrees: Vec<Entree>,
    lu: Instant,
}

impl Signatures {
    /// The key that signs, and its name.
    pub(super) fn signataire(&self) -> Option<(&str, &EncodingKey)> {
        self.entrees.iter().find_map(|e| Some((e.publique.kid.as_str(), e.signe.as_ref()?)))
    }

    /// The key of a name.
    pub(super) fn publique(&self, kid: &str) -> Option<&DecodingKey> {
        self.entree(kid).map(|e| &e.verifie)
    }

    /// Whether the key of a name could sign at an instant: one that was withdrawn signs nothing later.
    pub(super) fn signait(&self, kid: &str, le: Timestamp) -> bool {
        self.entree(kid).is_some_and(|e| e.retiree_le.is_none_or(|fin| le.duration_since(fin) <= PASSATION))
    }

    fn entree(&self, kid: &str) -> Option<&Entree> {
        self.entrees.iter().find(|e| e.publique.kid == kid)
    }

    fn lire(app: &App, lignes: Vec<Cle>) -> Result<Self, Error> {
        let entrees = lignes.into_iter().map(|cle| entree(app, cle)).collect::<Result<_, _>>()?;
        Ok(Self { entrees, lu: Instant::now() })
    }
}

fn entree(app: &App, cle: Cle) -> Result<Entree, Error> {
    let x = URL_SAFE_NO_PAD.encode(&cle.publique);
    let verifie = DecodingKey::from_ed_components(&x).map_err(|e| Error::Interne(format!("clé {} : {e}", cle.kid)))?;
    let signe = if cle.retiree_le.is_some() {
        None
    } else {
        match app.trousseau().ouvrir(&cle.kid, &cle.privee_scellee) {
            Ok(der) => Some(EncodingKey::from_ed_der(der.expose())),
            Err(e) => {
                tracing::error!(kid = %cle.kid, erreur = %e, "une clé de signature ne s’ouvre pas");
                None
            }
        }
    };
    let retiree_le = cle.retiree_le.map(|le| le.0);
    Ok(Entree { publique: ClePublique { kid: cle.kid, x }, verifie, retiree_le, signe })
}

/// The keys as they were read lately.
async fn recents(app: &App) -> Result<Arc<Signatures>, Error> {
    match app.signatures() {
        Some(t) if t.lu.elapsed() < FRAICHEUR => Ok(t),
        _ => relire(app).await,
    }
}

async fn relire(app: &App) -> Result<Arc<Signatures>, Error> {
    let lignes = app.read(|conn| Ok(db::cles::lister(conn)?)).await?;
    let lu = Arc::new(Signatures::lire(app, lignes)?);
    app.poser_signatures(Arc::clone(&lu));
    Ok(lu)
}

/// The keys that may judge a token: read again when another node made the one that it names.
///
/// Whoever makes names up has them read a few times a second at most.
pub(crate) async fn pour(app: &App, jeton: &str) -> Result<Arc<Signatures>, Error> {
    let connus = recents(app).await?;
    match kid_de(jeton) {
        Some(kid) if connus.publique(&kid).is_none() && app.quotas().relire_cles() => relire(app).await,
        _ => Ok(connus),
    }
}

/// The keys, of which one signs; the first is made here.
pub(super) async fn signataires(app: &App) -> Result<Arc<Signatures>, Error> {
    let connus = recents(app).await?;
    if connus.signataire().is_some() {
        return Ok(connus);
    }
    if relire(app).await?.signataire().is_none() {
        tourner(app).await?;
    }
    relire(app).await
}

/// Makes a key that signs from now on; the former ones still verify what they signed. Its name.
pub async fn tourner(app: &App) -> Result<String, Error> {
    let faux = |_| Error::Interne("génération d’une clé Ed25519".to_owned());
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(faux)?;
    let paire = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).map_err(|e| Error::Interne(format!("clé Ed25519 : {e}")))?;
    let publique = paire.public_key().as_ref().to_vec();
    let kid = empreinte(&publique);
    let privee_scellee = app.trousseau().sceller(&kid, pkcs8.as_ref())?;
    let nom = kid.clone();
    app.write_systeme(move |tx| {
        let le = tx.maintenant;
        let trace = trace("cle_signature.creer", &kid);
        let cle = Cle { kid, publique, privee_scellee, creee_le: V(le), retiree_le: None };
        db::cles::ajouter(tx.conn, &cle)?;
        db::cles::retirer_autres(tx.conn, &cle.kid, le)?;
        Ok(((), Journal::new(trace)))
    })
    .await?;
    relire(app).await?;
    Ok(nom)
}

/// Makes a key when the present one is too old, and forgets those that nothing needs any more.
pub async fn entretenir(app: &App) -> Result<(), Error> {
    let maintenant = app.horloge().maintenant();
    let cles = app.read(|conn| Ok(db::cles::lister(conn)?)).await?;
    let age = SignedDuration::try_from(app.reglages().rotation_cles).unwrap_or(SignedDuration::MAX);
    let jeune = |c: &Cle| c.retiree_le.is_none() && maintenant.duration_since(c.creee_le.0) < age;
    if !cles.iter().any(jeune) {
        tourner(app).await?;
    }
    let avant = maintenant.saturating_sub(MEMOIRE).unwrap_or(Timestamp::MIN);
    app.entretenir(move |conn| Ok(db::cles::purger(conn, avant)?)).await?;
    Ok(())
}

/// The public keys whose tokens may be alive.
pub async fn jwks(app: &App) -> Result<Vec<ClePublique>, Error> {
    debug_assert!(DUREE < MEMOIRE);
    let cles = signataires(app).await?;
    Ok(cles.entrees.iter().map(|e| e.publique.clone()).collect())
}

/// The thumbprint of a public key (RFC 7638, RFC 8037).
fn empreinte(publique: &[u8]) -> String {
    let x = URL_SAFE_NO_PAD.encode(publique);
    let canonique = format!("{{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"{x}\"}}");
    URL_SAFE_NO_PAD.encode(Sha256::digest(canonique.as_bytes()))
}

fn trace(action: &'static str, kid: &str) -> Trace {
    let details = serde_json::json!({ "kid": kid });
    Trace { action, objet: "cle_signature", objet_id: Uuid::nil(), dossier: None, details }
}
