//! Accounts, sessions, passwords.

pub mod creer;
pub mod identite;
pub mod mot_de_passe;
pub mod session;
pub mod sessions;
