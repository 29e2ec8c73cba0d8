//! Dossiers: the list and one.

mod codes;
mod lire;
mod lister;
