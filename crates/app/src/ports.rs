//! The doors to the outside, each with several implementations.

pub mod antivirus;
pub mod coffre;
pub mod coursier;
pub mod facteur;
pub mod horloge;
pub mod trousseau;
