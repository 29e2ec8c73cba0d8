//! What a request asks of its writes, whatever its use case: to happen once, or not to be kept at all.
//!
//! The request travels with the task that serves it, so that [`App::write`] finds it without every
//! use case handing it on. A key is taken by the transaction of the effect, with the answer that the
//! effect deserves: after a crash either all three are there or none is.

mod empreinte;
mod en_cours;
mod rendu;

use std::future::Future;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use db::Conn;
use db::idempotence::{Cle, Connue};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use db::idempotence::Reponse;
pub use empreinte::Empreinte;
pub use en_cours::{EnCours, Place};
pub use rendu::rendre;
pub(crate) use rendu::rendu;

use crate::comptes::reseau;
use crate::quotas::{Genre, Solde};
use crate::{App, Error};

/// A key is remembered for this long.
pub const MEMOIRE: SignedDuration = SignedDuration::from_hours(24);

tokio::task_local! {
    static REQUETE: Arc<Requete>;
}

/// Whether what a request asks for is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portee {
    /// It is done.
    Reelle,
    /// It is tried, and undone: the answer alone is wanted.
    Simulee,
}

/// What a request asks of its writes.
#[derive(Debug)]
pub struct Requete {
    portee: Portee,
    cle: Option<CleDonnee>,
    /// From where it comes: whom the key belongs to, and who is counted, until somebody is recognised.
    origine: IpAddr,
    appelant: OnceLock<Uuid>,
    solde: OnceLock<Solde>,
}

/// The key of a request.
#[derive(Debug)]
struct CleDonnee {
    sha256: [u8; 32],
    /// What the request is, as far as it was read.
    empreinte: Mutex<Empreinte>,
    /// Whether the request took it, or was answered from what it holds.
    servie: AtomicBool,
}

impl Requete {
    /// A request, its key and what is read of it so far; `origine` stands for who sends it, as long
    /// as it is nobody known.
    pub fn new(portee: Portee, cle: Option<(&str, Empreinte)>, origine: IpAddr) -> Arc<Self> {
        let cle = cle.map(|(texte, empreinte)| CleDonnee {
            sha256: Sha256::digest(texte.as_bytes()).into(),
            empreinte: Mutex::new(empreinte),
            servie: AtomicBool::new(false),
        });
        Arc::new(Self { portee, cle, origine, appelant: OnceLock::new(), solde: OnceLock::new() })
    }

    /// A request that this one is made of, with a key of its own.
    pub fn element(&self, cle: Option<(&str, Empreinte)>) -> Arc<Self> {
        Self::new(self.portee, cle, self.origine)
    }

    /// Runs what serves the request.
    pub async fn porter<F: Future>(self: Arc<Self>, servir: F) -> F::Output {
        REQUETE.scope(self, servir).await
    }

    /// The request that the present task serves, if it asks for anything of the kind.
    pub fn presente() -> Option<Arc<Self>> {
        REQUETE.try_with(Arc::clone).ok()
    }

    /// Adds to what tells the request from another.
    pub fn ajouter(&self, ajout: impl FnOnce(&mut Empreinte)) {
        if let Some(cle) = &self.cle
            && let Ok(mut empreinte) = cle.empreinte.lock()
        {
            ajout(&mut empreinte);
        }
    }

    /// The answer of the request counts, and not what its key holds.
    pub fn servir(&self) {
        if let Some(cle) = &self.cle {
            cle.servie.store(true, Ordering::Relaxed);
        }
    }

    /// What the request has been given before under its key; `None` when it was not, or when it took the key itself.
    ///
    /// [`Error::CleReutilisee`] when the key was given to another request.
    pub async fn deja(&self, app: &App) -> Result<Option<Reponse>, Error> {
        if self.cle.as_ref().is_some_and(|c| c.servie.load(Ordering::Relaxed)) {
            return Ok(None);
        }
        let Some((cle, empreinte)) = self.cle().zip(self.empreinte()) else { return Ok(None) };
        let depuis = memoire(app.horloge().maintenant());
        match app.read(move |conn| Ok(db::idempotence::lire(conn, &cle, depuis)?)).await? {
            Some(Connue { empreinte: e, .. }) if e != empreinte => Err(Error::CleReutilisee),
            Some(connue) => Ok(Some(connue.reponse)),
            None => Ok(None),
        }
    }

