//! Documents of a dossier.

pub mod annuler;
mod contenu;
pub mod deposer;
pub mod examiner;
pub mod lister;
pub mod telecharger;
