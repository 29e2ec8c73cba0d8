use db::messages::{Filtre, PageBoite, PageFil};
use domain::ids::MessageId;
use domain::permit::{Perimeter, Permit};
use domain::policy::{LireFil, ListerMessages};

use crate::App;
use crate::authz::{Claim, Refus};

/// A page of a dossier's thread, the latest first, older than `avant`.
pub async fn fil(
    app: &App,
    claim: Claim<LireFil>,
    avant: Option<MessageId>,
    limite: usize,
) -> Result<(Permit<LireFil>, PageFil), Refus> {
    app.read_as(claim, move |conn, permit| Ok(db::messages::fil(conn, permit, avant, limite)?)).await
}

/// A page of the reader's inbox, the latest first, older than `avant`.
pub async fn boite(
    app: &App,
    claim: Claim<ListerMessages>,
    filtre: Filtre,
    avant: Option<MessageId>,
    limite: usize,
) -> Result<(Permit<ListerMessages>, PageBoite), Refus> {
    app.read_as(claim, move |conn, permit| {
        Ok(db::messages::boite(conn, &Perimeter::of(permit), &filtre, avant, limite)?)
    })
    .await
}
