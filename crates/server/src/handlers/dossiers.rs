//! Dossiers of training.

pub mod lire;
pub mod lister;
pub mod referencer;
