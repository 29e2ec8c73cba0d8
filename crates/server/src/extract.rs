//! What handlers take: the session, the permit, the form.

pub mod adresse;
pub mod appareil;
pub mod conditions;
pub mod empreintes;
pub mod formulaire;
mod guard;

pub use guard::{COOKIE, Guard, MonCompte, identifiant, jeton_de, nom};
