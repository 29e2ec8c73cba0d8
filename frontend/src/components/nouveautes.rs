//! « n nouveautés »: what arrived since the list was read, shown only when asked, so that nothing moves under the eye.

use std::time::Duration;

use api_types::travail::{Evenement, EvenementType};
use leptos::prelude::*;
use uuid::Uuid;

use super::icone::{Glyphe, Icone};
use crate::api::lecture::Lecture;
use crate::api::live::{Nouvelle, ecouter};
use crate::format;
use crate::state::annonces::annoncer;
use crate::state::page::reprendre;

/// How long a message is given to be in the list by itself: one's own comes back with the answer.
const DELAI: Duration = Duration::from_millis(1500);

/// Messages that arrived since a list of messages was read.
#[derive(Clone, Copy)]
pub struct Arrives {
    ids: RwSignal<Vec<Uuid>>,
    /// How many of them the list does not hold.
    pub nombre: Signal<usize>,
}

impl Arrives {
    /// Listens to the messages that `concerne` keeps; `connu` says, reactively, whether the list holds one.
    /// `reprise` is called when the stream comes back: events may have been missed.
    pub fn ecouter(
        concerne: impl Fn(&Evenement) -> bool + 'static,
        connu: impl Fn(Uuid) -> bool + Send + Sync + 'static,
        reprise: impl Fn() + 'static,
    ) -> Self {
        let ids = RwSignal::new(Vec::new());
        ecouter(move |nouvelle| match nouvelle {
            Nouvelle::Arrivee(e) if e.nature == EvenementType::MessageEnvoye && concerne(e) => {
                if let Some(id) = e.objet_id {
                    let retenir = move || {
                        // Nowhere to keep it when the list is gone.
                        ids.try_update(|ids| ids.push(id));
                    };
                    set_timeout(retenir, DELAI);
                }
            }
            Nouvelle::Arrivee(_) => {}
            Nouvelle::Reprise => reprise(),
        });
        let nombre = Signal::derive(move || ids.with(|ids| ids.iter().filter(|id| !connu(**id)).count()));
        Self { ids, nombre }
    }

    /// The list is being read anew.
    pub fn vider(self) {
        self.ids.set(Vec::new());
    }
}

/// Counts from nought each time that a list is read: it then holds what happened before it was asked for.
pub fn compter_depuis<T: Clone + Send + Sync + 'static>(lecture: Lecture<T>, nombre: RwSignal<usize>) {
    Effect::new(move |_| {
        if lecture.en_cours().get() {
            nombre.set(0);
        }
    });
}

/// The button that shows what arrived.
#[component]
pub fn Nouveautes(
    /// How many things arrived.
    #[prop(into)]
    nombre: Signal<usize>,
    /// One of them: « nouveau message ».
    un: &'static str,
    /// Several: « nouveaux messages ».
    plusieurs: &'static str,
    /// Shows them.
    #[prop(into)]
    afficher: Callback<()>,
) -> impl IntoView {
    let dit = move |n: usize| format::pluriel(i64::try_from(n).unwrap_or(i64::MAX), un, plusieurs);
    Effect::new(move |_| {
        let n = nombre.get();
        if n > 0 {
            annoncer(&format!("{}.", dit(n)));
        }
    });
    let montrer = move |_| {
        afficher.run(());
        reprendre();
    };
    view! {
        <Show when=move || { nombre.get() > 0 }>
            <div class="nouveautes">
                <button class="btn btn--petit" type="button" on:click=montrer>
                    <Icone glyphe=Glyphe::Reprise classe="icone--s"/>
                    "Afficher "
                    {move || dit(nombre.get())}
                </button>
            </div>
        </Show>
    }
}
