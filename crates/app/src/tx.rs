//! The two doors to the database: reading, and writing with a trace.

use std::time::{Duration, Instant};

use db::Conn;
use db::codes::{Audience, JobNature, Reference};
use db::journal::{Annonce, Trace};
use domain::Acteur;
use domain::evenement::EvenementType;
use domain::ids::{Id, JobId, UtilisateurId};
use domain::policy::DossierScope;
use domain::reference::ReferenceExterne;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::requete::{self, Requete};
use crate::{App, Error};

/// Longest write, from its instant to its last row; the commit follows.
const DUREE_MAX: Duration = Duration::from_secs(45);
/// How long ago every write of an instant is committed for sure, with what clocks of nodes may differ.
pub(crate) const RECUL: SignedDuration = SignedDuration::from_secs(60);

/// A write transaction.
pub struct Tx<'a> {
    /// The connection.
    pub conn: &'a mut Conn,
    /// The instant of the transaction, the same for all it writes.
    pub maintenant: Timestamp,
    auteur: Option<UtilisateurId>,
    reveils: Reveils,
}

/// Who has something to do at once when a write is committed: nobody else is woken.
#[derive(Debug, Clone, Copy, Default)]
struct Reveils {
    /// The worker: a job is due.
    travail: bool,
    /// The sending of webhooks: an event is to be dealt out, or a delivery is due.
    expedition: bool,
    /// The hub: an event was announced.
    hub: bool,
}

/// What a write leaves beside its rows: at least one line of the journal, any number of events.
#[derive(Debug)]
pub struct Journal {
    traces: Vec<Trace>,
    annonces: Vec<Annonce>,
}

impl Journal {
    /// A journal with its first line.
    pub fn new(trace: Trace) -> Self {
        Self { traces: vec![trace], annonces: Vec::new() }
    }

    /// Adds an event.
    #[must_use]
    pub fn annonce(
        mut self,
        nature: EvenementType,
        audience: Audience,
        dossier: &DossierScope,
        objet: Option<Uuid>,
    ) -> Self {
        self.annonces.push(Annonce { nature, audience, dossier: dossier.clone(), objet });
        self
    }

    /// The last event added.
    pub(crate) fn derniere(&self) -> Option<EvenementType> {
        self.annonces.last().map(|a| a.nature)
    }
}

impl Tx<'_> {
    /// A fresh identifier; identifiers follow time.
    pub fn id<T>() -> Id<T> {
        Id::new(Uuid::now_v7())
    }

    /// Gives a thing the name that it has in the caller's own software, or takes it away.
    ///
    /// [`Error::ReferencePrise`] when the caller gave that name to another of its kind.
    pub fn nommer(
        &mut self,
        acteur: &Acteur,
        nature: Reference,
        objet: Uuid,
        nom: Option<ReferenceExterne>,
    ) -> Result<Option<String>, Error> {
        if db::references::nommer(self.conn, acteur, nature, objet, nom.as_ref())? {
            Ok(nom.map(|n| n.as_str().to_owned()))
        } else {
            Err(Error::ReferencePrise)
        }
    }

    /// Gives something just made its name, when it is given one.
    pub fn nommer_neuf(
        &mut self,
        acteur: &Acteur,
        nature: Reference,
        objet: Uuid,
        nom: Option<ReferenceExterne>,
    ) -> Result<Option<String>, Error> {
        if nom.is_some() { self.nommer(acteur, nature, objet, nom) } else { Ok(None) }
    }

    /// Plans background work about `objet`.
    pub fn planifier(&mut self, nature: JobNature, objet: Uuid, a_partir_de: Timestamp) -> Result<(), Error> {
        let id: JobId = Self::id();
        self.reveils.travail |= a_partir_de <= self.maintenant;
        Ok(db::jobs::planifier(self.conn, id, nature, objet, a_partir_de)?)
    }

    /// Says that deliveries of webhooks became due.
    pub(crate) fn expedier(&mut self) {
        self.reveils.expedition = true;
    }
}

