//! The members of a company.

use api_types::membres::{Membre, Membres};
use leptos::prelude::*;
use uuid::Uuid;

use super::TITRE;
use super::modifier::Modifier;
use crate::api::lecture::Lecture;
use crate::components::dialogue::Dialogue;
use crate::components::role::Roles;

/// The members; there is one at least, who reads.
#[component]
pub fn Liste(
    /// The members.
    membres: Signal<Membres>,
    /// What shows them.
    lecture: Lecture<Membres>,
    /// Their company.
    adherent: Memo<Option<Uuid>>,
) -> impl IntoView {
    let (choisi, ouvert) = (RwSignal::new(None::<Membre>), RwSignal::new(false));
    let modifier = move |membre: Membre| {
        choisi.set(Some(membre));
        ouvert.set(true);
    };
    let titre = Signal::derive(move || {
        choisi.with(|m| m.as_ref().map(|m| format!("Modifier les droits de {}", nom(m))).unwrap_or_default())
    });
    view! {
        <section class="feuille" aria-labelledby=TITRE>
            <div class="feuille__tete"><h2 id=TITRE tabindex="-1">"Membres"</h2></div>
            <ul class="sessions">
                <For each=move || membres.with(|m| m.elements.clone()) key=|m| format!("{m:?}") let:membre>
                    <Ligne membre modifier/>
                </For>
            </ul>
        </section>
        <Dialogue id="modifier-droits" ouvert titre>
            {choisi
                .get_untracked()
                .map(|membre| {
                    let lieux = membres.with_untracked(|m| m.etablissements.clone());
                    let adherent = adherent.get_untracked().unwrap_or_default();
                    view! { <Modifier adherent membre lieux lecture ouvert/> }
                })}
        </Dialogue>
    }
}

#[component]
fn Ligne<F>(membre: Membre, modifier: F) -> impl IntoView
where
    F: Fn(Membre) + 'static,
{
    let nom = nom(&membre);
    let rattachements = membre.rattachements.clone();
    view! {
        <li>
            <div>
                <p><b>{nom.clone()}</b>{membre.moi.then_some(" (vous)")}</p>
                <p class="meta">{membre.email.clone()}</p>
                <Roles rattachements/>
            </div>
            <button class="btn btn--petit" type="button" id=bouton(membre.id) on:click=move |_| modifier(membre.clone())>
                "Modifier"
                <span class="vh">" les droits de "{nom}</span>
            </button>
        </li>
    }
}

/// The name of a member.
pub fn nom(membre: &Membre) -> String {
    format!("{} {}", membre.prenom, membre.nom)
}

/// The identifier of the button that changes what a member may do.
pub fn bouton(membre: Uuid) -> String {
    format!("modifier-{membre}")
}
