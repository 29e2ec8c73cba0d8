//! An address that leads nowhere.

use leptos::prelude::*;

use crate::layout::seuil::Planche;
use crate::routes::Route;
use crate::state::page;

/// The page of an unknown address.
#[component]
pub fn Absente() -> impl IntoView {
    page::titre(|| "Page introuvable".into());
    view! {
        <Planche>
            <section class="vue pile" aria-labelledby="titre-absente">
                <h1 id="titre-absente">"Cette page n’existe pas"</h1>
                <p>"L’adresse est peut-être incomplète, ou la page a changé de place."</p>
                <a class="btn btn--plein btn--large" href=Route::Portail.href()>"Aller au portail de services"</a>
            </section>
        </Planche>
    }
}
