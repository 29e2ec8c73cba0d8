//! The hub of live events: reads the stream that every node writes, and deals it out.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use db::codes::Audience;
use db::journal::Evenement;
use domain::{Acteur, Profil};
use tokio::sync::{Notify, broadcast};

use crate::App;

/// Events kept for a follower that is late; a later one reads them again from the database.
const FILE: usize = 1024;
/// How often another node's events are looked for.
const PERIODE: Duration = Duration::from_millis(700);
/// How far back the stream is read again: on PostgreSQL a number may be taken before, and
/// committed after, a higher one.
const RECUL: i64 = 200;

/// Deals events out to those who follow.
#[derive(Debug)]
pub struct Hub {
    canal: broadcast::Sender<Arc<Evenement>>,
    reveil: Notify,
}

impl Hub {
    pub(crate) fn new() -> Self {
        Self { canal: broadcast::channel(FILE).0, reveil: Notify::new() }
    }

    /// Says that this node wrote something.
    pub(crate) fn reveiller(&self) {
        self.reveil.notify_one();
    }

    /// Follows the stream from now on; [`audible`] says which events are for whom.
    pub fn suivre(&self) -> broadcast::Receiver<Arc<Evenement>> {
        self.canal.subscribe()
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
        Profil::AdministrateurOpco => evenement.audience.0 != Audience::Adherent,
    }
}

/// Reads the stream for ever; one task of the process runs it.
pub async fn lire(app: App) {
    let mut vus: VecDeque<i64> = VecDeque::new();
    let mut dernier = loop {
        match app.read(|conn| Ok(db::journal::dernier_evenement(conn)?)).await {
            Ok(seq) => break seq,
            Err(e) => {
                tracing::warn!(erreur = %e, "le fil des évènements ne se lit pas");
                tokio::time::sleep(PERIODE).await;
            }
        }
    };
    let depart = dernier;
    loop {
        let _ = tokio::time::timeout(PERIODE, app.hub().reveil.notified()).await;
        // One process alone writes to SQLite, in order: nothing can come late.
        let debut = if app.base().is_postgres() { (dernier - RECUL).max(depart) } else { dernier };
        let lus = app.read(move |conn| Ok(db::journal::evenements_apres(conn, debut, 500)?)).await;
        match lus {
            Ok(lus) => {
                for evenement in lus {
                    if vus.contains(&evenement.seq) {
                        continue;
                    }
                    vus.push_back(evenement.seq);
                    if vus.len() > 2 * FILE {
                        vus.pop_front();
                    }
                    dernier = dernier.max(evenement.seq);
                    let _ = app.hub().canal.send(Arc::new(evenement));
                }
            }
            Err(e) => tracing::warn!(erreur = %e, "le fil des évènements ne se lit pas"),
        }
    }
}
