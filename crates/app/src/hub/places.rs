//! How many streams each person has open.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::UtilisateurId;
use tokio_util::sync::CancellationToken;

/// Most streams of a person: several windows on several devices.
const PLACES_MAX: usize = 10;

type Table = HashMap<UtilisateurId, VecDeque<(u64, CancellationToken)>>;

/// The streams that are open, by person.
#[derive(Debug)]
pub(super) struct Places {
    table: Arc<Mutex<(u64, Table)>>,
    arret: CancellationToken,
}

/// The place of one stream; given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    table: Arc<Mutex<(u64, Table)>>,
    utilisateur: UtilisateurId,
    numero: u64,
    fin: CancellationToken,
}

impl Places {
    pub(super) fn new(arret: CancellationToken) -> Self {
        Self { table: Arc::default(), arret }
    }

    /// Takes a place; over the limit, the person's oldest stream ends. An old one may be that of
    /// a network long gone, which refusing the new one would keep.
    pub(super) fn prendre(&self, utilisateur: UtilisateurId) -> Place {
        let mut verrou = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        let (compteur, table) = &mut *verrou;
        *compteur += 1;
        let place =
            Place { table: Arc::clone(&self.table), utilisateur, numero: *compteur, fin: self.arret.child_token() };
        let places = table.entry(utilisateur).or_default();
        places.push_back((place.numero, place.fin.clone()));
        if places.len() > PLACES_MAX
            && let Some((_, ancienne)) = places.pop_front()
        {
            ancienne.cancel();
        }
        place
    }
}

impl Place {
    /// Resolves when the stream must end.
    pub(super) async fn fin(&self) {
        self.fin.cancelled().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut verrou = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        let table = &mut verrou.1;
        if let Some(places) = table.get_mut(&self.utilisateur) {
            places.retain(|(numero, _)| *numero != self.numero);
            if places.is_empty() {
                table.remove(&self.utilisateur);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::Id;
    use tokio_util::sync::CancellationToken;

    use super::{PLACES_MAX, Places};

    #[test]
    fn the_oldest_stream_ends_over_the_limit_and_a_place_given_back_is_free() {
        let places = Places::new(CancellationToken::new());
        let (moi, autre) = (Id::new(uuid::Uuid::now_v7()), Id::new(uuid::Uuid::now_v7()));
        let du_voisin = places.prendre(autre);
        let mut miennes: Vec<_> = (0..PLACES_MAX).map(|_| places.prendre(moi)).collect();
        drop(miennes.pop());
        miennes.push(places.prendre(moi));
        assert!(miennes.iter().all(|p| !p.fin.is_cancelled()));
        miennes.push(places.prendre(moi));
        let fermees: Vec<bool> = miennes.iter().map(|p| p.fin.is_cancelled()).collect();
        assert!(fermees[0] && fermees[1..].iter().all(|f| !f), "{fermees:?}");
        assert!(!du_voisin.fin.is_cancelled());
        drop((miennes, du_voisin));
        assert!(places.table.lock().is_ok_and(|t| t.1.is_empty()));
    }
}
