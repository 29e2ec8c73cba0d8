use db::messages::{Filtre, PageBoite, PageFil};
use domain::ids::MessageId;
use domain::permit::{Perimeter, Permit};
use domain::policy::LireFil;

use crate::{App, Error};

/// A page of a dossier's thread, the latest first, older than `avant`.
pub async fn fil(
    app: &App,
    permit: &Permit<LireFil>,
    avant: Option<MessageId>,
    limite: usize,
) -> Result<PageFil, Error> {
    let permit = permit.clone();
    app.read(move |conn| Ok(db::messages::fil(conn, &permit, avant, limite)?)).await
}

/// A page of the reader's inbox, the latest first, older than `avant`.
pub async fn boite(
    app: &App,
    perimetre: Perimeter,
    filtre: Filtre,
    avant: Option<MessageId>,
    limite: usize,
) -> Result<PageBoite, Error> {
    app.read(move |conn| Ok(db::messages::boite(conn, &perimetre, &filtre, avant, limite)?)).await
}
