//! Replaying deliveries: the same webhooks with the same identifiers, tried again from the start.

use domain::ids::LivraisonId;
use domain::permit::Permit;
use domain::policy::GererWebhook;
use domain::webhook::{EtatAbonnement, EtendueRejeu};
use jiff::Timestamp;

use super::trace;
use crate::{App, Error, Journal};

/// Starts a delivery again; [`Error::Livraison`] when it is under way already, was sent by the test button, or
/// its subscription is not active.
pub async fn rejouer(app: &App, permit: &Permit<GererWebhook>, livraison: LivraisonId) -> Result<(), Error> {
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        actif(tx.conn, &p)?;
        if !db::webhooks::livraisons::rejouer(tx.conn, &p, livraison, tx.maintenant)? {
            return Err(Error::Livraison);
        }
        tx.expedier();
        let details = serde_json::json!({ "livraison": livraison.uuid() });
        Ok(((), Journal::new(trace("webhook.rejouer", p.sur().id, details))))
    })
    .await
}

/// Starts again the deliveries of what happened since `depuis`; how many.
pub async fn rejouer_depuis(
    app: &App,
    permit: &Permit<GererWebhook>,
    depuis: Timestamp,
    etendue: EtendueRejeu,
) -> Result<usize, Error> {
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        actif(tx.conn, &p)?;
        let n = db::webhooks::livraisons::rejouer_depuis(tx.conn, &p, depuis, etendue, tx.maintenant)?;
        tx.expedier();
        let details = serde_json::json!({ "depuis": depuis, "etendue": etendue, "livraisons": n });
        Ok((n, Journal::new(trace("webhook.rejouer", p.sur().id, details))))
    })
    .await
}

fn actif(conn: &mut db::Conn, permit: &Permit<GererWebhook>) -> Result<(), Error> {
    let abonnement = db::webhooks::lire(conn, permit)?;
    if abonnement.ligne.etat.0 == EtatAbonnement::Actif { Ok(()) } else { Err(Error::Livraison) }
}
