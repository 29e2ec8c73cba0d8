//! The latest changes of état.

use api_types::portail::Mouvement;
use leptos::prelude::*;

use crate::components::etat::PastilleEtat;
use crate::format;
use crate::routes::{Onglet, Route};

/// « Derniers mouvements ».
#[component]
pub fn Mouvements(mouvements: Signal<Vec<Mouvement>>) -> impl IntoView {
    view! {
        <section class="feuille" aria-labelledby="titre-mouvements">
            <div class="feuille__tete">
                <h2 id="titre-mouvements">"Derniers mouvements"</h2>
                <a class="meta lien" href=Route::Dossiers.href()>"Tous les dossiers"</a>
            </div>
            <div class="feuille__corps">
                {move || {
                    let mouvements = mouvements.get();
                    if mouvements.is_empty() {
                        view! { <p class="meta">"Aucun dossier n’a encore changé d’état."</p> }.into_any()
                    } else {
                        view! { <ol class="frise">{mouvements.into_iter().map(ligne).collect_view()}</ol> }.into_any()
                    }
                }}
            </div>
        </section>
    }
}

fn ligne(m: Mouvement) -> impl IntoView {
    view! {
        <li>
            <PastilleEtat etat=m.etat/>
            " "
            <b>{m.intitule}</b>
            <br/>
            <span class="meta">
                <time datetime=format::machine(m.le)>{format::instant(m.le)}</time>
                ", "
                <a class="num" href=Route::Dossier(m.dossier_id, Onglet::Documents).href()>{m.numero}</a>
            </span>
        </li>
    }
}
