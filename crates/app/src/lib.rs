//! The use cases of eGestion: what each act does, in one transaction, with its trace.

pub mod authz;
pub mod bac_a_sable;
pub mod clients_api;
pub mod comptes;
pub mod context;
mod courriel;
pub mod demo;
pub mod documents;
pub mod dossiers;
pub mod error;
pub mod hub;
mod lecteurs;
pub mod membres;
pub mod messages;
pub mod oauth;
pub mod portail;
pub mod ports;
pub mod quotas;
pub mod referentiel;
pub mod requete;
pub mod televersements;
pub mod travail;
pub mod tx;
pub mod version;
pub mod webhooks;
pub mod worker;

pub use context::{App, Reglages};
pub use error::{Champ, Error};
pub use tx::{Journal, Tx};
