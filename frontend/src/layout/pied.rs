//! The foot of every page.

use leptos::prelude::*;

use crate::routes::Route;

/// The foot of every page.
#[component]
pub fn Pied() -> impl IntoView {
    view! {
        <footer class="pied">
            <a href=Route::Accessibilite.href()>"Accessibilité\u{a0}: non évaluée"</a>
            <a href=Route::DonneesPersonnelles.href()>"Données personnelles"</a>
            <a href=Route::MentionsLegales.href()>"Mentions légales"</a>
            // Another page than this application's: the router leaves it to the browser.
            <a href="/docs/api/guide" rel="external">"Documentation de l’API"</a>
            <span class="droite">"Dossiers conservés 6\u{a0}ans"</span>
        </footer>
    }
}
