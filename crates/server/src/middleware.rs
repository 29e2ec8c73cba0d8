//! What every request goes through: its log, the check of its origin, the security headers.

mod entetes;
mod journal;
mod methode;
mod origine;

pub use entetes::entetes;
pub use journal::journal;
pub use methode::methode;
pub use origine::origine;
