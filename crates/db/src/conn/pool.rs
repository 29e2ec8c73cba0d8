//! The pool of connections, and what each connection is set to.

use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool, PoolError, R2D2Connection as _};

use super::Conn;
use crate::error::DbError;

/// As durable as PostgreSQL: write-ahead log, synchronised at each commit; foreign keys checked.
const REGLAGES_SQLITE: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1099511627776;";

/// A statement that waits or works longer than this is given up, so that it does not hold its connection for ever.
#[cfg(feature = "postgres")]
pub(super) const REGLAGES_POSTGRES: &str =
    "SET TIME ZONE 'UTC'; SET lock_timeout = '30s'; SET statement_timeout = '30s'";

/// A pool of connections.
pub(super) type Connexions = Pool<Adresse>;

/// Where the database is.
#[derive(Debug, Clone)]
pub(super) enum Adresse {
    /// A file.
    Sqlite(String),
    /// A server.
    #[cfg(feature = "postgres")]
    Postgres(String),
}

impl Adresse {
    /// Reads `sqlite://path` or `postgres://…`.
    pub(super) fn parse(url: &str) -> Result<Self, DbError> {
        if let Some(chemin) = url.strip_prefix("sqlite://") {
            return Ok(Self::Sqlite(chemin.to_owned()));
        }
        #[cfg(feature = "postgres")]
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err(DbError::Adresse)
    }

    /// Opens one connection, fully set.
    pub(super) fn connect(&self) -> Result<Conn, DbError> {
        let echec = |e: ConnectionError| DbError::Indisponible(e.to_string());
        match self {
            Self::Sqlite(chemin) => {
                let mut c = SqliteConnection::establish(chemin).map_err(echec)?;
                c.batch_execute(REGLAGES_SQLITE)?;
                Ok(Conn::Sqlite(c))
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(url) => {
                let mut c = PgConnection::establish(url).map_err(echec)?;
                c.batch_execute(REGLAGES_POSTGRES)?;
                Ok(Conn::Postgres(c))
            }
        }
    }
}

impl ManageConnection for Adresse {
    type Connection = Conn;
    type Error = DbError;

    fn connect(&self) -> Result<Conn, DbError> {
        Self::connect(self)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), DbError> {
        Ok(conn.ping()?)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

/// Opens a pool; its connections are made when first needed.
pub(super) fn open(adresse: Adresse, taille: u32) -> Result<Connexions, DbError> {
    Pool::builder()
        .max_size(taille)
        .min_idle(Some(1))
        .test_on_check_out(cfg!(feature = "postgres") && !matches!(adresse, Adresse::Sqlite(_)))
        .connection_timeout(Duration::from_secs(10))
        .build(adresse)
        .map_err(indisponible)
}

/// What a pool without a free connection means.
#[expect(clippy::needless_pass_by_value, reason = "used with map_err")]
pub(super) fn indisponible(e: PoolError) -> DbError {
    DbError::Indisponible(e.to_string())
}
