//! Where a member may go, and how to join another établissement.

use api_types::comptes::EtablissementRattache;
use leptos::prelude::*;

use super::rejoindre::Rejoindre;
use crate::components::alerte::Alerte;
use crate::components::dialogue::Dialogue;
use crate::components::icone::Glyphe;
use crate::components::pastille::Ton;
use crate::components::role::nom;
use crate::components::vide::Vide;
use crate::format;
use crate::state::session::Session;

/// « Mes établissements ».
#[component]
pub fn Etablissements() -> impl IntoView {
    let session = Session::courante();
    let siens = Memo::new(move |_| session.de_moi(|m| m.etablissements.clone()));
    let (ouvert, demande) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        <section class="feuille" aria-labelledby="titre-etablissements">
            <div class="feuille__tete">
                <h2 id="titre-etablissements">"Mes établissements"</h2>
                <button class="btn btn--petit" type="button" on:click=move |_| ouvert.set(true)>
                    "Rejoindre un établissement"
                </button>
            </div>
            <Show when=move || demande.get()>
                <div class="feuille__corps">
                    <Alerte ton=Ton::Ok glyphe=Glyphe::Mail titre="Demande reçue">
                        <p>"La suite arrive à votre adresse "<b>{move || session.de_moi(|m| m.email.clone())}</b>"."</p>
                    </Alerte>
                </div>
            </Show>
            <Show when=move || siens.with(|e| !e.is_empty()) fallback=|| view! { <Aucun/> }>
                <ul class="sessions">
                    {move || siens.get().into_iter().map(|etablissement| view! { <Ligne etablissement/> }).collect_view()}
                </ul>
            </Show>
        </section>
        <Dialogue id="rejoindre" ouvert titre="Rejoindre un établissement">
            <Rejoindre ouvert demande/>
        </Dialogue>
    }
}

#[component]
fn Ligne(etablissement: EtablissementRattache) -> impl IntoView {
    let e = etablissement;
    view! {
        <li>
            <div>
                <p><b>{format!("{}, {}", e.adherent, e.nom)}</b></p>
                <p class="meta">"SIRET "{format::siret(&e.siret)}</p>
            </div>
            <p>{nom(e.role)}</p>
        </li>
    }
}

#[component]
fn Aucun() -> impl IntoView {
    view! {
        <div class="feuille__corps">
            <Vide titre="Aucun établissement ne vous est ouvert">
                <p>"Rejoignez le vôtre avec ses deux numéros, ou demandez une invitation à un administrateur de l’entreprise."</p>
            </Vide>
        </div>
    }
}
