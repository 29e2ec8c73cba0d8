//! The threshold: the plate and the form of pages that lead inside.

use leptos::prelude::*;
use leptos_router::components::Outlet;

use super::cadre::Evitement;
use crate::pages::connexion::Adresse;
use crate::routes::Route;
use crate::state::organisme::{Organisme, lien_tel};
use crate::state::page::CONTENU;

/// The frame of sign-in and account pages.
#[component]
pub fn Seuil() -> impl IntoView {
    provide_context(Adresse::vide());
    view! { <Planche><Outlet/></Planche> }
}

/// The plate on one side, the children and the assistance on the other.
#[component]
pub fn Planche(children: Children) -> impl IntoView {
    let organisme = Organisme::courant();
    view! {
        <Evitement libelle="Aller au formulaire"/>
        <div class="seuil">
            <header class="seuil__plan">
                <a class="marque marque--seuil" href=Route::Portail.href()>
                    <span class="marque__nom">"eGestion"</span>
                    <span class="vh">", portail de services"</span>
                </a>
                <Plan/>
                <div class="seuil__accueil">
                    <p class="seuil__titre">"Bienvenue sur votre portail de services"</p>
                    <p class="large-seul">
                        {move || organisme.nom()}
                        ", votre partenaire compétences, vous accompagne au quotidien pour vous conseiller et faciliter la mise en œuvre de vos projets RH, emploi, formation et alternance."
                    </p>
                </div>
            </header>
            <main class="seuil__formulaire" id=CONTENU tabindex="-1">
                {children()}
                {move || {
                    organisme
                        .assistance()
                        .map(|numero| {
                            view! {
                                <div class="assistance">
                                    <span class="meta">"Besoin d’assistance\u{202f}?"</span>
                                    <a class="lien" href=lien_tel(&numero)>{numero.clone()}</a>
                                </div>
                            }
                        })
                }}
                <p class="seuil__pied meta">
                    <a class="lien" href=Route::Accessibilite.href()>"Accessibilité"</a>
                    <a class="lien" href=Route::DonneesPersonnelles.href()>"Données personnelles"</a>
                    <a class="lien" href=Route::MentionsLegales.href()>"Mentions légales"</a>
                </p>
            </main>
        </div>
    }
}

/// A building and its scaffold, dimensioned by the four steps of a dossier.
const PLAN: &str = include_str!("plan.svg.in");

#[component]
fn Plan() -> impl IntoView {
    view! {
        <svg
            class="plan"
            viewBox="0 0 544 330"
            role="img"
            aria-label="Dessin d’un bâtiment et de son échafaudage, coté par les quatre étapes d’un dossier\u{a0}: transmission, instruction, accord, paiement"
            inner_html=PLAN
        ></svg>
    }
}
