//! The clock.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// Where instants come from.
#[derive(Debug)]
pub enum Horloge {
    /// The machine's clock.
    Systeme,
    /// A clock that tests move by hand, in microseconds since 1970.
    Manuelle(AtomicI64),
}

impl Horloge {
    /// A clock that stands at `depart` until it is moved.
    pub fn manuelle(depart: Timestamp) -> Self {
        Self::Manuelle(AtomicI64::new(depart.as_microsecond()))
    }

    /// The present instant, to the microsecond, which both engines store.
    #[expect(clippy::disallowed_methods, reason = "this is the clock port")]
    pub fn maintenant(&self) -> Timestamp {
        let micros = match self {
            Self::Systeme => Timestamp::now().as_microsecond(),
            Self::Manuelle(micros) => micros.load(Ordering::SeqCst),
        };
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Moves a manual clock forward; the machine's clock does not move.
    pub fn avancer(&self, secondes: i64) {
        if let Self::Manuelle(micros) = self {
            micros.fetch_add(secondes * 1_000_000, Ordering::SeqCst);
        }
    }
}
