//! The gestionnaire's worklist.

mod lire;
mod traiter;
