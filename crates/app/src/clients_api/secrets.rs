use domain::ids::SecretApiId;
use domain::permit::Permit;
use domain::policy::GererClient;
use domain::secret::Secret;
use jiff::{SignedDuration, Timestamp};

use super::lire::{Fiche, fiche};
use super::{tirer, trace};
use crate::{App, Error, Journal};

/// Most living secrets of a client: the present one, and the former until its users have changed.
const SECRETS_MAX: usize = 2;
/// Longest that a former secret lives on, in hours.
pub const CHEVAUCHEMENT_MAX_HEURES: u32 = 30 * 24;

/// Gives a client another secret, told once; the former one lives on for `heures`, so that the
/// software changes without a cut.
pub async fn renouveler(
    app: &App,
    permit: &Permit<GererClient>,
    heures: u32,
) -> Result<(Fiche, Secret<String>), Error> {
    if heures > CHEVAUCHEMENT_MAX_HEURES {
        return Err(Error::champ("/chevauchement_heures", "L’ancien secret vit 720 heures (30 jours) au plus."));
    }
    let (secret, garde) = tirer()?;
    let p = permit.clone();
    let lue = app
        .write(permit.acteur(), move |tx| {
            let (id, maintenant) = (p.sur().id, tx.maintenant);
            db::clients_api::prendre(tx.conn, &p)?;
            let vivants = db::clients_api::secrets(tx.conn, &p)?.iter().filter(|s| s.vit(maintenant)).count();
            // A secret that leaked ends the others at once.
            if heures > 0 && vivants >= SECRETS_MAX {
                return Err(Error::champ(
                    "/chevauchement_heures",
                    "Ce client a déjà deux secrets. Terminez d’abord l’ancien.",
                ));
            }
            let fin = maintenant.saturating_add(SignedDuration::from_hours(i64::from(heures)));
            db::clients_api::vieillir_secrets(tx.conn, &p, fin.unwrap_or(Timestamp::MAX), maintenant)?;
            db::clients_api::ajouter_secret(tx.conn, id, &garde, maintenant)?;
            let details = serde_json::json!({ "secret": garde.id.uuid(), "chevauchement_heures": heures });
            Ok((fiche(tx.conn, &p, maintenant)?, Journal::new(trace("secret_api.renouveler", id, details))))
        })
        .await?;
    Ok((lue, secret))
}

/// Ends a secret at once.
pub async fn terminer(app: &App, permit: &Permit<GererClient>, secret: SecretApiId) -> Result<(), Error> {
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        db::clients_api::terminer_secret(tx.conn, &p, secret)?;
        let details = serde_json::json!({ "secret": secret.uuid() });
        Ok(((), Journal::new(trace("secret_api.terminer", p.sur().id, details))))
    })
    .await
}
