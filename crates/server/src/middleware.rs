//! What every request goes through: its log, the check of its origin, the key
//! that makes it happen once, the security headers, the count of the calls of API clients.

mod bac_a_sable;
mod champs;
mod empreintes;
mod entetes;
mod journal;
mod methode;
mod origine;
mod parametres;
mod refus;
pub(crate) mod requete;
mod silence;
mod usage;
mod validateurs;

pub use bac_a_sable::bac_a_sable;
pub use champs::{ChampsConnus, QueryEntiere, champs};
pub use empreintes::empreintes;
pub use entetes::entetes;
pub use journal::journal;
pub use methode::methode;
pub use origine::origine;
pub use parametres::ParametresConnus;
pub use requete::requete;
pub use silence::silence;
pub use usage::usage;
pub use validateurs::validateurs;
