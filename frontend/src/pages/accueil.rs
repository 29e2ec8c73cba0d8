//! eGestion's home, for a member.

mod a_faire;
mod chiffres;
mod contacts;
mod messages;
mod mouvements;

use api_types::endpoint::LireAccueil;
use leptos::prelude::*;

use self::a_faire::AFaire;
use self::chiffres::Chiffres;
use self::contacts::{Contacts, GuidesAccueil, Informations};
use self::messages::NonLus;
use self::mouvements::Mouvements;
use crate::api::lecture::lire;
use crate::api::live::ecouter_en_groupe;
use crate::components::chargement::Chargement;
use crate::components::redirection::Redirection;
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
        view! { <Redirection vers=Route::Gestion/> }.into_any()
    }
}

#[component]
fn AccueilMembre() -> impl IntoView {
    page::titre(|| "Accueil".into());
    let session = Session::courante();
    let lecture = lire(|| Some(LireAccueil {}));
    // What happens elsewhere changes the figures.
    ecouter_en_groupe(move || lecture.relire());
    let bienvenue = move || session.de_moi(|m| format!("Bienvenue dans votre espace eGestion, {} {}", m.prenom, m.nom));
    let jour = format::date_longue(format::aujourd_hui());
    view! {
        <TitrePage titre=Signal::derive(bienvenue) sous_titre=jour/>
        <Chargement lecture quoi="votre accueil" let:accueil>
            <Chiffres chiffres=Signal::derive(move || accueil.with(|a| a.chiffres.clone()))/>
            <div class="colonnes colonnes--2-1">
                <div class="pile pile--large">
                    <AFaire a_faire=Signal::derive(move || accueil.with(|a| a.a_faire.clone()))/>
                    <NonLus messages=Signal::derive(move || accueil.with(|a| a.messages.clone()))/>
                    <Mouvements mouvements=Signal::derive(move || accueil.with(|a| a.mouvements.clone()))/>
                </div>
                <div class="pile pile--large">
                    <Contacts contacts=Signal::derive(move || accueil.with(|a| a.contacts.clone()))/>
                    <Informations informations=Signal::derive(move || accueil.with(|a| a.informations.clone()))/>
                    <GuidesAccueil guides=Signal::derive(move || accueil.with(|a| a.guides.clone()))/>
                </div>
            </div>
        </Chargement>
    }
}
