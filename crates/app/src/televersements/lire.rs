use db::documents::Fiche;
use db::televersements::LigneTeleversement;
use domain::permit::Permit;
use domain::policy::Poursuivre;
use domain::televersement::StatutTeleversement;

use crate::documents::TAILLE_MAX;
use crate::{App, Error};

/// An upload as its creator sees it.
#[derive(Debug, Clone)]
pub struct Lu {
    /// The upload.
    pub televersement: LigneTeleversement,
    /// The document that it became.
    pub document: Option<Fiche>,
}

impl Lu {
    /// Whether no more bytes are taken: expired, or refused for good.
    pub fn clos(&self, maintenant: jiff::Timestamp) -> bool {
        let t = &self.televersement;
        t.statut.0 == StatutTeleversement::Refuse
            || (t.statut.0 != StatutTeleversement::Depose && t.expire_le.0 <= maintenant)
    }
}

/// Where an upload stands, and the document that it became.
pub async fn lire(app: &App, permit: &Permit<Poursuivre>) -> Result<Lu, Error> {
    let permit = permit.clone();
    app.read(move |conn| {
        Ok(Lu {
            televersement: db::televersements::lire(conn, &permit)?,
            document: db::televersements::document(conn, &permit)?,
        })
    })
    .await
}

/// The largest file that any place accepts, in bytes; the place itself may accept less.
pub async fn taille_max(app: &App) -> Result<u64, Error> {
    let max = app.read(|conn| Ok(db::televersements::taille_max(conn)?)).await?;
    Ok(u64::try_from(max).unwrap_or(0).max(TAILLE_MAX))
}
