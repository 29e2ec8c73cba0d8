//! The choice of what a person may do, établissement by établissement.

use api_types::membres::{DroitMembre, EtablissementGere};
use domain::RoleMembre;
use domain::code::Code as _;
use leptos::prelude::*;

use crate::components::icone::{Glyphe, Icone};
use crate::components::role::{effet, nom};
use crate::model::droits::{choisir, role};

const AIDE: &str = "droits-aide";
const ERREUR: &str = "droits-erreur";

/// A role, or none, in each établissement.
#[component]
pub fn ChoixDroits(
    /// The établissements.
    lieux: Vec<EtablissementGere>,
    /// What is chosen.
    droits: RwSignal<Vec<DroitMembre>>,
    /// What is wrong and how to put it right.
    #[prop(into)]
    erreur: Signal<Option<String>>,
) -> impl IntoView {
    let faute = move || erreur.with(Option::is_some);
    let decrit = move || if faute() { format!("{AIDE} {ERREUR}") } else { AIDE.to_owned() };
    let roles = RoleMembre::TOUS.iter().map(|r| view! { <li><b>{nom(*r)}</b>"\u{a0}: "{effet(*r)}"."</li> });
    let choix = lieux.into_iter().enumerate().map(|(rang, lieu)| {
        // The first takes the focus when the group is at fault.
        let invalide = Signal::derive(move || (rang == 0 && faute()).then_some("true"));
        view! { <Choix id=format!("droit-{rang}") lieu droits invalide/> }
    });
    view! {
        <fieldset class="cases pile-serree" class:champ--erreur=faute aria-describedby=decrit>
            <legend>"Rôle dans chaque établissement"</legend>
            <ul class="aide" id=AIDE>{roles.collect_view()}</ul>
            {move || {
                erreur
                    .get()
                    .map(|e| {
                        view! {
                            <p class="champ__erreur" id=ERREUR>
                                <Icone glyphe=Glyphe::Alerte classe="icone--s"/>
                                <span><span class="vh">"Erreur\u{a0}: "</span>{e}</span>
                            </p>
                        }
                    })
            }}
            <div class="deux">{choix.collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn Choix(
    id: String,
    lieu: EtablissementGere,
    droits: RwSignal<Vec<DroitMembre>>,
    invalide: Signal<Option<&'static str>>,
) -> impl IntoView {
    let ici = lieu.id;
    let choisi = Memo::new(move |_| droits.with(|d| role(d, ici)));
    let options = RoleMembre::TOUS.iter().map(|r| {
        view! { <option value=r.code() prop:selected=move || choisi.get() == Some(*r)>{nom(*r)}</option> }
    });
    view! {
        <div class="champ">
            <label for=id.clone()>{lieu.nom}</label>
            <select
                class="saisie"
                id=id
                aria-invalid=invalide
                on:change=move |e| {
                    let role = RoleMembre::du_code(&event_target_value(&e));
                    droits.update(|d| choisir(d, ici, role));
                }
            >
                <option value="" prop:selected=move || choisi.with(Option::is_none)>"Aucun accès"</option>
                {options.collect_view()}
            </select>
        </div>
    }
}
