//! The clock.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// Microseconds in a second.
const SECONDE: i64 = 1_000_000;

/// Where instants come from.
#[derive(Debug)]
pub enum Horloge {
    /// The machine's clock.
    Systeme,
    /// A clock that tests move by hand, in microseconds since 1970.
    Manuelle(AtomicI64),
    /// The machine's clock, ahead by as many microseconds: that of a sandbox.
    Avancee(AtomicI64),
}

impl Horloge {
    /// A clock that stands at `depart` until it is moved.
    pub fn manuelle(depart: Timestamp) -> Self {
        Self::Manuelle(AtomicI64::new(depart.as_microsecond()))
    }

    /// The machine's clock, ahead by as many seconds.
    pub fn avancee(secondes: i64) -> Self {
        Self::Avancee(AtomicI64::new(secondes.saturating_mul(SECONDE)))
    }

    /// The present instant, to the microsecond, which both engines store.
    #[expect(clippy::disallowed_methods, reason = "this is the clock port")]
    pub fn maintenant(&self) -> Timestamp {
        let micros = match self {
            Self::Systeme => Timestamp::now().as_microsecond(),
            Self::Manuelle(micros) => micros.load(Ordering::SeqCst),
            Self::Avancee(avance) => Timestamp::now().as_microsecond().saturating_add(avance.load(Ordering::SeqCst)),
        };
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Moves a clock that may be moved forward; the machine's clock does not move.
    pub fn avancer(&self, secondes: i64) {
        if let Self::Manuelle(micros) | Self::Avancee(micros) = self {
            micros.fetch_add(secondes.saturating_mul(SECONDE), Ordering::SeqCst);
        }
    }

    /// Puts the clock of a sandbox ahead by as many seconds in all; never back.
    pub fn porter_a(&self, secondes: i64) {
        if let Self::Avancee(avance) = self {
            avance.fetch_max(secondes.saturating_mul(SECONDE), Ordering::SeqCst);
        }
    }
}
