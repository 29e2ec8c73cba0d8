//! What handlers take: the session, the permit, the form.

pub mod adresse;
pub mod appareil;
mod bac;
pub mod codages;
pub mod conditions;
pub mod corps;
pub mod empreintes;
pub mod formulaire;
mod guard;
mod ouvert;
mod saisie;
pub mod tus;

pub use bac::Bac;
pub use guard::{Appelant, Asked, COOKIE, Guard, MonCompte, identifiant, jeton_porte, nom, presente};
pub use ouvert::Ouvert;
pub use saisie::{Objet, Parametres};
