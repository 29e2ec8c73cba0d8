//! What handlers take: the session, the permit, the form.

pub mod adresse;
pub mod appareil;
pub mod formulaire;
mod guard;

pub use guard::{Appelant, COOKIE, Guard, MonCompte, identifiant, jeton_porte, presente};
