//! What pages compute: pure, and tested natively.

pub mod boite;
pub mod depot;
pub mod droits;
pub mod entreprises;
pub mod filtre;
pub mod jointes;
pub mod siret;
