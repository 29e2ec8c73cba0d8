//! One follower of the stream: what it may hear, from where it stands, as long as it may.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use db::Conn;
use db::journal::Evenement;
use domain::Acteur;
use domain::permit::Permit;
use domain::policy::SuivreEvenements;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

use super::places::Place;
use super::{Diffuse, audible};
use crate::authz::Presente;
use crate::{App, Error};

/// Most events sent again to a follower that comes back; beyond, it is told to read everything again.
const REPRISE_MAX: usize = 1000;
/// Events read at a time to find those, of all followers.
const LECTURE: usize = 1000;
/// Most readings.
const LECTURES_MAX: usize = 20;
/// How long an opening waits for the hub's first reading.
const DEMARRAGE: Duration = Duration::from_secs(2);

/// What a follower is told. Each says from where to resume if the stream is cut after it.
#[derive(Debug)]
pub enum Signal {
    /// Something happened.
    Evenement {
        /// From where to resume.
        curseur: i64,
        /// What happened.
        evenement: Box<Evenement>,
    },
    /// Events were missed that cannot be sent again: everything shown must be read again.
    Reprise {
        /// From where to resume.
        curseur: i64,
    },
    /// The stream is open, or still is.
    Battement {
        /// From where to resume.
        curseur: i64,
    },
    /// The stream ends because the person opened too many others.
    Evince,
}

/// A follower of the stream, with the rights it has now.
#[derive(Debug)]
pub struct Suivi {
    presente: Presente,
    acteur: Arc<Acteur>,
    canal: broadcast::Receiver<Arc<Diffuse>>,
    curseur: i64,
    a_dire: VecDeque<Signal>,
    /// Events of the channel that were already read from the database.
    deja: HashSet<i64>,
    battement: Instant,
    place: Place,
    fini: bool,
}

impl Suivi {
    /// Follows the stream: from now on, or from what came after `depuis`.
    pub async fn ouvrir(
        app: &App,
        presente: Presente,
        permit: &Permit<SuivreEvenements>,
        depuis: Option<i64>,
    ) -> Result<Self, Error> {
        // Listened to before the stream's place is read: nothing falls between the two.
        let canal = app.hub().canal.subscribe();
        let mut attente = app.hub().curseur.subscribe();
        let lu = tokio::time::timeout(DEMARRAGE, attente.wait_for(Option::is_some)).await;
        let Some(curseur) = lu.ok().and_then(Result::ok).and_then(|c| *c) else {
            return Err(Error::Indisponible("le fil des évènements n’a pas démarré".to_owned()));
        };
        let mut suivi = Self {
            presente,
            acteur: Arc::clone(permit.partage()),
            canal,
            curseur,
            a_dire: VecDeque::new(),
            deja: HashSet::new(),
            battement: Instant::now() + app.reglages().battement,
            place: app.hub().places.prendre(permit.acteur().id),
            fini: false,
        };
        let place = match depuis {
            Some(depuis) if suivi.rattraper(app, depuis).await? => depuis,
            // A place that does not exist is not given back.
            Some(_) | None => curseur,
        };
        suivi.a_dire.push_front(Signal::Battement { curseur: place });
        Ok(suivi)
    }

    /// The next thing to tell; `None` at the end of the stream: session closed, or process stopped.
    pub async fn suivant(&mut self, app: &App) -> Option<Signal> {
        loop {
            if self.fini {
                return None;
            }
            if let Some(signal) = self.a_dire.pop_front() {
                return Some(signal);
            }
            tokio::select! {
                biased;
                () = self.place.fin() => {
                    self.fini = true;
                    return if app.hub().arret.is_cancelled() { None } else { Some(Signal::Evince) };
                }
                () = tokio::time::sleep_until(self.battement) => {
                    self.acteur = encore(app, self.presente.clone()).await?;
                    self.battement = Instant::now() + app.reglages().battement;
                    return Some(Signal::Battement { curseur: self.curseur });
                }
                recu = self.canal.recv() => match recu {
                    Ok(diffuse) => self.entendre(&diffuse),
                    Err(RecvError::Lagged(_)) => {
                        self.rattraper(app, self.curseur).await.map_err(|e| coupe(&e)).ok()?;
                    }
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }

    fn entendre(&mut self, diffuse: &Diffuse) {
        self.curseur = diffuse.curseur;
        if !self.deja.remove(&diffuse.evenement.seq) {
            self.dire(diffuse.evenement.clone(), diffuse.curseur);
        }
    }

    fn dire(&mut self, evenement: Evenement, curseur: i64) {
        if audible(&self.acteur, &evenement) {
            self.a_dire.push_back(Signal::Evenement { curseur, evenement: Box::new(evenement) });
        }
    }

    /// Reads what came after `depuis` from the database; `false` when it cannot be told whole, and the follower is told so.
    async fn rattraper(&mut self, app: &App, depuis: i64) -> Result<bool, Error> {
        let acteur = Arc::clone(&self.acteur);
        let Manques { evenements, entiers } = app.read(move |conn| manques(conn, &acteur, depuis)).await?;
        self.deja = evenements.iter().map(|e| e.seq).collect();
        if !entiers {
            self.a_dire.push_back(Signal::Reprise { curseur: self.curseur });
            return Ok(false);
        }
        for evenement in evenements {
            let curseur = evenement.seq.min(self.curseur.max(depuis));
            self.dire(evenement, curseur);
        }
        Ok(true)
    }
}

/// What somebody may hear of what came after a place.
struct Manques {
    /// In order, and not all of them when they are too many.
    evenements: Vec<Evenement>,
    /// Whether these are all: none was purged since, and the place is not of another life of the database.
    entiers: bool,
}

fn manques(conn: &mut Conn, acteur: &Acteur, depuis: i64) -> Result<Manques, Error> {
    let (premier, dernier) = (db::journal::premier_evenement(conn)?, db::journal::dernier_evenement(conn)?);
    let connue = premier <= depuis.saturating_add(1) && depuis <= dernier;
    let (mut place, mut evenements) = (depuis, Vec::new());
    for _ in 0..LECTURES_MAX {
        let lus = db::journal::evenements_apres(conn, place, i64::try_from(LECTURE).unwrap_or(i64::MAX))?;
        let suite = lus.last().map(|e| e.seq).filter(|_| lus.len() == LECTURE);
        evenements.extend(lus.into_iter().filter(|e| audible(acteur, e)));
        match suite {
            Some(fin) if evenements.len() <= REPRISE_MAX => place = fin,
            _ => return Ok(Manques { entiers: connue && evenements.len() <= REPRISE_MAX, evenements }),
        }
    }
    Ok(Manques { evenements, entiers: false })
}

/// The rights that the follower has now; `None` once its session is closed, its token expired, or
/// its scope withdrawn. Listening is not using: an idle session expires although its stream is open.
async fn encore(app: &App, presente: Presente) -> Option<Arc<Acteur>> {
    match app.identite_inerte(presente).await {
        Ok(identite) => {
            let identite = identite.ok()?;
            domain::authorize::<SuivreEvenements>(identite.acteur(), ()).ok().map(|p| Arc::clone(p.partage()))
        }
        Err(e) => {
            coupe(&e);
            None
        }
    }
}

fn coupe(e: &Error) {
    tracing::warn!(erreur = %e, "un fil d’évènements est coupé");
}
