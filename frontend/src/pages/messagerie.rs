//! The inbox over all dossiers: the list, and beside it the thread of the message chosen.

mod lecture;
mod recherche;

use api_types::endpoint::ListerMessages;
use api_types::messages::{Boite, MessageResume};
use domain::acteur::Cote;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use self::lecture::Lecture as Volet;
use self::recherche::Outils;
use crate::api::lecture::Lecture;
use crate::components::chargement::Chargement;
use crate::components::ligne_message::LigneMessage;
use crate::components::nouveautes::{Arrives, Nouveautes};
use crate::components::suite::{Suite, lire_liste};
use crate::components::titre::TitrePage;
use crate::components::vide::Vide;
use crate::format;
use crate::model::boite::Vue;
use crate::routes::Route;
use crate::state::page;
use crate::state::session::Session;

/// The inbox; the OPCO's administrator, who is written to by nobody, is told where messages are.
#[component]
pub fn Messagerie() -> impl IntoView {
    page::titre(|| "Messagerie".into());
    match untrack(|| Session::courante().cote()) {
        Cote::Membre | Cote::Gestionnaire => view! { <Recus/> }.into_any(),
        Cote::AdministrateurOpco => view! {
            <TitrePage titre="Messagerie"/>
            <Vide titre="Les messages vont aux adhérents et au gestionnaire de leur dossier">
                <p>"Vous n’en recevez pas. Pour lire un échange, ouvrez son dossier, puis «\u{a0}Message(s)\u{a0}»."</p>
                <p><a class="btn" href=Route::Dossiers.href()>"Tous les dossiers"</a></p>
            </Vide>
        }
        .into_any(),
    }
}

/// What was received and sent. What is searched and shown is in the address.
#[component]
fn Recus() -> impl IntoView {
    let query = use_query_map();
    let vue = Memo::new(move |_| query.with(|q| Vue::lire(|nom| q.get(nom))));
    // The message chosen changes without reading the list again.
    let filtre = Memo::new(move |_| vue.with(Vue::filtre));
    let lecture = lire_liste(move || Some(ListerMessages { query: filtre.get() }));
    let arrives = arrives(lecture);
    let relire = move |()| {
        arrives.vider();
        lecture.relire();
    };
    let choisi = Memo::new(move |_| vue.with(|v| v.choisi));
    view! {
        <TitrePage
            titre="Messagerie"
            sous_titre="Tous les échanges, de tous les dossiers. Un message lu ne disparaît pas."
        />
        <Outils vue non_lus=Signal::derive(move || lecture.donnee().with(|b| b.as_ref().map(|b| b.non_lus)))/>
        <div class="boite" class:boite--lecture=move || choisi.get().is_some()>
            <div class="boite__colonne">
                <Nouveautes
                    nombre=arrives.nombre
                    un="nouveau message"
                    plusieurs="nouveaux messages"
                    afficher=relire
                />
                <Chargement lecture quoi="les messages" let:boite>
                    <Liste boite vue lecture/>
                </Chargement>
            </div>
            <Volet vue lecture/>
        </div>
    }
}

/// Messages that arrived and are not in the list.
fn arrives(lecture: Lecture<Boite>) -> Arrives {
    let connu = move |id: Uuid| {
        lecture.donnee().with(|boite| boite.as_ref().is_none_or(|b| b.elements.iter().any(|m| m.id == id)))
    };
    Arrives::ecouter(|_| true, connu, move || lecture.relire())
}

#[component]
fn Liste(boite: Signal<Boite>, vue: Memo<Vue>, lecture: Lecture<Boite>) -> impl IntoView {
    let session = Session::courante();
    let avec_adherent = !untrack(|| session.membre());
    let ids = move || boite.with(|b| b.elements.iter().map(|m| m.id).collect::<Vec<_>>());
    let ligne = move |id: Uuid| {
        let premier = boite.with_untracked(|b| trouver(b, id))?;
        let dossier = premier.dossier_id;
        let message = Memo::new(move |_| boite.with(|b| trouver(b, id)).unwrap_or_else(|| premier.clone()));
        let href = Memo::new(move |_| vue.with(|v| v.avec(Some((dossier, id))).adresse()));
        let courant = Memo::new(move |_| vue.with(|v| v.choisi.is_some_and(|(_, m)| m == id)));
        Some(view! { <LigneMessage message href courant avec_adherent sur_place=true/> })
    };
    let compte = move || {
        let n = boite.with(|b| b.elements.len());
        format::pluriel(i64::try_from(n).unwrap_or(i64::MAX), "message affiché", "messages affichés")
    };
    view! {
        <Show when=move || boite.with(|b| !b.elements.is_empty()) fallback=move || view! { <Rien vue/> }>
            <ul class="boite__liste" aria-label="Messages">
                <For each=ids key=|id| *id children=ligne/>
            </ul>
            <div class="boite__suite">
                <span class="meta">{compte}</span>
                <Suite lecture page=move |curseur| page_suivante(&vue.get_untracked(), curseur)/>
            </div>
        </Show>
    }
}

fn trouver(boite: &Boite, id: Uuid) -> Option<MessageResume> {
    boite.elements.iter().find(|m| m.id == id).cloned()
}

fn page_suivante(vue: &Vue, curseur: String) -> ListerMessages {
    let mut query = vue.filtre();
    query.curseur = Some(curseur);
    ListerMessages { query }
}

/// Nothing in the list: why, and what to do.
#[component]
fn Rien(vue: Memo<Vue>) -> impl IntoView {
    move || {
        let (titre, suite) = match vue.with(|v| (v.q.is_some(), v.non_lus)) {
            (true, _) => {
                ("Aucun message ne contient ces mots", "Essayez avec moins de mots, ou affichez tous les messages.")
            }
            (false, true) => {
                ("Vous n’avez pas de nouveaux messages", "Les messages déjà lus restent sous «\u{a0}Tous\u{a0}».")
            }
            (false, false) => {
                ("Aucun message pour le moment", "Pour écrire, ouvrez un dossier, puis «\u{a0}Message(s)\u{a0}».")
            }
        };
        view! { <Vide titre><p>{suite}</p></Vide> }
    }
}
