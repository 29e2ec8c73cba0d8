//! Dossiers: the list and one.

mod chercher;
mod codes;
mod lire;
mod lister;
