//! Dossiers: the list and one.

mod lire;
mod lister;
