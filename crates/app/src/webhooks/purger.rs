//! Forgetting the old log.

use jiff::SignedDuration;

use crate::{App, Error};

/// Removes the deliveries that are over since longer than the setting says; how many.
pub async fn purger(app: &App) -> Result<usize, Error> {
    let memoire = SignedDuration::try_from(app.reglages().webhooks_memoire).unwrap_or(SignedDuration::MAX);
    let avant = app.horloge().maintenant().saturating_sub(memoire).unwrap_or(jiff::Timestamp::MIN);
    app.par_lots(move |conn, lot| db::webhooks::livraisons::purger(conn, avant, lot)).await
}
