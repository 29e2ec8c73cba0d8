use domain::permit::{Action as _, Permit};
use domain::policy::{GererClient, etablissements_geres};

use super::creer::{Demande, details, juger};
use super::lire::{Fiche, etiquette, fiche};
use super::trace;
use crate::version::Attendue;
use crate::{App, Error, Journal};

/// Writes what a client becomes, if it is as it was read; its rights change at its next request.
pub async fn modifier(
    app: &App,
    permit: &Permit<GererClient>,
    attendue: Attendue,
    demande: Demande,
) -> Result<Fiche, Error> {
    let geres = etablissements_geres(permit.acteur(), permit.sur().adherent.id);
    let reglage = juger(demande, &geres, app.horloge().maintenant())?;
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        // Like a person, it is attached under the lock of its company.
        db::membres::prendre(tx.conn, p.sur().adherent.id)?;
        db::clients_api::prendre(tx.conn, &p)?;
        attendue.verifier(&etiquette(&fiche(tx.conn, &p, tx.maintenant)?.resume))?;
        db::clients_api::modifier(tx.conn, &p, &reglage)?;
        let lue = fiche(tx.conn, &p, tx.maintenant)?;
        Ok((lue, Journal::new(trace(GererClient::NOM, p.sur().id, details(&reglage)))))
    })
    .await
}

/// Revokes a client for good: its secrets, its keys and its tokens open nothing from now on.
pub async fn revoquer(app: &App, permit: &Permit<GererClient>) -> Result<(), Error> {
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        if !db::clients_api::revoquer(tx.conn, &p, tx.maintenant)? {
            return Err(Error::Absent);
        }
        Ok(((), Journal::new(trace("client_api.revoquer", p.sur().id, serde_json::Value::Null))))
    })
    .await
}
