//! Searching and filtering the inbox.

use domain::limites::RECHERCHE_MAX;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::format;
use crate::model::boite::Vue;

/// « Tous », « Non lus », and the search.
#[component]
pub fn Outils(vue: Memo<Vue>, non_lus: Signal<Option<i64>>) -> impl IntoView {
    let lien = move |non_lus: bool| move || vue.with(|v| v.filtree(non_lus).adresse());
    let ici = move |non_lus: bool| move || vue.with(|v| v.non_lus == non_lus).then_some("page");
    view! {
        <div class="rang rang--entre">
            <nav class="choix" aria-label="Filtrer les messages">
                <a class="btn" href=lien(false) aria-current=ici(false) data-noscroll="">"Tous"</a>
                <a class="btn" href=lien(true) aria-current=ici(true) data-noscroll="">
                    "Non lus"
                    {move || non_lus.get().map(|n| view! { <span class="compte">{format::nombre(n)}</span> })}
                </a>
            </nav>
            <Recherche vue/>
        </div>
    }
}

#[component]
fn Recherche(vue: Memo<Vue>) -> impl IntoView {
    let aller = use_navigate();
    let texte = RwSignal::new(String::new());
    // The address leads: going back brings back the words too.
    Effect::new(move |_| texte.set(vue.with(|v| v.q.clone()).unwrap_or_default()));
    let chercher = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let adresse = vue.with_untracked(|v| v.cherchee(&texte.get_untracked()).adresse());
        aller(&adresse, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    };
    view! {
        <form class="rang boite__chercher" role="search" aria-label="Messages" on:submit=chercher>
            <label class="vh" for="recherche-messages">"Rechercher dans les messages"</label>
            <input
                class="saisie saisie--serree boite__recherche"
                id="recherche-messages"
                type="search"
                placeholder="Rechercher"
                maxlength=RECHERCHE_MAX
                bind:value=texte
            />
            <button class="btn" type="submit">"Rechercher"</button>
        </form>
    }
}
