//! The list of subscriptions.

use api_types::webhooks::{Webhook, Webhooks};
use leptos::prelude::*;

use super::aspect::{Sante, sante, types};
use crate::components::vide::Vide;
use crate::format;
use crate::routes::Route;

/// The subscriptions, or what to do first.
#[component]
pub fn Liste(
    /// The subscriptions.
    webhooks: Signal<Webhooks>,
) -> impl IntoView {
    view! {
        <Show when=move || webhooks.with(|w| !w.elements.is_empty()) fallback=|| view! { <Rien/> }>
            <section class="feuille" aria-labelledby="titre-abonnements">
                <div class="feuille__tete"><h2 id="titre-abonnements">"Abonnements"</h2></div>
                <ul class="sessions">
                    <For each=move || webhooks.with(|w| w.elements.clone()) key=|w| format!("{w:?}") let:webhook>
                        <Ligne webhook/>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Ligne(webhook: Webhook) -> impl IntoView {
    let nom = if webhook.description.is_empty() { hote(&webhook.url).to_owned() } else { webhook.description.clone() };
    let comptes = comptes(&webhook);
    view! {
        <li>
            <div>
                <p><a class="lien" href=Route::Webhook(webhook.id).href()><b>{nom}</b></a></p>
                <p class="mono">{webhook.url.clone()}</p>
                <p class="meta">{types(&webhook.types)}</p>
                <p class="meta">{sante(&webhook)}{comptes.map(|c| format!(" {c}"))}</p>
            </div>
            <Sante webhook/>
        </li>
    }
}

/// What stands in the way of a clean log, in a sentence.
pub fn comptes(w: &Webhook) -> Option<String> {
    let dits: Vec<String> = [
        (w.en_attente, "envoi en attente", "envois en attente"),
        (w.retenues, "retenu", "retenus"),
        (w.echouees, "abandonné", "abandonnés"),
    ]
    .into_iter()
    .filter(|(n, _, _)| *n > 0)
    .map(|(n, un, plusieurs)| format::pluriel(n, un, plusieurs))
    .collect();
    (!dits.is_empty()).then(|| format!("{}.", dits.join(", ")))
}

/// The machine that an address names.
pub fn hote(url: &str) -> &str {
    url.split_once("://").and_then(|(_, reste)| reste.split(['/', '?']).next()).unwrap_or(url)
}

#[component]
fn Rien() -> impl IntoView {
    view! {
        <Vide titre="Aucun abonnement">
            <p>"Créez-en un avec l’adresse que donne votre logiciel de gestion des ressources humaines."</p>
        </Vide>
    }
}

#[cfg(test)]
mod tests {
    use super::hote;

    #[test]
    fn an_address_is_called_by_its_machine() {
        for (url, nom) in [
            ("https://hooks.exemple.fr/a?b", "hooks.exemple.fr"),
            ("https://hooks.exemple.fr:8443?b", "hooks.exemple.fr:8443"),
            ("rien", "rien"),
        ] {
            assert_eq!(hote(url), nom);
        }
    }
}
