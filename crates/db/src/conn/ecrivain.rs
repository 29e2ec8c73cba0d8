//! The one thread that writes to SQLite, committing together the writes that wait.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};

use diesel::connection::{AnsiTransactionManager, TransactionManager as _};
use diesel::prelude::*;

use super::Conn;
use super::pool::Adresse;
use crate::error::DbError;

/// Most writes committed together: bounds how long the first of them waits for the others.
const GROUPE_MAX: usize = 64;

/// Tells the writer of one write whether the common commit succeeded.
type Reponse = Box<dyn FnOnce(Result<(), DbError>) + Send>;
/// One write, run inside its own savepoint.
type Ecriture = Box<dyn FnOnce(&mut Conn) -> Reponse + Send>;

/// The door to the writing thread; the thread ends when this is dropped.
pub(super) struct Ecrivain {
    file: Sender<Ecriture>,
}

impl Ecrivain {
    /// Opens the writing connection and starts the thread.
    pub(super) fn open(adresse: Adresse) -> Result<Self, DbError> {
        let conn = adresse.connect()?;
        let (file, attente) = channel();
        std::thread::Builder::new()
            .name("ecrivain-sqlite".to_owned())
            .spawn(move || boucle(&adresse, conn, &attente))
            .map_err(|e| DbError::Indisponible(e.to_string()))?;
        Ok(Self { file })
    }

    /// Runs one write and returns once it is durable.
    pub(super) fn run<T, E>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + From<diesel::result::Error> + Send + 'static,
    {
        let (rendre, rendu) = sync_channel(1);
        let ecriture: Ecriture = Box::new(move |conn| {
            let fait = conn.transaction(f);
            Box::new(move |commis| {
                // The caller may have gone: its write stands all the same.
                let _ = rendre.send(match (fait, commis) {
                    (Ok(valeur), Ok(())) => Ok(valeur),
                    (Ok(_), Err(e)) => Err(E::from(e)),
                    (Err(e), _) => Err(e),
                });
            })
        });
        let arretee = || DbError::Indisponible("l’écriture s’est arrêtée".to_owned());
        self.file.send(ecriture).map_err(|_| arretee())?;
        rendu.recv().map_err(|_| arretee())?
    }
}

fn boucle(adresse: &Adresse, mut conn: Conn, attente: &Receiver<Ecriture>) {
    while let Ok(premiere) = attente.recv() {
        if !groupe(&mut conn, premiere, attente) {
            // A write panicked: nothing of its group was acknowledged. Start again on a fresh connection.
            match adresse.connect() {
                Ok(neuve) => conn = neuve,
                Err(e) => {
                    tracing::error!(erreur = %e, "la base SQLite ne se rouvre pas");
                    return;
                }
            }
        }
    }
}

/// Commits a group of writes; `false` when the connection must not be used any more.
fn groupe(conn: &mut Conn, premiere: Ecriture, attente: &Receiver<Ecriture>) -> bool {
    let mut reponses = Vec::new();
    let resultat = debut(conn).and_then(|()| {
        let mut suivante = Some(premiere);
        while let Some(ecriture) = suivante {
            match catch_unwind(AssertUnwindSafe(|| ecriture(conn))) {
                Ok(reponse) => reponses.push(reponse),
                Err(_) => return Err(DbError::Indisponible("une écriture a échoué".to_owned())),
            }
            suivante = if reponses.len() < GROUPE_MAX { attente.try_recv().ok() } else { None };
        }
        fin(conn)
    });
    let saine = resultat.is_ok();
    for reponse in reponses {
        reponse(resultat.clone());
    }
    saine
}

fn debut(conn: &mut Conn) -> Result<(), DbError> {
    match conn {
        Conn::Sqlite(c) => Ok(AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?),
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => Err(DbError::Adresse),
    }
}

fn fin(conn: &mut Conn) -> Result<(), DbError> {
    match conn {
        Conn::Sqlite(c) => Ok(AnsiTransactionManager::commit_transaction(c)?),
        #[cfg(feature = "postgres")]
        Conn::Postgres(_) => Err(DbError::Adresse),
    }
}
