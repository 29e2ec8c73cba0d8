//! The frame around pages.

pub mod bac_a_sable;
pub mod bandeau;
pub mod cadre;
pub mod entite;
pub mod lateral;
pub mod pied;
pub mod seuil;
