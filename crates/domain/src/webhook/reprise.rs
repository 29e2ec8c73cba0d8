//! When a delivery that failed is tried again.

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};

/// Waits between attempts, in seconds, as the Standard Webhooks specification suggests: about three days in all.
const ATTENTES: [i64; 9] = [5, 5 * 60, 30 * 60, 2 * H, 5 * H, 10 * H, 14 * H, 20 * H, 24 * H];
const H: i64 = 3600;
/// Attempts of a delivery before it is given up.
pub const ESSAIS_MAX: i32 = 10;
/// A receiver may ask to wait this long and no longer.
const ATTENTE_MAX: SignedDuration = SignedDuration::from_hours(24);
/// The most that chance adds to a wait, in percent: receivers that come back are not all called at once.
const GIGUE: i64 = 20;

/// How long to wait after the `essais`th attempt failed; `None` when it was the last.
///
/// `hasard` spreads the waits; `demandee` is what the receiver asked for, which lengthens the wait and never shortens it.
pub fn prochain_essai(essais: i32, demandee: Option<SignedDuration>, hasard: u16) -> Option<SignedDuration> {
    let rang = usize::try_from(essais).ok()?.checked_sub(1)?;
    let base = ATTENTES.get(rang)? * 1000;
    let gigue = base * GIGUE * i64::from(hasard) / (100 * i64::from(u16::MAX));
    let attente = SignedDuration::from_millis(base + gigue);
    Some(demandee.map_or(attente, |d| attente.max(d.min(ATTENTE_MAX))))
}

/// What a `Retry-After` asks for (RFC 9110: seconds, or a date); `None` when it is not understood or is over.
pub fn attente_demandee(entete: &str, maintenant: Timestamp) -> Option<SignedDuration> {
    static DATES: DateTimeParser = DateTimeParser::new();
    let entete = entete.trim();
    let attente = if entete.bytes().all(|b| b.is_ascii_digit()) {
        // More digits than a number holds is a very long time.
        SignedDuration::from_secs(entete.parse::<u32>().map_or(i64::from(u32::MAX), i64::from))
    } else {
        DATES.parse_timestamp(entete).ok()?.duration_since(maintenant)
    };
    (!entete.is_empty() && attente.is_positive()).then(|| attente.min(ATTENTE_MAX))
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::{ATTENTES, ESSAIS_MAX, attente_demandee, prochain_essai};

    #[test]
    fn waits_lengthen_over_three_days_then_end() {
        let attentes: Vec<_> = (1..=ESSAIS_MAX).map(|n| prochain_essai(n, None, 0)).collect();
        assert_eq!(attentes.iter().flatten().count(), ATTENTES.len());
        assert_eq!(attentes.last(), Some(&None));
        assert!(attentes.windows(2).all(|w| w[1].is_none() || w[0] < w[1]), "{attentes:?}");
        let total: SignedDuration = attentes.into_iter().flatten().fold(SignedDuration::ZERO, |a, b| a + b);
        assert_eq!(total.as_hours(), 75);
        assert_eq!((prochain_essai(0, None, 0), prochain_essai(-1, None, 0)), (None, None));
    }

    #[test]
    fn chance_adds_a_fifth_at_most() {
        assert_eq!(prochain_essai(1, None, 0), Some(SignedDuration::from_millis(5000)));
        assert_eq!(prochain_essai(1, None, u16::MAX), Some(SignedDuration::from_millis(6000)));
        assert_eq!(prochain_essai(9, None, u16::MAX), Some(SignedDuration::from_secs(24 * 3600 * 6 / 5)));
    }

    #[test]
    fn a_receiver_may_ask_for_longer_within_a_day() {
        let s = SignedDuration::from_secs;
        for (demandee, attendue) in [(s(1), s(5)), (s(60), s(60)), (s(10_000_000), s(86_400))] {
            assert_eq!(prochain_essai(1, Some(demandee), 0), Some(attendue));
        }
        assert_eq!(prochain_essai(ESSAIS_MAX, Some(s(60)), 0), None);
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let maintenant: Timestamp = "2026-11-25T10:00:00Z".parse().unwrap();
        let s = SignedDuration::from_secs;
        for (entete, attendue) in [
            ("120", Some(s(120))),
            (" 7 ", Some(s(7))),
            ("0", None),
            ("", None),
            ("99999999999999999999", Some(s(86_400))),
            ("-5", None),
            ("1.5", None),
            ("bientôt", None),
            ("Wed, 25 Nov 2026 10:01:40 GMT", Some(s(100))),
            ("Wed, 25 Nov 2026 09:59:00 GMT", None),
            ("Thu, 25 Nov 2027 10:00:00 GMT", Some(s(86_400))),
        ] {
            assert_eq!(attente_demandee(entete, maintenant), attendue, "{entete}");
        }
    }
}
