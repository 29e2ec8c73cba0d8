//! Talking with the server.

pub mod echec;
pub mod ecriture;
pub mod envoi;
pub mod http;
pub mod lecture;
pub mod live;
pub mod memoire;
pub mod televersement;
