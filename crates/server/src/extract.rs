//! What handlers take: the session, the permit, the form.

pub mod adresse;
pub mod appareil;
pub mod corps;
pub mod formulaire;
mod guard;
pub mod tus;

pub use guard::{COOKIE, Connecte, Guard, MonCompte, identifiant, jeton_de};
