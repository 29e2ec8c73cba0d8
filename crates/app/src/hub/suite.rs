//! Which places of the stream were read, and which may still come late.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// A place that is still empty after this long is nobody's: its transaction was undone.
const PATIENCE: Duration = Duration::from_mins(1);
/// Most empty places watched behind one event.
const TROUS_MAX: i64 = 1000;

/// Where the reading of the stream stands.
///
/// On PostgreSQL a place is taken before its transaction commits, so an event may show up behind
/// another that was already read. The empty places behind what was read are watched until they
/// fill or time out. On SQLite one thread writes and there are none.
#[derive(Debug)]
pub(super) struct Suite {
    dernier: i64,
    trous: BTreeMap<i64, Instant>,
}

impl Suite {
    /// Starts after the last events, whose places are given in order.
    pub(super) fn partir(seqs: &[i64], maintenant: Instant) -> Self {
        let Some(premier) = seqs.first() else { return Self { dernier: 0, trous: BTreeMap::new() } };
        let mut suite = Self { dernier: premier - 1, trous: BTreeMap::new() };
        for seq in seqs {
            suite.prendre(*seq, maintenant);
        }
        suite
    }

    /// The highest place read.
    pub(super) const fn dernier(&self) -> i64 {
        self.dernier
    }

    /// The empty places that are watched.
    pub(super) fn trous(&self) -> Vec<i64> {
        self.trous.keys().copied().collect()
    }

    /// The place up to which nothing more is awaited: who reads again from there misses nothing.
    pub(super) fn curseur(&self) -> i64 {
        self.trous.first_key_value().map_or(self.dernier, |(seq, _)| seq - 1)
    }

    /// Takes note of an event that was read.
    pub(super) fn prendre(&mut self, seq: i64, maintenant: Instant) {
        self.trous.remove(&seq);
        if seq > self.dernier {
            for trou in (self.dernier + 1).max(seq - TROUS_MAX)..seq {
                self.trous.insert(trou, maintenant);
            }
            self.dernier = seq;
        }
    }

    /// Gives up the places that stayed empty for too long.
    pub(super) fn oublier(&mut self, maintenant: Instant) {
        self.trous.retain(|_, vu| maintenant.duration_since(*vu) < PATIENCE);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::{PATIENCE, Suite};

    #[test]
    fn an_event_that_commits_late_is_awaited_and_the_cursor_stays_before_it() {
        let t = Instant::now();
        let mut suite = Suite::partir(&[7, 8, 10], t);
        assert_eq!((suite.dernier(), suite.trous(), suite.curseur()), (10, vec![9], 8));
        suite.prendre(12, t);
        assert_eq!((suite.dernier(), suite.trous(), suite.curseur()), (12, vec![9, 11], 8));
        suite.prendre(9, t);
        assert_eq!((suite.dernier(), suite.trous(), suite.curseur()), (12, vec![11], 10));
        suite.prendre(11, t);
        assert_eq!((suite.dernier(), suite.trous(), suite.curseur()), (12, vec![], 12));
    }

    #[test]
    fn a_place_whose_transaction_was_undone_is_given_up() {
        let t = Instant::now();
        let mut suite = Suite::partir(&[1, 3], t);
        suite.oublier(t + PATIENCE / 2);
        assert_eq!(suite.curseur(), 1);
        suite.oublier(t + PATIENCE);
        assert_eq!((suite.trous(), suite.curseur()), (vec![], 3));
    }

    #[test]
    fn a_stream_that_was_empty_does_not_watch_all_the_places_before_its_first_event() {
        let mut suite = Suite::partir(&[], Instant::now());
        assert_eq!(suite.curseur(), 0);
        suite.prendre(1_000_000, Instant::now());
        assert_eq!((suite.trous().len(), suite.dernier()), (1000, 1_000_000));
    }
}
