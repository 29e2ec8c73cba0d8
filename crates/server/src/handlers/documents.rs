//! Documents of a dossier.

pub mod annuler;
pub(crate) mod contenu;
pub mod demander;
pub mod deposer;
pub mod examiner;
pub mod lister;
pub mod telecharger;
