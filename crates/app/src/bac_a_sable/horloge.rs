use db::journal::Trace;
use domain::permit::{Action as _, Permit};
use domain::policy::DeplacerHorloge;
use jiff::Timestamp;
use uuid::Uuid;

use super::BacASable;
use crate::requete::simulee;
use crate::{App, Error, Journal};

/// Furthest that the clock may be moved at once, in seconds: a year.
const PAS_MAX: i64 = 366 * 24 * 3600;
/// Furthest that it may be ahead, in seconds: ten years.
const AVANCE_MAX: i64 = 10 * PAS_MAX;

/// What time it is in the sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heure {
    /// Its present instant.
    pub maintenant: Timestamp,
    /// How far ahead of ours it is, in seconds.
    pub avance: i64,
}

/// What time it is in the sandbox.
pub async fn heure(_: &BacASable, app: &App, _: &Permit<DeplacerHorloge>) -> Result<Heure, Error> {
    let avance = app.read(|conn| Ok(db::mode::decalage(conn)?)).await?;
    Ok(Heure { maintenant: app.horloge().maintenant(), avance })
}

/// Moves the clock of the sandbox forward; a restart finds it there.
///
/// Everything follows: sessions and links that expire, undo windows, retries, due days.
pub async fn avancer(
    _: &BacASable,
    app: &App,
    permit: &Permit<DeplacerHorloge>,
    secondes: i64,
) -> Result<Heure, Error> {
    if !(1..=PAS_MAX).contains(&secondes) {
        return Err(Error::champ("/secondes", "L’horloge avance de 1 à 31 622 400 secondes (un an) à la fois."));
    }
    let heure = app
        .write(permit.acteur(), move |tx| {
            let avance = db::mode::avancer(tx.conn, secondes)?;
            if avance > AVANCE_MAX {
                return Err(Error::champ("/secondes", "L’horloge a déjà dix ans d’avance : repartez d’une base vide."));
            }
            let trace = Trace {
                action: DeplacerHorloge::NOM,
                objet: "base",
                objet_id: Uuid::nil(),
                dossier: None,
                details: serde_json::json!({ "secondes": secondes, "avance": avance }),
            };
            let maintenant = tx.maintenant.saturating_add(jiff::SignedDuration::from_secs(secondes));
            let maintenant = maintenant.map_err(|e| Error::Interne(e.to_string()))?;
            Ok((Heure { maintenant, avance }, Journal::new(trace)))
        })
        .await?;
    if !simulee() {
        app.horloge().porter_a(heure.avance);
        app.reveil().notify_one();
        app.expedition().notify_one();
    }
    Ok(heure)
}
