//! How many requests each caller may send: a bucket per caller, in the memory of the node.
//!
//! Several nodes count apart: behind a proxy that spreads requests, a caller has the quota as many
//! times. It protects the node; what must be counted exactly is counted in the database.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use uuid::Uuid;

/// The window that quotas are told for, in seconds.
pub const FENETRE: u32 = 60;
/// Times a second that a name that is not known has the signing keys read again.
const RELECTURES: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// Full buckets are forgotten each time that this many requests were counted.
const MENAGE: u32 = 10_000;

/// Requests per minute, by kind of caller; 0 sets no limit.
#[derive(Debug, Clone, Copy, Default)]
pub struct ParMinute {
    /// Of a signed-in person: generous, a page makes many at once.
    pub personnes: u32,
    /// Of an API client.
    pub clients: u32,
    /// Of a network address that nobody is signed in from.
    pub anonymes: u32,
}

/// The kinds of caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Genre {
    /// A signed-in person.
    Personne,
    /// An API client.
    Client,
    /// Nobody known.
    Anonyme,
}

/// Where a caller stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Solde {
    /// The name of the quota.
    pub nom: &'static str,
    /// Requests per window.
    pub quota: u32,
    /// Requests left at once.
    pub reste: u32,
    /// Seconds until all of them are there again.
    pub retour: u32,
}

type Seaux = RateLimiter<Uuid, DefaultKeyedStateStore<Uuid>, DefaultClock, StateInformationMiddleware>;

/// The buckets of one kind of caller.
#[derive(Debug)]
struct Limite {
    nom: &'static str,
    quota: NonZeroU32,
    seaux: Seaux,
    comptes: AtomicU32,
}

/// The buckets of every caller.
#[derive(Debug)]
pub struct Quotas {
    personnes: Option<Limite>,
    clients: Option<Limite>,
    anonymes: Option<Limite>,
    cles: DefaultDirectRateLimiter,
}

impl Quotas {
    /// Full buckets.
    pub fn new(par_minute: ParMinute) -> Self {
        Self {
            personnes: Limite::new("personnes", par_minute.personnes),
            clients: Limite::new("clients", par_minute.clients),
            anonymes: Limite::new("anonymes", par_minute.anonymes),
            cles: RateLimiter::direct(Quota::per_second(RELECTURES)),
        }
    }

    /// Whether the signing keys may be read again now, for a token that names one unknown.
    pub(crate) fn relire_cles(&self) -> bool {
        self.cles.check().is_ok()
    }

    /// Counts a request: where its sender stands, and the seconds to wait when it is one too many.
    ///
    /// `None` when nothing is counted.
    pub fn compter(&self, genre: Genre, qui: Uuid) -> Option<(Solde, Option<u64>)> {
        let limite = match genre {
            Genre::Personne => &self.personnes,
            Genre::Client => &self.clients,
            Genre::Anonyme => &self.anonymes,
        };
        Some(limite.as_ref()?.compter(qui))
    }
}

impl Limite {
    fn new(nom: &'static str, par_minute: u32) -> Option<Self> {
        let quota = NonZeroU32::new(par_minute)?;
        let seaux = RateLimiter::keyed(Quota::per_minute(quota)).with_middleware();
        Some(Self { nom, quota, seaux, comptes: AtomicU32::new(0) })
    }

    fn compter(&self, qui: Uuid) -> (Solde, Option<u64>) {
        if self.comptes.fetch_add(1, Ordering::Relaxed) % MENAGE == MENAGE - 1 {
            self.seaux.retain_recent();
        }
        let quota = self.quota.get();
        let solde = |reste: u32| {
            let partis = u64::from(quota.saturating_sub(reste)) * u64::from(FENETRE);
            let retour = u32::try_from(partis.div_ceil(u64::from(quota))).unwrap_or(FENETRE);
            Solde { nom: self.nom, quota, reste, retour }
        };
        match self.seaux.check_key(&qui) {
            Ok(etat) => (solde(etat.remaining_burst_capacity()), None),
            Err(refus) => {
                let attente = refus.wait_time_from(self.seaux.clock().now());
                (solde(0), Some(secondes(attente)))
            }
        }
    }
}

fn secondes(attente: Duration) -> u64 {
    attente.as_secs() + 1
}

#[cfg(test)]
mod tests {
    use super::{Genre, ParMinute, Quotas};
    use uuid::Uuid;

    #[test]
    fn each_caller_has_a_bucket_of_its_own() {
        let quotas = Quotas::new(ParMinute { personnes: 3, clients: 2, anonymes: 0 });
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let restes: Vec<u32> = (0..3).map(|_| quotas.compter(Genre::Personne, a).unwrap().0.reste).collect();
        assert_eq!(restes, [2, 1, 0]);
        let (solde, attente) = quotas.compter(Genre::Personne, a).unwrap();
        assert_eq!((solde.nom, solde.quota, solde.reste, solde.retour), ("personnes", 3, 0, 60));
        // One request comes back every twenty seconds.
        assert!(attente.is_some_and(|s| (1..=21).contains(&s)), "{attente:?}");
        assert_eq!(quotas.compter(Genre::Personne, b).unwrap().1, None);
        assert_eq!(quotas.compter(Genre::Client, a).unwrap().0.reste, 1);
        assert_eq!(quotas.compter(Genre::Anonyme, a), None);
    }
}
