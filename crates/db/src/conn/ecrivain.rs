//! The one thread that writes to SQLite, committing together the writes that wait.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, TransactionManager as _};
use diesel::prelude::*;

use super::Conn;
use super::pool::Adresse;
use crate::error::DbError;

/// Most writes committed together: bounds how long the first of them waits for the others.
const GROUPE_MAX: usize = 64;
/// First wait before the file is opened again; each failure doubles it.
const PAUSE_MIN: Duration = Duration::from_secs(1);
/// Longest wait before the file is opened again.
const PAUSE_MAX: Duration = Duration::from_secs(30);

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
            // Nothing of its group was acknowledged. Start again on a fresh connection; the former goes first, for it may
            // hold the lock of the file.
            drop(conn);
            conn = match rouvrir(adresse, attente) {
                Some(neuve) => neuve,
                None => return,
            };
        }
    }
}

/// Opens the file again, however long that takes; `None` once nobody can ask for a write any more.
fn rouvrir(adresse: &Adresse, attente: &Receiver<Ecriture>) -> Option<Conn> {
    let mut pause = PAUSE_MIN;
    loop {
        match adresse.connect() {
            Ok(neuve) => return Some(neuve),
            Err(e) => tracing::error!(erreur = %e, "la base SQLite ne se rouvre pas"),
        }
        if !refuser(attente, pause) {
            return None;
        }
        pause = (pause * 2).min(PAUSE_MAX);
    }
}

/// Turns away for a while the writes that wait and those that come: none hangs. `false` once nobody can ask for another.
fn refuser(attente: &Receiver<Ecriture>, duree: Duration) -> bool {
    let fin = Instant::now() + duree;
    while let Some(reste) = fin.checked_duration_since(Instant::now()) {
        match attente.recv_timeout(reste) {
            // Whoever asked is told that writing is unavailable as soon as its write is dropped.
            Ok(ecriture) => drop(ecriture),
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
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

#[cfg(test)]
mod tests {
    use diesel::prelude::*;

    use super::{Adresse, DbError, Ecrivain};

    #[test]
    fn a_file_that_is_away_for_a_while_is_written_to_once_it_is_back() {
        let dossier = std::env::temp_dir().join(format!("egestion-ecrivain-{}", uuid::Uuid::now_v7()));
        let ailleurs = dossier.with_extension("ailleurs");
        std::fs::create_dir_all(&dossier).unwrap();
        let ecrivain = Ecrivain::open(Adresse::Sqlite(dossier.join("base.db").display().to_string())).unwrap();
        let ecrire = |sql: &'static str| {
            ecrivain.run(move |conn| diesel::sql_query(sql).execute(conn).map(drop).map_err(DbError::from))
        };
        ecrire("CREATE TABLE lignes (n INTEGER)").unwrap();
        std::fs::rename(&dossier, &ailleurs).unwrap();
        // A fault that costs the connection.
        let perdue = ecrivain.run(|_| -> Result<(), DbError> { panic!("une écriture qui échoue") });
        assert!(matches!(perdue, Err(DbError::Indisponible(_))), "{perdue:?}");
        // The file is not there: whoever writes is told, and does not wait for it.
        let refusee = ecrire("INSERT INTO lignes VALUES (1)");
        assert!(matches!(refusee, Err(DbError::Indisponible(_))), "{refusee:?}");
        std::fs::rename(&ailleurs, &dossier).unwrap();
        while ecrire("INSERT INTO lignes VALUES (2)").is_err() {
            std::thread::yield_now();
        }
        let n: i64 = ecrivain
            .run(|conn| {
                let n = diesel::dsl::sql::<diesel::sql_types::BigInt>("count(*) FROM lignes");
                Ok::<_, DbError>(diesel::select(n).get_result(conn)?)
            })
            .unwrap();
        assert_eq!(n, 1);
        drop(ecrivain);
        std::fs::remove_dir_all(&dossier).unwrap();
    }
}
