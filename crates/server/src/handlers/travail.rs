//! The gestionnaire's worklist, and the live stream.

pub mod lire;
pub mod suivre;
pub mod traiter;
