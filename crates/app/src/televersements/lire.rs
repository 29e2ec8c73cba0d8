use db::documents::Fiche;
use db::televersements::LigneTeleversement;
use domain::ids::TeleversementId;
use domain::limites::FICHIER_MAX;
use domain::permit::{Perimeter, Permit};
use domain::policy::{ListerTeleversements, Poursuivre};
use domain::televersement::StatutTeleversement;

use crate::authz::{Claim, Refus};
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

/// A page of the reader's uploads that are not ended, the latest first, older than `avant`, and the one it ends with when
/// older ones follow.
pub async fn lister(
    app: &App,
    claim: Claim<ListerTeleversements>,
    avant: Option<TeleversementId>,
    limite: usize,
) -> Result<(Vec<Lu>, Option<TeleversementId>), Refus> {
    let maintenant = app.horloge().maintenant();
    let (_, (lignes, suivant)) = app
        .read_as(claim, move |conn, permit| {
            Ok(db::televersements::lister(conn, &Perimeter::of(permit), avant, limite, maintenant)?)
        })
        .await?;
    Ok((lignes.into_iter().map(|televersement| Lu { televersement, document: None }).collect(), suivant))
}

/// The largest file that any place accepts, in bytes; the place itself may accept less.
pub async fn taille_max(app: &App) -> Result<u64, Error> {
    let max = app.read(|conn| Ok(db::televersements::taille_max(conn)?)).await?;
    Ok(u64::try_from(max).unwrap_or(0).max(FICHIER_MAX))
}
