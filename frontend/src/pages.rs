//! The pages, by address.

pub mod absente;
pub mod accueil;
pub mod clients;
pub mod compte;
pub mod connexion;
pub mod dossier;
pub mod dossiers;
pub mod gestion;
pub mod legal;
pub mod messagerie;
pub mod portail;
pub mod utilisateurs;
pub mod webhooks;
