//! What every request goes through: its log, the check of its origin, the security headers,
//! the count of the calls of API clients.

mod entetes;
mod journal;
mod origine;
mod usage;

pub use entetes::entetes;
pub use journal::journal;
pub use origine::origine;
pub use usage::usage;
