//! What accounts leave behind, forgotten in its time.

use domain::ids::UtilisateurId;
use jiff::{SignedDuration, Timestamp};

use super::{limites, trace};
use crate::{App, Error, Journal};

/// An account whose address was not confirmed is removed this long after it was asked for.
const NON_CONFIRME: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long the security journal is kept (CNIL, délibération 2021-122: six months to one year).
const SECURITE: SignedDuration = SignedDuration::from_hours(365 * 24);
/// Accounts looked at in one visit to the database.
const LOT: i64 = 500;

/// How long a session or a token is remembered after its end: longer than any request lasts.
pub(crate) const PREUVE: SignedDuration = SignedDuration::from_hours(24);

pub(crate) fn il_y_a(app: &App, duree: SignedDuration) -> Timestamp {
    app.horloge().maintenant().saturating_sub(duree).unwrap_or(Timestamp::MIN)
}

/// Forgets the old counters of attempts.
pub(crate) async fn tentatives(app: &App) -> Result<usize, Error> {
    let avant = il_y_a(app, limites::MEMOIRE);
    app.par_lots(move |conn, lot| db::tentatives::purger(conn, avant, lot)).await
}

/// Forgets the links that ended.
pub(crate) async fn liens(app: &App) -> Result<usize, Error> {
    let maintenant = app.horloge().maintenant();
    app.par_lots(move |conn, lot| db::jetons::purger(conn, maintenant, lot)).await
}

/// Forgets the sessions that ended a day ago: a request that one of them began may still be judged at its end.
pub(crate) async fn sessions(app: &App) -> Result<usize, Error> {
    let avant = il_y_a(app, PREUVE);
    app.par_lots(move |conn, lot| db::sessions::purger(conn, avant, lot)).await
}

/// Forgets the old lines of the security journal.
pub(crate) async fn securite(app: &App) -> Result<usize, Error> {
    let avant = il_y_a(app, SECURITE);
    app.par_lots(move |conn, lot| db::securite::purger(conn, avant, lot)).await
}

/// Removes the accounts that nobody confirmed; how many were looked at.
pub(crate) async fn non_confirmes(app: &App) -> Result<usize, Error> {
    let (maintenant, avant) = (app.horloge().maintenant(), il_y_a(app, NON_CONFIRME));
    let (mut vus, mut apres, mut echec) = (0, None, None);
    loop {
        let place = apres;
        let lire = move |conn: &mut db::Conn| Ok(db::comptes::non_confirmes(conn, avant, maintenant, place, LOT)?);
        let demandes = app.read(lire).await?;
        let Some(dernier) = demandes.last().copied() else { return echec.map_or(Ok(vus), Err) };
        apres = Some(dernier);
        vus += demandes.len();
        for (_, id) in demandes {
            // One that cannot be removed is passed by, and keeps no other.
            if let Err(e) = effacer(app, id, avant).await {
                echec.get_or_insert(e);
            }
        }
    }
}

async fn effacer(app: &App, id: UtilisateurId, avant: Timestamp) -> Result<(), Error> {
    let fait = app
        .write_systeme(move |tx| {
            // Confirmed or asked for again at the last moment: it stays, and nothing is traced.
            if !db::comptes::effacer(tx.conn, id, avant, tx.maintenant)? {
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
