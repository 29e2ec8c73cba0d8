//! What happened since the list was read: told on a button, never by moving the list.

use api_types::travail::EvenementType;
use leptos::prelude::*;

use super::{Liste, RESUME};
use crate::api::live::{self, Nouvelle};
use crate::components::nouveautes::{Nouveautes, compter_depuis};
use crate::state::page::{bientot, viser};

/// « Afficher 2 nouveautés ».
#[component]
pub fn Depuis() -> impl IntoView {
    let liste = Liste::courante();
    let nombre = RwSignal::new(0_usize);
    live::ecouter(move |nouvelle| {
        // A deposit in its undo window changes nothing in the list yet.
        let compte = !matches!(nouvelle, Nouvelle::Arrivee(e) if e.nature == EvenementType::DocumentDepose);
        if compte {
            nombre.update(|n| *n += 1);
        }
    });
    compter_depuis(liste.lecture, nombre);
    let afficher = move |()| {
        liste.lecture.relire();
        bientot(|| viser(RESUME));
    };
    view! { <Nouveautes nombre un="nouveauté" plusieurs="nouveautés" afficher/> }
}
