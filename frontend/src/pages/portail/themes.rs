//! The services, by theme.

use api_types::portail::{Portail, Theme};
use leptos::prelude::*;

use crate::components::icone::{Glyphe, Icone};
use crate::routes::Route;
use crate::state::organisme::{Organisme, lien_tel};

/// The icons of the themes, in their order; the first one again beyond.
const ICONES: [Glyphe; 5] =
    [Glyphe::Alternance, Glyphe::Utilisateurs, Glyphe::Competences, Glyphe::Transition, Glyphe::Recruter];

/// « Mes services ».
#[component]
pub fn Themes(portail: Signal<Portail>) -> impl IntoView {
    let organisme = Organisme::courant();
    let themes = Memo::new(move |_| portail.with(|p| p.themes.clone()));
    view! {
        <section class="pile" aria-labelledby="titre-services">
            <div>
                <h2 id="titre-services">"Mes services "{move || organisme.nom()}</h2>
                <p class="meta">"Des fiches pratiques et des repères adaptés à vos besoins."</p>
            </div>
            <div class="themes">
                {move || {
                    themes
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(rang, theme)| view! { <Carte theme rang/> })
                        .collect_view()
                }}
                {move || {
                    organisme
                        .assistance()
                        .map(|numero| {
                            view! {
                                <section class="feuille themes__assistance" aria-labelledby="titre-assistance">
                                    <h3 id="titre-assistance">"Besoin d’assistance\u{202f}?"</h3>
                                    <p><a class="numero" href=lien_tel(&numero)>{numero.clone()}</a></p>
                                </section>
                            }
                        })
                }}
            </div>
        </section>
    }
}

/// A theme and its services.
#[component]
pub fn Carte(
    /// The theme.
    theme: Theme,
    /// Its rank, which gives its icon.
    rang: usize,
) -> impl IntoView {
    let id = format!("theme-{rang}");
    view! {
        <section class="feuille theme" aria-labelledby=id.clone()>
            <h3 id=id.clone()><Icone glyphe=ICONES[rang % ICONES.len()]/>{theme.titre}</h3>
            <ul class="theme__liste">
                {theme
                    .services
                    .into_iter()
                    .map(|s| {
                        view! {
                            <li>
                                <a href=Route::Service(s.id).href()>
                                    {s.titre}<Icone glyphe=Glyphe::Fleche classe="icone--s"/>
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}
