//! What the browser tells of the whole page.

use leptos::ev;
use leptos::prelude::*;
use web_sys::DragEvent;

use super::super::documents::fichiers::contient_fichiers;
use super::Atelier;
use crate::model::depot::{Depot, Evenement};

impl Atelier {
    /// The network, the leaving of the page, and files let go of where nothing takes them.
    pub(super) fn ecouter_le_navigateur(self) {
        let _ = window_event_listener(ev::online, move |_| self.appliquer(Evenement::EnLigne));
        let _ = window_event_listener(ev::offline, move |_| self.appliquer(Evenement::HorsLigne));
        let _ = window_event_listener(ev::beforeunload, move |e| {
            if self.depot.with_untracked(Depot::occupe) {
                e.prevent_default();
                // Older browsers look at this instead.
                e.set_return_value("envoi en cours");
            }
        });
        // A file let go of beside a zone would replace the page, and what is being written in it.
        let proteger = |e: DragEvent| {
            if let Some(donnees) = e.data_transfer().filter(|d| !e.default_prevented() && contient_fichiers(d)) {
                e.prevent_default();
                donnees.set_drop_effect("none");
            }
        };
        let _ = window_event_listener(ev::dragover, proteger);
        let _ = window_event_listener(ev::drop, proteger);
    }
}
