//! A dossier: its cartouche, its tabs, and what keeps them current.

pub mod atelier;
mod cartouche;
pub mod complet;
mod cote;
pub mod documents;
pub mod documents_opco;
mod historique;
pub mod inscriptions;
pub mod messages;
mod onglets;
mod parcours;
pub mod reglements;
mod traitement;

use api_types::dossiers::Dossier as Donnees;
use api_types::endpoint::LireDossier;
use domain::acteur::Cote;
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use crate::api::lecture::{Lecture, lire};
use crate::api::live::{self, Nouvelle};
use crate::components::chargement::Chargement;
use crate::components::redirection::Redirection;
use crate::components::vide::Vide;
use crate::routes::{Onglet, Route};
use crate::state::page;
use crate::state::session::Session;

/// The dossier shown, for its tabs.
#[derive(Clone, Copy)]
pub struct Ici {
    /// Its identifier; the tabs are drawn anew when it changes.
    pub id: Uuid,
    /// The dossier.
    pub dossier: Signal<Donnees>,
    /// What reads it.
    pub lecture: Lecture<Donnees>,
    /// The side of the reader.
    pub cote: Cote,
}

impl Ici {
    /// The dossier that the component is in.
    pub fn courant() -> Self {
        expect_context()
    }

    /// Whether the reader is a member.
    pub fn membre(self) -> bool {
        self.cote == Cote::Membre
    }

    /// Whether the reader examines dossiers.
    pub fn examine(self) -> bool {
        self.cote == Cote::Gestionnaire
    }

    /// Names the page: « Mes documents, dossier 1819006292.01 ».
    pub fn titre(self, onglet: impl Fn() -> String + 'static) {
        page::titre(move || format!("{}, dossier {}", onglet(), self.dossier.with(|d| d.numero.clone())));
    }

    /// Does something when an event of this dossier that `interesse` arrives, or when some may have been missed.
    pub fn a_l_arrivee(
        self,
        interesse: impl Fn(api_types::travail::EvenementType) -> bool + 'static,
        faire: impl Fn() + 'static,
    ) {
        live::ecouter(move |nouvelle| match nouvelle {
            Nouvelle::Arrivee(e) if e.dossier_id == self.id && interesse(e.nature) => faire(),
            Nouvelle::Arrivee(_) => {}
            Nouvelle::Reprise => faire(),
        });
    }
}

/// A dossier; its tabs are the routes under it.
#[component]
pub fn Dossier() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id")).and_then(|id| id.parse::<Uuid>().ok()));
    let lecture = lire(move || id.get().map(|dossier_id| LireDossier { dossier_id }));
    let parcours = parcours::Parcours::nouveau(id);
    provide_context(parcours);
    // Until a tab knows better.
    page::titre(|| "Dossier".to_owned());
    view! {
        <Show when=move || id.with(Option::is_some) fallback=move || inconnu(parcours)>
            <div class="pile">
                <parcours::Liens/>
                <Show when=move || lecture.donnee().with(Option::is_none)>
                    <h1 class="vh">"Dossier"</h1>
                </Show>
                <Chargement lecture quoi="le dossier" let:dossier>
                    <Ouvert dossier lecture/>
                </Chargement>
            </div>
        </Show>
    }
}

/// An address that holds no identifier.
fn inconnu(parcours: parcours::Parcours) -> impl IntoView {
    let (href, nom) = parcours::retour(parcours.liste);
    view! {
        <h1 class="vh">"Dossier introuvable"</h1>
        <Vide titre="Ce dossier n’existe pas">
            <p class="meta">"L’adresse est peut-être incomplète."</p>
            <p><a class="btn" href=href>{nom}</a></p>
        </Vide>
    }
}

#[component]
fn Ouvert(dossier: Signal<Donnees>, lecture: Lecture<Donnees>) -> impl IntoView {
    let cote = Session::courante().moi().map_or(Cote::Membre, |m| m.cote);
    provide_context(Ici { id: dossier.with_untracked(|d| d.id), dossier, lecture, cote });
    view! { <Corps/> }
}

#[component]
fn Corps() -> impl IntoView {
    let ici = Ici::courant();
    ici.a_l_arrivee(|_| true, move || ici.lecture.relire());
    view! {
        <cartouche::Cartouche/>
        <historique::Historique/>
        {ici.examine().then(|| view! { <traitement::Traitement/> })}
        <onglets::Onglets/>
        <Outlet/>
    }
}

/// A dossier without a tab opens on its documents.
#[component]
pub fn PremierOnglet() -> impl IntoView {
    let id = use_params_map().with_untracked(|p| p.get("id")).and_then(|id| id.parse().ok());
    let vers = id.map_or(Route::Dossiers, |id| Route::Dossier(id, Onglet::Documents));
    view! { <Redirection vers/> }
}
