use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The keys of the requests that this node is serving.
///
/// It spares the work of a request sent twice at once; between nodes, and between two sessions of
/// one person, the database alone decides.
#[derive(Debug, Clone, Default)]
pub struct EnCours(Arc<Mutex<HashSet<[u8; 32]>>>);

/// A key being served, until this is dropped.
#[derive(Debug)]
pub struct Place {
    toutes: EnCours,
    cle: [u8; 32],
}

impl EnCours {
    /// Takes a place; `None` when a request of the same key is being served.
    pub fn prendre(&self, cle: [u8; 32]) -> Option<Place> {
        let libre = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(cle);
        libre.then(|| Place { toutes: self.clone(), cle })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.toutes.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.cle);
    }
}
