//! The operations of a sandbox, which are mounted in that mode alone ([`crate::routes::bac`]).

pub mod entreprise;
pub mod etat;
pub mod horloge;
pub mod opco;
pub mod reglement;
pub mod webhook;
