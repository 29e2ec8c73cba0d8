//! The operations: one file each, which extracts, calls a use case, and maps its answer.

pub mod bac_a_sable;
pub mod clients_api;
pub mod comptes;
pub mod documents;
pub mod dossiers;
pub mod guide;
pub mod lots;
pub mod membres;
pub mod messages;
pub mod oauth;
pub mod portail;
pub mod systeme;
pub mod televersements;
pub mod travail;
pub mod webhooks;
