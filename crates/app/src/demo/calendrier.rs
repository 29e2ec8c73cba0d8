//! The calendar of the demonstration: written for one day, moved to the day it is made.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::ids::Id;
use jiff::civil::{Date, date};
use jiff::{Span, Timestamp};
use uuid::{Builder, Uuid};

/// The day that the tables are written for.
pub(super) const JOUR_ECRIT: Date = date(2026, 11, 23);
const FUSEAU: &str = "Europe/Paris";

/// A time of the day: hours and minutes.
pub(super) type Heure = (i8, i8);

/// Whether a date moves with the day the demonstration is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ancrage {
    /// It stays where it is written: the past of the guide.
    Fixe,
    /// It keeps its distance to the present day.
    Mobile,
}

/// Turns written dates into instants, and instants into identifiers that follow them.
pub(crate) struct Calendrier {
    maintenant: Timestamp,
    decalage: Span,
    suite: AtomicU32,
}

impl Calendrier {
    pub(crate) fn new(maintenant: Timestamp) -> Self {
        let jour = maintenant.in_tz(FUSEAU).map_or(JOUR_ECRIT, |z| z.date());
        let decalage = JOUR_ECRIT.until(jour).unwrap_or_default();
        Self { maintenant, decalage, suite: AtomicU32::new(0) }
    }

    pub(crate) const fn maintenant(&self) -> Timestamp {
        self.maintenant
    }

    /// The date, moved if it is to move.
    pub(super) fn jour(&self, ecrit: Date, ancrage: Ancrage) -> Date {
        match ancrage {
            Ancrage::Fixe => ecrit,
            Ancrage::Mobile => ecrit.saturating_add(self.decalage),
        }
    }

    /// The instant of a date and a time in Paris; never in the future.
    pub(super) fn instant(&self, ecrit: Date, ancrage: Ancrage, (h, m): Heure) -> Timestamp {
        let jour = self.jour(ecrit, ancrage);
        let le = jour.at(h, m, 0, 0).in_tz(FUSEAU).map_or(self.maintenant, |z| z.timestamp());
        // What is told of this morning has happened, however early the demonstration is made.
        le.min(self.maintenant - jiff::SignedDuration::from_mins(1))
    }

    /// An identifier made at `le`; two of one instant follow the order of the calls.
    pub(crate) fn id<T>(&self, le: Timestamp) -> Id<T> {
        let rang = self.suite.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let hasard = Uuid::new_v4().into_bytes();
        let mut reste = [0; 10];
        reste[3..7].copy_from_slice(&rang);
        reste[7..].copy_from_slice(&hasard[..3]);
        let millis = u64::try_from(le.as_millisecond()).unwrap_or(0);
        Id::new(Builder::from_unix_timestamp_millis(millis, &reste).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Ancrage, Calendrier};

    #[test]
    fn dates_keep_their_distance_and_nothing_is_in_the_future() {
        let c = Calendrier::new("2027-03-05T05:00:00Z".parse().unwrap());
        assert_eq!(c.jour(date(2026, 11, 20), Ancrage::Mobile), date(2027, 3, 2));
        assert_eq!(c.jour(date(2019, 7, 1), Ancrage::Fixe), date(2019, 7, 1));
        assert_eq!(c.instant(date(2026, 11, 20), Ancrage::Mobile, (9, 5)).to_string(), "2027-03-02T08:05:00Z");
        assert!(c.instant(date(2026, 11, 23), Ancrage::Mobile, (18, 0)) < c.maintenant());
    }

    #[test]
    fn identifiers_follow_time_then_the_order_of_the_calls() {
        let c = Calendrier::new("2026-11-23T09:00:00Z".parse().unwrap());
        let (tot, tard) = ("2020-01-01T00:00:00Z".parse().unwrap(), "2026-01-01T00:00:00Z".parse().unwrap());
        let ids: Vec<domain::ids::MessageId> = vec![c.id(tot), c.id(tot), c.id(tard)];
        assert!(ids.is_sorted());
        assert!(ids[2].uuid() < uuid::Uuid::now_v7());
    }
}