impl App {
    /// Reads, off the asynchronous threads.
    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let base = self.base().clone();
        let (rendre, rendu) = tokio::sync::oneshot::channel();
        self.lecteurs().confier(move || {
            // Whoever asked may have gone.
            let _ = rendre.send(base.read(f));
        });
        rendu.await.map_err(|_| Error::Interne("lecture interrompue".to_owned()))?
    }

    /// Writes as a person: the only way to a write transaction, with [`write_systeme`](Self::write_systeme).
    pub async fn write<T: Send + 'static>(
        &self,
        acteur: &Acteur,
        f: impl FnOnce(&mut Tx<'_>) -> Result<(T, Journal), Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.ecrire(Some(acteur.id), f).await
    }

    /// Writes in the name of an account, whose rights the transaction reads if it needs them.
    pub(crate) async fn write_pour<T: Send + 'static>(
        &self,
        auteur: UtilisateurId,
        f: impl FnOnce(&mut Tx<'_>) -> Result<(T, Journal), Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.ecrire(Some(auteur), f).await
    }

    /// Writes as nobody in particular: the worker, or somebody not signed in yet.
    pub async fn write_systeme<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Tx<'_>) -> Result<(T, Journal), Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.ecrire(None, f).await
    }

    /// What the other doors do, for a use case that may stop for a reason of its own: `E` undoes the write as an error
    /// does.
    pub(crate) async fn ecrire<T: Send + 'static, E: From<Error> + Send + 'static>(
        &self,
        auteur: Option<UtilisateurId>,
        f: impl FnOnce(&mut Tx<'_>) -> Result<(T, Journal), E> + Send + 'static,
    ) -> Result<T, E> {
        let base = self.base().clone();
        let (depart, maintenant) = (Instant::now(), self.horloge().maintenant());
        let requete = Requete::presente();
        let simulee = requete.as_ref().is_some_and(|r| r.simulee());
        if simulee && auteur.is_none() {
            return Err(Error::Simulation.into());
        }
        // Without a way to make the answer again, a key would only hinder.
        let une_fois = requete.zip(requete::rendu::<T>());
        let fait = tokio::task::spawn_blocking(move || {
            base.write(move |conn| {
                let prise = match &une_fois {
                    Some((requete, rendu)) => requete.prendre(conn, maintenant)?.map(|cle| (cle, rendu)),
                    None => None,
                };
                let mut tx = Tx { conn, maintenant, auteur, reveils: Reveils::default() };
                let (valeur, journal) = f(&mut tx).map_err(Arret::Arrete)?;
                for trace in &journal.traces {
                    db::journal::tracer(tx.conn, Uuid::now_v7(), tx.auteur, maintenant, trace)?;
                }
                for (rang, annonce) in journal.annonces.iter().enumerate() {
                    db::journal::annoncer(tx.conn, maintenant, annonce)?;
                    if journal.annonces[..rang].iter().all(|a| a.dossier.id != annonce.dossier.id) {
                        db::dossiers::toucher(tx.conn, &annonce.dossier, maintenant)?;
                    }
                }
                // Whoever follows what changed reads up to a while ago: nothing is committed later than that.
                if depart.elapsed() > DUREE_MAX {
                    return Err(Error::Indisponible("écriture trop lente".to_owned()).into());
                }
                if let Some((cle, rendu)) = prise
                    && let Some(reponse) = rendu.de(&valeur)
                {
                    db::idempotence::repondre(tx.conn, &cle, &reponse)?;
                }
                let mut reveils = tx.reveils;
                reveils.hub = !journal.annonces.is_empty();
                reveils.expedition |= reveils.hub;
                if simulee { Err(Arret::Simulee(valeur)) } else { Ok((valeur, reveils)) }
            })
        })
        .await
        .map_err(interrompu)?;
        match fait {
            Ok((valeur, reveils)) => {
                self.reveiller(reveils);
                Ok(valeur)
            }
            Err(Arret::Simulee(valeur)) => Ok(valeur),
            Err(Arret::Arrete(e)) => Err(e),
        }
    }

    fn reveiller(&self, reveils: Reveils) {
        if reveils.travail {
            self.reveil().notify_one();
        }
        if reveils.expedition {
            self.expedition().notify_one();
        }
        if reveils.hub {
            self.hub().reveiller();
        }
    }

    /// Counts something that is asked for; a simulation counts it and takes it back.
    pub(crate) async fn compter<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (base, simulee) = (self.base().clone(), requete::simulee());
        let compte = move || {
            base.write(move |conn| {
                let valeur = f(conn).map_err(Arret::Arrete)?;
                if simulee { Err(Arret::Simulee(valeur)) } else { Ok(valeur) }
            })
        };
        match tokio::task::spawn_blocking(compte).await.map_err(interrompu)? {
            Ok(valeur) | Err(Arret::Simulee(valeur)) => Ok(valeur),
            Err(Arret::Arrete(e)) => Err(e),
        }
    }

    /// Housekeeping that leaves no trace because it changes nothing that anybody did: counters of
    /// attempts, the time a session was last seen, the state of jobs.
    pub async fn entretenir<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let base = self.base().clone();
        tokio::task::spawn_blocking(move || base.write(f)).await.map_err(interrompu)?
    }
}

/// Rows removed in one transaction: other writes must not wait.
const LOT: i64 = 500;

impl App {
    /// Housekeeping by lots, each in a transaction of its own, until nothing is left to do; how much was done.
    pub(crate) async fn par_lots(
        &self,
        lot: impl Fn(&mut Conn, i64) -> Result<usize, db::DbError> + Clone + Send + 'static,
    ) -> Result<usize, Error> {
        let mut total = 0;
        loop {
            let lot = lot.clone();
            match self.entretenir(move |conn| Ok(lot(conn, LOT)?)).await? {
                0 => return Ok(total),
                n => total += n,
            }
        }
    }
}

/// Why a transaction is rolled back.
enum Arret<T, E> {
    /// It was to be tried only: this is what it would have given.
    Simulee(T),
    /// It failed, or the use case stopped.
    Arrete(E),
}

impl<T, E: From<Error>> From<Error> for Arret<T, E> {
    fn from(e: Error) -> Self {
        Self::Arrete(e.into())
    }
}
impl<T, E: From<Error>> From<db::DbError> for Arret<T, E> {
    fn from(e: db::DbError) -> Self {
        Error::from(e).into()
    }
}
impl<T, E: From<Error>> From<db::conn::QueryError> for Arret<T, E> {
    fn from(e: db::conn::QueryError) -> Self {
        Error::from(e).into()
    }
}

#[expect(clippy::needless_pass_by_value, reason = "used with map_err")]
fn interrompu(e: tokio::task::JoinError) -> Error {
    Error::Interne(format!("tâche interrompue : {e}"))
}
