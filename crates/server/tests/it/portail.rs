//! The portal of services, and eGestion's home.

mod accueil;
mod favoris;
mod guides;
mod services;
