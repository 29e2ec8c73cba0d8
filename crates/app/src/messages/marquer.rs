use db::journal::Trace;
use domain::permit::{Action as _, Permit};
use domain::policy::MarquerMessage;

use crate::{App, Error, Journal};

/// Sets a message read or unread, for the actor alone.
pub async fn marquer(app: &App, permit: &Permit<MarquerMessage>, lu: bool) -> Result<(), Error> {
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        db::messages::marquer(tx.conn, &p, lu, tx.maintenant)?;
        let trace = Trace {
            action: MarquerMessage::NOM,
            objet: "message",
            objet_id: p.sur().id.uuid(),
            dossier: Some(p.sur().dossier.id),
            details: serde_json::json!({ "lu": lu }),
        };
        Ok(((), Journal::new(trace)))
    })
    .await
}
