//! What accounts leave behind, forgotten in its time.

use domain::ids::UtilisateurId;
use jiff::{SignedDuration, Timestamp};

use super::{limites, trace};
use crate::{App, Error, Journal};

/// An account whose address was not confirmed is removed this long after it was asked for.
const NON_CONFIRME: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long the security journal is kept (CNIL, délibération 2021-122: six months to one year).
const SECURITE: SignedDuration = SignedDuration::from_hours(365 * 24);
/// Accounts removed in one pass, at the most.
const LOT: i64 = 500;

/// Forgets the counters of attempts, the tokens, the sessions, the invitations and the lines of the
/// security journal that are too old, and the accounts that nobody confirmed.
pub(crate) async fn purger(app: &App) -> Result<(), Error> {
    let maintenant = app.horloge().maintenant();
    let avant = |duree| maintenant.saturating_sub(duree).unwrap_or(Timestamp::MIN);
    let (compteurs, securite, comptes) = (avant(limites::MEMOIRE), avant(SECURITE), avant(NON_CONFIRME));
    app.entretenir(move |conn| {
        db::tentatives::purger(conn, compteurs)?;
        db::jetons::purger(conn, maintenant)?;
        db::sessions::purger(conn, maintenant)?;
        db::securite::purger(conn, securite)?;
        crate::membres::purger(conn, maintenant)?;
        Ok(())
    })
    .await?;
    let oublies = app.read(move |conn| Ok(db::comptes::non_confirmes(conn, comptes, maintenant, LOT)?)).await?;
    for id in oublies {
        effacer(app, id).await?;
    }
    Ok(())
}

async fn effacer(app: &App, id: UtilisateurId) -> Result<(), Error> {
    let fait = app
        .write_systeme(move |tx| {
            // Confirmed at the last moment: it stays, and nothing is traced.
            if !db::comptes::effacer(tx.conn, id)? {
                return Err(Error::Absent);
            }
            Ok(((), Journal::new(trace("compte.effacer", id))))
        })
        .await;
    match fait {
        Err(Error::Absent) => Ok(()),
        autre => autre,
    }
}
