//! A service's page.

use api_types::endpoint::LireService;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::api::lecture::lire;
use crate::components::chargement::Chargement;
use crate::components::icone::{Glyphe, Icone};
use crate::components::prose::Prose;
use crate::components::vide::Vide;
use crate::routes::Route;
use crate::state::organisme::{Organisme, lien_tel};
use crate::state::page;

/// The page of a service.
#[component]
pub fn Service() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id")).and_then(|id| id.parse().ok()));
    let lecture = lire(move || id.get().map(|service_id| LireService { service_id }));
    page::titre(move || lecture.donnee().with(|s| s.as_ref().map_or_else(|| "Service".into(), |s| s.titre.clone())));
    let organisme = Organisme::courant();
    view! {
        <RetourPortail/>
        <Show
            when=move || id.get().is_some()
            fallback=|| view! { <Vide titre="Ce service n’existe pas"><p>"Revenez au portail pour en choisir un."</p></Vide> }
        >
            <Chargement lecture quoi="le service" let:service>
                <article class="pile prose">
                    <p class="etiquette">{move || service.with(|s| s.theme.clone())}</p>
                    <h1>{move || service.with(|s| s.titre.clone())}</h1>
                    {move || view! { <Prose texte=service.with(|s| s.corps.clone())/> }}
                </article>
            </Chargement>
            {move || {
                organisme
                    .assistance()
                    .map(|numero| {
                        view! {
                            <p class="aide">
                                "Une question sur ce service\u{202f}? Appelez le "
                                <a href=lien_tel(&numero)>{numero.clone()}</a>"."
                            </p>
                        }
                    })
            }}
        </Show>
    }
}

/// The way back to the portal.
#[component]
pub fn RetourPortail() -> impl IntoView {
    view! {
        <a class="meta lien" href=Route::Portail.href()>
            <Icone glyphe=Glyphe::Retour classe="icone--s"/>
            "Portail de services"
        </a>
    }
}
