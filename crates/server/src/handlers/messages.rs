//! Messages: the thread of a dossier, the inbox.

pub mod envoyer;
pub mod lire;
pub mod lister;
pub mod marquer;
