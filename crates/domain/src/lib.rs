//! The vocabulary and the rules of eGestion: pure, total, without input or output.
//!
//! Everything here compiles for the browser as well as for the server. Nothing reads a clock,
//! a file or a database: what a rule needs is given to it.

pub mod acteur;
pub mod bac_a_sable;
pub mod code;
pub mod courriel;
pub mod document;
pub mod dossier;
pub mod evenement;
pub mod ids;
pub mod limites;
pub mod message;
pub mod mode;
pub mod montant;
pub mod mot_de_passe;
pub mod nom_fichier;
pub mod numero;
pub mod outil;
pub mod permit;
pub mod policy;
pub mod reference;
pub mod reseau;
pub mod scope;
pub mod secret;
pub mod siret;
pub mod televersement;
pub mod webhook;

pub use acteur::{Acteur, Portee, Preuve, Profil, Rattachement, RoleMembre};
pub use permit::{Denied, Permit, authorize};
pub use scope::{Scope, Scopes};
