//! The open sessions, and how to end them.

use api_types::ProblemCode;
use api_types::comptes::{SessionOuverte, Sessions as Donnees};
use api_types::endpoint::{TerminerAutresSessions, TerminerSession};
use leptos::prelude::*;
use uuid::Uuid;

use crate::api::ecriture::{Ecriture, ecrire};
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::chargement::Chargement;
use crate::components::icone::Glyphe;
use crate::components::pastille::{Pastille, Ton};
use crate::format;
use crate::state::annonces::annoncer;
use crate::state::page;

const TITRE: &str = "titre-sessions";

/// « Mes connexions »: the browsers signed in to the account.
#[component]
pub fn Sessions(
    /// What reads them.
    lecture: Lecture<Donnees>,
) -> impl IntoView {
    let fin = ecrire(move |laquelle: Option<Uuid>| async move {
        match laquelle {
            Some(session_id) => match http::call(&TerminerSession { session_id }, &()).await {
                // It ended by itself meanwhile.
                Err(echec) if echec.code() == Some(ProblemCode::Absent) => {}
                fini => fini?,
            },
            None => http::call(&TerminerAutresSessions {}, &()).await?,
        }
        lecture.modifier(|s| s.elements.retain(|e| e.courante || laquelle.is_some_and(|l| l != e.id)));
        annoncer(if laquelle.is_some() {
            "La connexion est terminée."
        } else {
            "Vos autres connexions sont terminées."
        });
        page::bientot(|| page::viser(TITRE));
        Ok(())
    });
    let plusieurs = move || lecture.donnee().with(|s| s.as_ref().is_some_and(|s| s.elements.len() > 1));
    view! {
        <section class="feuille" aria-labelledby=TITRE>
            <div class="feuille__tete">
                <h2 id=TITRE tabindex="-1">"Mes connexions"</h2>
                <Show when=plusieurs>
                    <button class="btn btn--petit" type="button" on:click=move |_| fin.envoyer(None)>
                        "Terminer toutes les autres"
                    </button>
                </Show>
            </div>
            <AlerteEchec echec=fin.echec()/>
            <Chargement lecture quoi="vos connexions" let:sessions>
                <Liste sessions fin/>
            </Chargement>
            <p class="feuille__pied meta">
                "Une connexion que vous ne reconnaissez pas\u{202f}? Terminez-la, puis changez de mot de passe."
            </p>
        </section>
    }
}

#[component]
fn Liste(sessions: Signal<Donnees>, fin: Ecriture<Option<Uuid>>) -> impl IntoView {
    view! {
        <ul class="sessions">
            <For each=move || sessions.with(|s| s.elements.clone()) key=|s| (s.id, s.vue_le) let:session>
                <Ligne session fin/>
            </For>
        </ul>
    }
}

#[component]
fn Ligne(session: SessionOuverte, fin: Ecriture<Option<Uuid>>) -> impl IntoView {
    let SessionOuverte { id, courante, appareil, adresse, ouverte_le, vue_le, expire_le } = session;
    let laquelle = format!(" la connexion sur {appareil}, ouverte le {}", format::instant(ouverte_le));
    view! {
        <li>
            <div>
                <p><b>{appareil}</b>" "<span class="meta">{adresse}</span></p>
                <p class="meta">
                    {format!(
                        "Ouverte le {}, vue le {}, prend fin le {} au plus tard",
                        format::instant(ouverte_le),
                        format::instant(vue_le),
                        format::jour(expire_le),
                    )}
                </p>
            </div>
            {if courante {
                view! { <Pastille glyphe=Glyphe::Check ton=Ton::Encre texte="Cette connexion"/> }.into_any()
            } else {
                view! {
                    <button class="btn btn--petit btn--danger" type="button" on:click=move |_| fin.envoyer(Some(id))>
                        "Terminer"
                        <span class="vh">{laquelle}</span>
                    </button>
                }
                    .into_any()
            }}
        </li>
    }
}
