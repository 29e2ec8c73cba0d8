//! Secrets: shown once, sealed at rest, replaced without a cut.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::webhooks::Secrets;
use domain::ids::WebhookId;
use domain::permit::Permit;
use domain::policy::GererWebhook;
use domain::secret::Secret;
use jiff::{SignedDuration, Timestamp};
use standardwebhooks::Webhook;

use super::trace;
use crate::ports::trousseau::{Trousseau, hasard};
use crate::{App, Error, Journal};

/// For how long two secrets sign after a change, unless said otherwise.
pub const RECOUVREMENT_DEFAUT: SignedDuration = SignedDuration::from_hours(24);
/// The longest that two secrets may sign.
pub const RECOUVREMENT_MAX: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Bytes of a secret (the specification: 24 to 64).
const OCTETS: usize = 32;

/// A fresh secret, sealed for its subscription, and as its owner is shown it.
pub(super) fn tirer(app: &App, id: WebhookId) -> Result<(Vec<u8>, Secret<String>), Error> {
    let octets = hasard::<OCTETS>()?;
    let scelle = app.trousseau().sceller(id.uuid(), &octets)?;
    Ok((scelle, Secret::new(format!("whsec_{}", STANDARD.encode(octets)))))
}

/// Gives a subscription a new secret, shown once; the one before it signs too for `recouvrement`,
/// until the instant returned.
pub async fn changer_secret(
    app: &App,
    permit: &Permit<GererWebhook>,
    recouvrement: SignedDuration,
) -> Result<(Secret<String>, Option<Timestamp>), Error> {
    if recouvrement.is_negative() || recouvrement > RECOUVREMENT_MAX {
        return Err(Error::champ("/recouvrement_heures", "De 0 à 168 heures."));
    }
    let id = permit.sur().id;
    let (scelle, clair) = tirer(app, id)?;
    let p = permit.clone();
    let fin = app
        .write(permit.acteur(), move |tx| {
            let le = tx.maintenant;
            let fin = (!recouvrement.is_zero()).then(|| le.saturating_add(recouvrement)).transpose();
            let fin = fin.map_err(|e| Error::Interne(e.to_string()))?;
            db::webhooks::changer_secret(tx.conn, &p, &scelle, fin, le)?;
            let details = serde_json::json!({ "recouvrement_secondes": recouvrement.as_secs() });
            Ok((fin, Journal::new(trace("webhook.changer_secret", id, details))))
        })
        .await?;
    Ok((clair, fin))
}

/// The signatures of a webhook: one, or two while the secret changes, separated by a space.
pub(super) fn signer(
    trousseau: &Trousseau,
    abonnement: WebhookId,
    secrets: &Secrets,
    id: &str,
    instant: Timestamp,
    corps: &[u8],
) -> Result<String, Error> {
    let mut signent = vec![secrets.secret.as_slice()];
    if let (Some(precedent), Some(fin)) = (&secrets.precedent, secrets.precedent_jusqu_a)
        && instant < fin.0
    {
        signent.push(precedent);
    }
    let mut signatures = Vec::with_capacity(signent.len());
    for scelle in signent {
        let cle = trousseau.ouvrir(abonnement.uuid(), scelle)?;
        let signature = Webhook::from_bytes(cle.expose().clone())
            .and_then(|w| w.sign(id, instant.as_second(), corps))
            .map_err(|e| Error::Interne(format!("signature : {e}")))?;
        signatures.push(signature);
    }
    Ok(signatures.join(" "))
}