    /// Whether the request is a simulation.
    pub const fn simulee(&self) -> bool {
        matches!(self.portee, Portee::Simulee)
    }

    /// Whether the request has a key.
    pub const fn a_cle(&self) -> bool {
        self.cle.is_some()
    }

    /// Where the sender stands, once counted.
    pub fn solde(&self) -> Option<&Solde> {
        self.solde.get()
    }

    /// Counts the request, once; [`Error::TropDeTentatives`] when its sender has sent too many.
    fn compter(&self, app: &App, genre: Genre, qui: Uuid) -> Result<(), Error> {
        if self.solde.get().is_some() {
            return Ok(());
        }
        let Some((solde, attente)) = app.quotas().compter(genre, qui) else { return Ok(()) };
        let _ = self.solde.set(solde);
        attente.map_or(Ok(()), |attendre| Err(Error::TropDeTentatives { attendre }))
    }

    /// Counts a request that nobody known sends, whatever it presents.
    pub fn compter_anonyme(&self, app: &App) -> Result<(), Error> {
        self.compter(app, Genre::Anonyme, en_place_de(&reseau(self.origine)))
    }

    fn cle(&self) -> Option<Cle> {
        let appelant = || self.appelant.get().copied().unwrap_or_else(|| en_place_de(&self.origine.to_string()));
        self.cle.as_ref().map(|c| Cle { appelant: appelant(), sha256: c.sha256 })
    }

    fn empreinte(&self) -> Option<[u8; 32]> {
        self.cle.as_ref()?.empreinte.lock().ok()?.conclure()
    }

    /// Takes the request's key for the present transaction, whose value gives the answer to keep.
    ///
    /// A simulation takes none: it may be followed by the act itself.
    pub(crate) fn prendre(&self, conn: &mut Conn, maintenant: Timestamp) -> Result<Option<Cle>, Error> {
        if self.simulee() {
            return Ok(None);
        }
        let Some(cle) = self.cle() else { return Ok(None) };
        let partielle = || Error::Illisible("la requête n’a pas été lue en entier".to_owned());
        let empreinte = self.empreinte().ok_or_else(partielle)?;
        if db::idempotence::prendre(conn, &cle, &empreinte, maintenant, memoire(maintenant))? {
            self.servir();
            Ok(Some(cle))
        } else {
            Err(Error::CleConnue)
        }
    }
}

/// What stands for a network address: never the address itself, which is personal.
fn en_place_de(adresse: &str) -> Uuid {
    let hash: [u8; 32] = Sha256::digest(adresse).into();
    let mut octets = [0; 16];
    octets.copy_from_slice(&hash[..16]);
    Uuid::from_bytes(octets)
}

impl App {
    /// Counts the request that the present task serves as nobody's; [`Error::TropDeTentatives`] when it is one too many.
    pub fn compter_anonyme(&self) -> Result<(), Error> {
        Requete::presente().map_or(Ok(()), |r| r.compter_anonyme(self))
    }

    /// Says who sends the request that the present task serves, and counts it.
    ///
    /// [`Error::TropDeTentatives`] when it is one too many. Every way of being signed in comes by here.
    pub fn reconnaitre(&self, genre: Genre, appelant: Uuid) -> Result<(), Error> {
        let Some(requete) = Requete::presente() else { return Ok(()) };
        // The same sender at every time of one request.
        let _ = requete.appelant.set(appelant);
        requete.compter(self, genre, appelant)
    }
}

/// Whether the present task serves a simulation: what lies outside of the database is then undone too.
pub(crate) fn simulee() -> bool {
    Requete::presente().is_some_and(|r| r.simulee())
}

fn memoire(maintenant: Timestamp) -> Timestamp {
    maintenant.saturating_sub(MEMOIRE).unwrap_or(Timestamp::MIN)
}

/// Forgets the keys that are not remembered any more; how many.
pub async fn purger(app: &App) -> Result<usize, Error> {
    let avant = memoire(app.horloge().maintenant());
    app.par_lots(move |conn, lot| db::idempotence::purger(conn, avant, lot)).await
}
