//! The database: schema, queries and migrations, once for SQLite and PostgreSQL.
//!
//! Queries take the proof of scope they need (a permit, a perimeter), never a bare identifier
//! of a tenant's row; only [`portee`] reads rows from bare identifiers, to judge them.

pub mod bac_a_sable;
pub mod cles;
pub mod clients_api;
pub mod codes;
pub mod comptes;
pub mod conn;
pub mod courriels;
pub mod documents;
pub mod dossiers;
pub mod error;
pub mod idempotence;
pub mod invitations;
pub mod jetons;
pub mod jetons_api;
pub mod jobs;
pub mod journal;
pub mod lots;
pub mod membres;
pub mod messages;
pub mod mode;
mod pages;
pub mod portail;
pub mod portee;
pub mod recherche;
pub mod references;
pub mod schema;
pub mod securite;
pub mod sessions;
pub mod televersements;
pub mod tentatives;
pub mod travail;
pub mod types;
pub mod webhooks;

pub use conn::{Base, Conn};
pub use error::DbError;
