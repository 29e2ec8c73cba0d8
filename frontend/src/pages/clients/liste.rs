//! The list of clients.

use api_types::clients_api::{ClientApiResume, ClientsApi};
use leptos::prelude::*;

use super::aspect::{PastilleClient, lieux, portees, usage};
use crate::components::vide::Vide;
use crate::routes::Route;

/// Days of use that the list sums up.
const JOURS: u32 = 7;

/// The clients, or what to do first.
#[component]
pub fn Liste(
    /// The clients.
    clients: Signal<ClientsApi>,
) -> impl IntoView {
    view! {
        <Show when=move || clients.with(|c| !c.elements.is_empty()) fallback=|| view! { <Rien/> }>
            <section class="feuille" aria-labelledby="titre-acces">
                <div class="feuille__tete"><h2 id="titre-acces">"Accès"</h2></div>
                <ul class="sessions">
                    <For each=move || clients.with(|c| c.elements.clone()) key=|c| format!("{c:?}") let:client>
                        <Ligne client/>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Ligne(client: ClientApiResume) -> impl IntoView {
    let logiciel =
        (!client.logiciel.is_empty()).then(|| view! { " "<span class="meta">{client.logiciel.clone()}</span> });
    view! {
        <li>
            <div>
                <p><a class="lien" href=Route::ClientApi(client.id).href()><b>{client.nom.clone()}</b></a>{logiciel}</p>
                <p class="meta">{portees(&client.scopes)}</p>
                <p class="meta">{lieux(&client)}</p>
                <p class="meta">{usage(&client, JOURS)}</p>
            </div>
            <PastilleClient client/>
        </li>
    }
}

#[component]
fn Rien() -> impl IntoView {
    view! {
        <Vide titre="Aucun accès">
            <p>"Créez-en un pour chaque logiciel qui doit lire ou déposer dans eGestion."</p>
        </Vide>
    }
}
