//! eGestion's home, for a member.

mod a_faire;
mod chiffres;
mod contacts;
mod messages;
mod mouvements;

use api_types::endpoint::LireAccueil;
use api_types::portail::Accueil as Donnees;
use leptos::prelude::*;

use self::a_faire::AFaire;
use self::chiffres::Chiffres;
use self::contacts::{Contacts, GuidesAccueil, Informations};
use self::messages::NonLus;
use self::mouvements::Mouvements;
use crate::api::lecture::{Lecture, lire};
use crate::api::live::{Nouvelle, ecouter};
use crate::components::chargement::Chargement;
use crate::components::nouveautes::Nouveautes;
use crate::components::redirection::Redirection;
use crate::components::sans_etablissement::SansEtablissement;
use crate::components::titre::TitrePage;
use crate::format;
use crate::routes::Route;
use crate::state::page;
use crate::state::session::Session;

/// The home. The OPCO's side has its worklist instead.
#[component]
pub fn Accueil() -> impl IntoView {
    let session = Session::courante();
    if untrack(|| session.membre()) {
        view! { <AccueilMembre/> }.into_any()
    } else {
        view! { <Redirection vers=Route::depart(untrack(|| session.cote()))/> }.into_any()
    }
}

#[component]
fn AccueilMembre() -> impl IntoView {
    page::titre(|| "Accueil".into());
    let session = Session::courante();
    let lecture = lire(|| Some(LireAccueil {}));
    let arrives = arrives(lecture);
    let relire = move |()| {
        arrives.set(0);
        lecture.relire();
    };
    let bienvenue = move || session.de_moi(|m| format!("Bienvenue dans votre espace eGestion, {} {}", m.prenom, m.nom));
    let jour = format::date_longue(format::aujourd_hui());
    view! {
        <TitrePage titre=Signal::derive(bienvenue) sous_titre=jour/>
        <SansEtablissement/>
        <Nouveautes nombre=arrives un="nouveauté" plusieurs="nouveautés" afficher=relire/>
        <Chargement lecture quoi="votre accueil" let:accueil>
            <Chiffres chiffres=partie(accueil, |a| &a.chiffres)/>
            <div class="colonnes colonnes--2-1">
                <div class="pile pile--large">
                    <AFaire a_faire=partie(accueil, |a| &a.a_faire)/>
                    <NonLus messages=partie(accueil, |a| &a.messages)/>
                    <Mouvements mouvements=partie(accueil, |a| &a.mouvements)/>
                </div>
                <div class="pile pile--large">
                    <Contacts contacts=partie(accueil, |a| &a.contacts)/>
                    <Informations informations=partie(accueil, |a| &a.informations)/>
                    <GuidesAccueil guides=partie(accueil, |a| &a.guides)/>
                </div>
            </div>
        </Chargement>
    }
}

/// A part of the home, drawn anew only when it changes.
fn partie<T: Clone + PartialEq + Send + Sync + 'static>(
    accueil: Signal<Donnees>,
    lire: fn(&Donnees) -> &T,
) -> Signal<T> {
    Memo::new(move |_| accueil.with(|a| lire(a).clone())).into()
}

/// How many things happened since the home was read: it does not move under the eye.
fn arrives(lecture: Lecture<Donnees>) -> RwSignal<usize> {
    let arrives = RwSignal::new(0);
    ecouter(move |nouvelle| match nouvelle {
        Nouvelle::Arrivee(_) => arrives.update(|n| *n += 1),
        Nouvelle::Reprise => lecture.relire(),
    });
    arrives
}
