//! The portal of services and eGestion's home.

pub mod accueil;
pub mod configuration;
pub mod favoris;
pub mod guides;
pub mod lire;
