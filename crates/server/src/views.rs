//! From what use cases give back to what travels on the wire.

pub mod bac_a_sable;
pub mod clients_api;
pub mod comptes;
pub mod documents;
pub mod dossiers;
pub mod membres;
pub mod messages;
pub mod oauth;
pub mod portail;
pub mod televersements;
pub mod travail;
pub mod webhooks;
