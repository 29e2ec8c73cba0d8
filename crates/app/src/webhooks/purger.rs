//! Forgetting the old log.

use jiff::SignedDuration;

use crate::{App, Error};

/// Deliveries removed in one transaction: others must not wait.
const LOT: i64 = 500;

/// Removes the deliveries that are over since longer than the setting says; how many.
pub async fn purger(app: &App) -> Result<usize, Error> {
    let memoire = SignedDuration::try_from(app.reglages().webhooks_memoire).unwrap_or(SignedDuration::MAX);
    let avant = app.horloge().maintenant().saturating_sub(memoire).unwrap_or(jiff::Timestamp::MIN);
    let mut total = 0;
    loop {
        let n = app.entretenir(move |conn| Ok(db::webhooks::livraisons::purger(conn, avant, LOT)?)).await?;
        total += n;
        if n == 0 {
            return Ok(total);
        }
    }
}
