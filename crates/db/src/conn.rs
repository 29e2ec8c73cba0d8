//! Connections to either engine, and the two doors to them: reading and writing.

mod ecrivain;
mod modifier;
mod pool;
mod raisons;

use std::sync::Arc;

use diesel::connection::{AnsiTransactionManager, TransactionManager as _};
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use crate::error::DbError;

/// An error of a query, as the engine reports it.
pub use diesel::result::Error as QueryError;

/// A connection to one of the two engines; queries are written once over it.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// The embedded default.
    Sqlite(diesel::SqliteConnection),
    /// The engine past one machine.
    #[cfg(feature = "postgres")]
    Postgres(diesel::PgConnection),
}

impl Conn {
    /// The connection to SQLite, if it is one.
    const fn sqlite(&mut self) -> Option<&mut diesel::SqliteConnection> {
        match self {
            Self::Sqlite(c) => Some(c),
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => None,
        }
    }
}

/// Runs a query on the connection of the one engine that is under a [`Conn`].
///
/// Its SQL is made once for all, where a query run on both engines at once has its SQL made anew at each
/// run. For the queries that most requests make, and whose text never changes.
macro_rules! sur {
    ($conn:expr, $c:ident => $requete:expr) => {
        match $conn {
            $crate::Conn::Sqlite($c) => $requete,
            #[cfg(feature = "postgres")]
            $crate::Conn::Postgres($c) => $requete,
        }
    };
}
/// Reads by several queries what was there at one instant, out of any transaction. On SQLite each read is of one instant
/// already; on PostgreSQL this takes a transaction of its own.
pub(crate) fn d_un_instant<T>(conn: &mut Conn, f: impl FnOnce(&mut Conn) -> Result<T, DbError>) -> Result<T, DbError> {
    #[cfg(feature = "postgres")]
    if let Conn::Postgres(c) = conn {
        AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")?;
    }
    let lu = f(conn);
    #[cfg(feature = "postgres")]
    if let Conn::Postgres(c) = conn {
        AnsiTransactionManager::rollback_transaction(c)?;
    }
    lu
}

pub(crate) use modifier::modifier;
pub(crate) use sur;

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
#[cfg(feature = "postgres")]
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// A number that names the migration lock among PostgreSQL's advisory locks.
#[cfg(feature = "postgres")]
const VERROU_MIGRATION: i64 = 0x6547_6573_7469_6f6e;

/// The database of the process.
#[derive(Clone)]
pub struct Base {
    pool: pool::Connexions,
    /// On SQLite, the one thread that writes.
    ecrivain: Option<Arc<ecrivain::Ecrivain>>,
}

impl Base {
    /// Opens the database of `url`: `sqlite://path` or `postgres://…`.
    ///
    /// Migrations are not applied: see [`migrate`](Self::migrate).
    pub fn open(url: &str, connexions: u32) -> Result<Self, DbError> {
        let adresse = pool::Adresse::parse(url)?;
        let ecrivain = match &adresse {
            pool::Adresse::Sqlite(_) => Some(Arc::new(ecrivain::Ecrivain::open(adresse.clone())?)),
            #[cfg(feature = "postgres")]
            pool::Adresse::Postgres(_) => None,
        };
        Ok(Self { pool: pool::open(adresse, connexions)?, ecrivain })
    }

    /// Applies the migrations that are missing, and makes the keys that only we can make, under a lock: several nodes may
    /// start together.
    pub fn migrate(&self) -> Result<(), DbError> {
        let echec = |e: Box<dyn std::error::Error + Send + Sync>| DbError::Migration(e.to_string());
        match &mut *self.pool.get().map_err(pool::indisponible)? {
            Conn::Sqlite(c) => {
                c.run_pending_migrations(SQLITE).map_err(echec)?;
                raisons::sqlite(c)?;
            }
            #[cfg(feature = "postgres")]
            Conn::Postgres(c) => seul(c, |c| {
                c.run_pending_migrations(POSTGRES).map_err(echec)?;
                Ok(raisons::postgres(c)?)
            })?,
        }
        Ok(())
    }

    /// Undoes every migration; for the test that proves each can be undone.
    pub fn revert_all(&self) -> Result<(), DbError> {
        let echec = |e: Box<dyn std::error::Error + Send + Sync>| DbError::Migration(e.to_string());
        match &mut *self.pool.get().map_err(pool::indisponible)? {
            Conn::Sqlite(c) => c.revert_all_migrations(SQLITE).map(drop).map_err(echec),
            #[cfg(feature = "postgres")]
            Conn::Postgres(c) => seul(c, |c| c.revert_all_migrations(POSTGRES).map(drop).map_err(echec)),
        }
    }

    /// Reads. Blocks: to be called off the asynchronous threads.
    ///
    /// On SQLite, everything is read as it was at one instant, and the file is locked once and not for each query.
    pub fn read<T, E: From<DbError>>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let mut conn = self.pool.get().map_err(pool::indisponible)?;
        if let Some(c) = conn.sqlite() {
            AnsiTransactionManager::begin_transaction(c).map_err(DbError::from)?;
        }
        let lu = f(&mut conn);
        if let Some(c) = conn.sqlite() {
            AnsiTransactionManager::rollback_transaction(c).map_err(DbError::from)?;
        }
        lu
    }

    /// How many reads are worth doing at once.
    ///
    /// On PostgreSQL a read waits for the server: as many as there are connections. On SQLite it is work of
    /// our own processor: hardly more than there are cores, for they would only take turns.
    pub fn lectures(&self) -> usize {
        let connexions = usize::try_from(self.pool.max_size()).unwrap_or(1);
        let coeurs = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        if self.is_postgres() { connexions } else { connexions.min(coeurs + 2) }
    }

    /// Writes, in one transaction that is durable when this returns `Ok`.
    ///
    /// On SQLite, writes that wait for each other are committed together: each has its own
    /// savepoint, and all share one synchronisation of the disk. Blocks: to be called off the
    /// asynchronous threads.
    pub fn write<T, E>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + From<diesel::result::Error> + Send + 'static,
    {
        match &self.ecrivain {
            Some(ecrivain) => ecrivain.run(f),
            None => <Conn as Connection>::transaction(&mut *self.pool.get().map_err(pool::indisponible)?, f),
        }
    }

    /// Whether the engine is PostgreSQL, which several nodes may share.
    pub const fn is_postgres(&self) -> bool {
        self.ecrivain.is_none()
    }
}

/// Changes the schema while no other node does, in whatever time that takes.
#[cfg(feature = "postgres")]
fn seul(
    c: &mut diesel::PgConnection,
    changer: impl FnOnce(&mut diesel::PgConnection) -> Result<(), DbError>,
) -> Result<(), DbError> {
    use diesel::connection::SimpleConnection as _;
    c.batch_execute("SET statement_timeout = 0; SET lock_timeout = 0")?;
    let verrou = diesel::sql_query(format!("SELECT pg_advisory_lock({VERROU_MIGRATION})")).execute(c);
    let fait = verrou.map_err(DbError::from).and_then(|_| {
        // Another node is waited for; a table in use is not for long: what comes after queues up behind.
        c.batch_execute("SET lock_timeout = '30s'")?;
        let fait = changer(c);
        diesel::sql_query(format!("SELECT pg_advisory_unlock({VERROU_MIGRATION})")).execute(c)?;
        fait
    });
    c.batch_execute(pool::REGLAGES_POSTGRES)?;
    fait
}
