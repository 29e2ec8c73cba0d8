//! The network that is cut: one alert says it, and none once it is back.

use leptos::ev;
use leptos::prelude::*;

use crate::api::echec::Echec;
use crate::api::live::{self, Nouvelle};
use crate::state::annonces::annoncer;

/// The alerts that have the cut to tell, and what is to be done after it.
#[derive(Clone, Copy)]
pub struct Reseau {
    /// The latest is shown; an alert that lasts is taken away by what it is about.
    alertes: RwSignal<Vec<(u32, Duree)>>,
    prochaine: StoredValue<u32>,
    retours: RwSignal<u32>,
}

/// How long an alert tells the cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duree {
    /// Until the network is back.
    Coupure,
    /// Until what failed is tried again.
    Reussite,
}

impl Reseau {
    /// Listens to the browser and to the live stream, as long as the page.
    pub fn nouveau() -> Self {
        let reseau =
            Self { alertes: RwSignal::new(Vec::new()), prochaine: StoredValue::new(0), retours: RwSignal::new(0) };
        live::ecouter(move |nouvelle| {
            if *nouvelle == Nouvelle::Reprise {
                reseau.revenir();
            }
        });
        let _ = window_event_listener(ev::online, move |_| reseau.revenir());
        reseau
    }

    /// The network of this page.
    pub fn courant() -> Self {
        expect_context()
    }

    /// Whether the alert of `echec` is the one that tells the cut.
    pub fn alerte(self, echec: Signal<Option<Echec>>, duree: Duree) -> Memo<bool> {
        let numero = self.prochaine.try_update_value(|n| {
            *n = n.wrapping_add(1);
            *n
        });
        let numero = numero.unwrap_or_default();
        let oter = move || {
            if self.alertes.try_with_untracked(|a| a.iter().any(|(n, _)| *n == numero)) == Some(true) {
                self.alertes.update(|a| a.retain(|(n, _)| *n != numero));
            }
        };
        Effect::new(move |_| {
            let coupe = echec.with(|e| *e == Some(Echec::Reseau));
            oter();
            if coupe {
                self.alertes.update(|a| a.push((numero, duree)));
            }
        });
        on_cleanup(oter);
        Memo::new(move |_| self.alertes.with(|a| a.last().is_some_and(|(n, _)| *n == numero)))
    }

    /// Does something each time that the network is back, until the component that calls this goes away.
    pub fn au_retour(self, faire: impl Fn() + 'static) {
        Effect::new(move |avant: Option<()>| {
            self.retours.track();
            if avant.is_some() {
                untrack(&faire);
            }
        });
    }

    fn revenir(self) {
        if self.alertes.with_untracked(|a| !a.is_empty()) {
            annoncer("La connexion est rétablie.");
            self.alertes.update(|a| a.retain(|(_, duree)| *duree == Duree::Reussite));
        }
        self.retours.update(|n| *n = n.wrapping_add(1));
    }
}
