//! Reading: data that is on its way, there, or missing.

use api_types::Endpoint;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use web_sys::AbortSignal;

use super::echec::Echec;
use super::http::{self, Interruption};
use crate::state::reseau::Reseau;

/// What a page reads from the server.
///
/// Unlike a `LocalResource`, it keeps the last good data when a reload fails, stops a request that is no
/// longer wanted, and never shows an older answer after a newer one.
pub struct Lecture<T: 'static> {
    donnee: RwSignal<Option<T>>,
    echec: RwSignal<Option<Echec>>,
    en_cours: RwSignal<bool>,
    relance: RwSignal<u32>,
    tour: StoredValue<u32>,
    /// The path of what is shown.
    de: StoredValue<Option<String>>,
}

impl<T: 'static> Clone for Lecture<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: 'static> Copy for Lecture<T> {}

impl<T: Clone + Send + Sync + 'static> Lecture<T> {
    /// The data, when there is some.
    pub fn donnee(self) -> RwSignal<Option<T>> {
        self.donnee
    }

    /// Why the last reading failed.
    pub fn echec(self) -> ReadSignal<Option<Echec>> {
        self.echec.read_only()
    }

    /// Whether a request is under way.
    pub fn en_cours(self) -> ReadSignal<bool> {
        self.en_cours.read_only()
    }

    /// Tries again after a failure: what failed goes, so that another failure is told anew.
    pub fn reessayer(self) {
        self.echec.set(None);
        self.relire();
    }

    /// Reads again; what is shown stays until the answer.
    pub fn relire(self) {
        self.relance.update(|n| *n = n.wrapping_add(1));
    }

    /// The path of what is shown, and what it is.
    pub fn montree(self) -> Option<(String, T)> {
        self.de.try_get_value().flatten().zip(self.donnee.try_get_untracked().flatten())
    }

    /// Shows at first, until it is read, what was read before at `chemin`.
    pub fn amorcer(self, chemin: String, donnee: T) {
        self.de.set_value(Some(chemin));
        self.donnee.set(Some(donnee));
    }

    /// Changes the data in place, when there is some: what the page knows before the server repeats it.
    pub fn modifier(self, changer: impl FnOnce(&mut T)) {
        // Nothing to change when the page is gone.
        if self.donnee.try_with_untracked(Option::is_some) == Some(true) {
            self.donnee.update(|donnee| {
                if let Some(donnee) = donnee {
                    changer(donnee);
                }
            });
        }
    }
}

/// Reads what `operation` says, and again each time that it changes; `None` reads nothing for now.
///
/// When only the query changes, the data shown stays until the next is there; when the path changes it is
/// another thing, and it goes at once.
pub fn lire<E>(operation: impl Fn() -> Option<E> + 'static) -> Lecture<E::Response>
where
    E: Endpoint<Body = ()> + 'static,
    E::Response: DeserializeOwned + Clone + Send + Sync + 'static,
{
    lire_par(operation, async |operation: &E, signal, _| http::lire(operation, signal).await)
}

/// The same, read by `methode(operation, signal, shown)`: `shown` gives what the same operation read before, if it is still
/// shown.
pub fn lire_par<E, M>(operation: impl Fn() -> Option<E> + 'static, methode: M) -> Lecture<E::Response>
where
    E: Endpoint<Body = ()> + 'static,
    E::Response: DeserializeOwned + Clone + Send + Sync + 'static,
    M: AsyncFn(&E, Option<AbortSignal>, &dyn Fn() -> Option<E::Response>) -> Result<E::Response, Echec>
        + Clone
        + 'static,
{
    let lecture = Lecture {
        donnee: RwSignal::new(None),
        echec: RwSignal::new(None),
        en_cours: RwSignal::new(true),
        relance: RwSignal::new(0),
        tour: StoredValue::new(0),
        de: StoredValue::new(None),
    };
    Reseau::courant().au_retour(move || {
        if lecture.echec.with_untracked(|e| *e == Some(Echec::Reseau)) {
            lecture.reessayer();
        }
    });
    // Dropped with its owner, which stops the request.
    let interruption = StoredValue::new_local(None);
    Effect::new(move |avant: Option<Option<String>>| {
        lecture.relance.track();
        let operation = operation();
        let chemin = operation.as_ref().map(Endpoint::path);
        let avant = avant.unwrap_or_else(|| lecture.de.get_value());
        if avant.as_deref().map(chose) != chemin.as_deref().map(chose) {
            lecture.donnee.set(None);
            lecture.echec.set(None);
        }
        let tour = lecture.tour.try_update_value(|tour| {
            *tour += 1;
            *tour
        });
        let arret = Interruption::nouvelle();
        let signal = arret.as_ref().map(Interruption::signal);
        interruption.set_value(arret);
        lecture.en_cours.set(operation.is_some());
        if let Some(operation) = operation {
            let lue = chemin.clone();
            let methode = methode.clone();
            spawn_local(async move {
                // What is shown may still be that of another query, or the page be gone.
                let montree = || {
                    let la = lecture.de.try_with_value(|de| *de == lue) == Some(true);
                    lecture.donnee.try_get_untracked().flatten().filter(|_| la)
                };
                let resultat = methode(&operation, signal, &montree).await;
                // Another request was made since, or the page is gone.
                if lecture.tour.try_get_value() != tour {
                    return;
                }
                match resultat {
                    Ok(donnee) => {
                        lecture.echec.set(None);
                        lecture.de.set_value(lue);
                        lecture.donnee.set(Some(donnee));
                    }
                    Err(echec) => lecture.echec.set(Some(echec)),
                }
                lecture.en_cours.set(false);
            });
        }
        chemin
    });
    lecture
}

/// The part of a path that names the thing, without the query.
fn chose(chemin: &str) -> &str {
    chemin.split_once('?').map_or(chemin, |(chose, _)| chose)
}
