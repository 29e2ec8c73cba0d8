use db::journal::Trace;
use domain::permit::Permit;
use domain::policy::Poursuivre;

use crate::documents::abandonner as retirer;
use crate::{App, Error, Journal};

/// Forgets an upload and its bytes; a document that it became stays.
pub async fn abandonner(app: &App, permit: &Permit<Poursuivre>) -> Result<(), Error> {
    super::reellement()?;
    let p = permit.clone();
    let blobs = app
        .write(permit.acteur(), move |tx| {
            let blobs = db::televersements::supprimer(tx.conn, &p)?;
            db::jobs::annuler(tx.conn, p.sur().id.uuid())?;
            let trace = Trace {
                action: "televersement.abandonner",
                objet: "televersement",
                objet_id: p.sur().id.uuid(),
                dossier: Some(p.sur().dossier.id),
                details: serde_json::Value::Null,
            };
            Ok((blobs, Journal::new(trace)))
        })
        .await?;
    for blob in blobs {
        retirer(app, &blob).await;
    }
    Ok(())
}

/// Forgets the uploads that expired, and their bytes; how many blobs.
pub async fn purger(app: &App) -> Result<usize, Error> {
    let maintenant = app.horloge().maintenant();
    let mut retires = 0;
    while let Some(blobs) = app.entretenir(move |conn| Ok(db::televersements::purger(conn, maintenant)?)).await? {
        for blob in blobs {
            retirer(app, &blob).await;
            retires += 1;
        }
    }
    Ok(retires)
}
