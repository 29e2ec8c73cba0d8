//! The network that is cut: one alert says it, and what is read is read again once it is back.

use leptos::ev;
use leptos::prelude::*;

use crate::api::echec::Echec;
use crate::api::live::{self, Nouvelle};
use crate::state::annonces::annoncer;

/// The alerts that have the cut to tell, and what is to be done after it.
#[derive(Clone, Copy)]
pub struct Reseau {
    /// The latest is shown; each lasts until what failed is tried again.
    alertes: RwSignal<Vec<u32>>,
    prochaine: StoredValue<u32>,
    coupe: RwSignal<bool>,
    retours: RwSignal<u32>,
}

impl Reseau {
    /// Listens to the browser and to the live stream, as long as the page.
    pub fn nouveau() -> Self {
        let reseau = Self {
            alertes: RwSignal::new(Vec::new()),
            prochaine: StoredValue::new(0),
            coupe: RwSignal::new(false),
            retours: RwSignal::new(0),
        };
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

    /// Whether the network was cut when last tried, and is not back since.
    pub fn coupe(self) -> bool {
        self.coupe.get()
    }

    /// Whether the alert of `echec` is the one that tells the cut; `reprise` when what failed is tried again by itself.
    pub fn alerte(self, echec: Signal<Option<Echec>>, reprise: bool) -> Memo<bool> {
        let numero = self.prochaine.try_update_value(|n| {
            *n = n.wrapping_add(1);
            *n
        });
        let numero = numero.unwrap_or_default();
        let oter = move || {
            if self.alertes.try_with_untracked(|a| a.contains(&numero)) == Some(true) {
                self.alertes.update(|a| a.retain(|n| *n != numero));
            }
        };
        Effect::new(move |avant: Option<()>| {
            let coupe = echec.with(|e| *e == Some(Echec::Reseau));
            oter();
            // Drawn anew, an alert tells again what others may have told since, of a cut that may be over.
            let nouvelle = reprise || avant.is_some();
            if coupe && nouvelle {
                self.coupe.set(true);
                self.alertes.update(|a| a.push(numero));
            } else if coupe {
                self.alertes.update(|a| a.insert(0, numero));
            }
        });
        on_cleanup(oter);
        Memo::new(move |_| self.alertes.with(|a| a.last() == Some(&numero)))
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
        if self.coupe.get_untracked() {
            self.coupe.set(false);
            annoncer("La connexion est rétablie.");
        }
        self.retours.update(|n| *n = n.wrapping_add(1));
    }
}
