//! Pausing a subscription, resuming it, and switching off one whose receiver is gone.

use domain::ids::WebhookId;
use domain::permit::Permit;
use domain::policy::GererWebhook;
use domain::webhook::MotifDesactivation;

use super::trace;
use crate::{App, Error, Journal, Tx};

/// Pauses a subscription: what happens meanwhile is held back. A second time, nothing changes.
pub async fn suspendre(app: &App, permit: &Permit<GererWebhook>) -> Result<(), Error> {
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        db::webhooks::suspendre(tx.conn, &p, tx.maintenant)?;
        Ok(((), Journal::new(trace("webhook.suspendre", p.sur().id, serde_json::Value::Null))))
    })
    .await
}

/// Resumes a subscription that was paused or switched off: what was held back goes out.
pub async fn reprendre(app: &App, permit: &Permit<GererWebhook>) -> Result<(), Error> {
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        db::webhooks::reprendre(tx.conn, &p, tx.maintenant)?;
        tx.expedier();
        Ok(((), Journal::new(trace("webhook.reprendre", p.sur().id, serde_json::Value::Null))))
    })
    .await
}

/// Switches a subscription off and tells the company's administrateurs, once.
pub(super) async fn desactiver(app: &App, id: WebhookId, motif: MotifDesactivation) -> Result<(), Error> {
    app.write_systeme(move |tx| {
        let changee = db::webhooks::desactiver(tx.conn, id, motif, tx.maintenant)?;
        if changee {
            for adresse in db::webhooks::file::administrateurs(tx.conn, id)? {
                avertir(tx, id, motif, &adresse)?;
            }
        }
        let details = serde_json::json!({ "motif": motif, "changee": changee });
        Ok(((), Journal::new(trace("webhook.desactiver", id, details))))
    })
    .await
}

fn avertir(tx: &mut Tx<'_>, id: WebhookId, motif: MotifDesactivation, adresse: &str) -> Result<(), Error> {
    let cause = match motif {
        MotifDesactivation::Echecs => "aucun envoi n’a abouti depuis plusieurs jours",
        MotifDesactivation::Refus => "le logiciel qui les reçoit a répondu qu’il n’en voulait plus (410)",
    };
    let corps = format!(
        "Bonjour,\n\nUn abonnement aux webhooks de votre entreprise est désactivé : {cause}.\n\
         Ce qui arrive d’ici là est retenu et partira à la reprise.\n\n\
         Voir le journal des envois et reprendre :\n{{url}}/egestion/webhooks/{id}\n\n{{organisme}}\n"
    );
    crate::courriel::poster(tx, adresse, "Un abonnement aux webhooks est désactivé", &corps)
}
