//! The hub of live events: reads the stream that every node writes, and deals it out.

mod places;
mod suite;
mod suivi;

use std::sync::Arc;
use std::time::{Duration, Instant};

use db::codes::Audience;
use db::journal::Evenement;
use domain::{Acteur, Profil};
use tokio::sync::{Notify, broadcast, watch};
use tokio_util::sync::CancellationToken;

use crate::{App, Error};
use places::Places;
use suite::Suite;

pub use suivi::{Signal, Suivi};

/// Events kept for a follower that is late; a later one reads them again from the database.
const FILE: usize = 1024;
/// How often another node's events are looked for.
const PERIODE: Duration = Duration::from_millis(700);
/// Events read at once.
const LECTURE: i64 = 500;
/// How far back a start looks for events that are being written.
const RECUL: i64 = 1000;

/// An event on its way to those who follow.
#[derive(Debug)]
struct Diffuse {
    evenement: Evenement,
    /// Where to read again from without missing anything, after this event.
    curseur: i64,
}

/// Deals events out to those who follow.
#[derive(Debug)]
pub struct Hub {
    canal: broadcast::Sender<Arc<Diffuse>>,
    reveil: Notify,
    /// Where the stream stands; `None` until it was first read.
    curseur: watch::Sender<Option<i64>>,
    places: Places,
    arret: CancellationToken,
}

impl Hub {
    pub(crate) fn new() -> Self {
        let arret = CancellationToken::new();
        Self {
            canal: broadcast::channel(FILE).0,
            reveil: Notify::new(),
            curseur: watch::channel(None).0,
            places: Places::new(arret.clone()),
            arret,
        }
    }

    /// Says that this node wrote something.
    pub(crate) fn reveiller(&self) {
        self.reveil.notify_one();
    }

    /// Ends every stream, present and to come: the process stops.
    pub fn fermer(&self) {
        self.arret.cancel();
    }
}

/// Whether an actor may hear of an event.
pub fn audible(acteur: &Acteur, evenement: &Evenement) -> bool {
    match &acteur.profil {
        Profil::Membre(_) => {
            evenement.audience.0 != Audience::Opco && acteur.role_dans(evenement.etablissement.0).is_some()
        }
        Profil::Gestionnaire => {
            evenement.audience.0 != Audience::Adherent && evenement.gestionnaire.is_some_and(|g| g.0 == acteur.id)
        }
        // A brouillon has no gestionnaire, and is the member's own.
        Profil::AdministrateurOpco => evenement.audience.0 != Audience::Adherent && evenement.gestionnaire.is_some(),
    }
}

/// Reads the stream for ever; one task of the process runs it.
pub async fn lire(app: App) {
    let mut suite = loop {
        match app.read(|conn| Ok(db::journal::derniers_evenements(conn, RECUL)?)).await {
            Ok(seqs) => break Suite::partir(&seqs, Instant::now()),
            Err(e) => illisible(&e).await,
        }
    };
    app.hub().curseur.send_replace(Some(suite.curseur()));
    loop {
        match avancer(&app, &mut suite).await {
            Ok(true) => {}
            Ok(false) => {
                let _ = tokio::time::timeout(PERIODE, app.hub().reveil.notified()).await;
            }
            Err(e) => illisible(&e).await,
        }
    }
}

async fn illisible(e: &Error) {
    tracing::warn!(erreur = %e, "le fil des évènements ne se lit pas");
    tokio::time::sleep(PERIODE).await;
}

/// Deals out what is new; `true` when more is waiting.
async fn avancer(app: &App, suite: &mut Suite) -> Result<bool, Error> {
    let (dernier, trous) = (suite.dernier(), suite.trous());
    let (tardifs, suivants) = app
        .read(move |conn| {
            let tardifs = if trous.is_empty() { Vec::new() } else { db::journal::evenements_parmi(conn, trous)? };
            Ok((tardifs, db::journal::evenements_apres(conn, dernier, LECTURE)?))
        })
        .await?;
    let plein = i64::try_from(suivants.len()).unwrap_or(LECTURE) >= LECTURE;
    let maintenant = Instant::now();
    for evenement in tardifs.into_iter().chain(suivants) {
        suite.prendre(evenement.seq, maintenant);
        // Nobody may be following: the event is in the database all the same.
        let _ = app.hub().canal.send(Arc::new(Diffuse { evenement, curseur: suite.curseur() }));
    }
    suite.oublier(maintenant);
    app.hub().curseur.send_replace(Some(suite.curseur()));
    Ok(plein)
}
