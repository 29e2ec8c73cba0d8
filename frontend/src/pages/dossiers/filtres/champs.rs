//! The fields of the filters: each follows the address, and changes it.

use api_types::dossiers::FiltreDossiers;
use jiff::civil::Date;
use leptos::prelude::*;

use super::super::Liste;
use crate::components::champ::Champ;
use crate::format;
use crate::model::filtre::{JourInvalide, ecrire_jour, lire_jour};
use crate::state::annonces::annoncer;

/// A choice among values, as the address holds it.
#[component]
pub fn Choix(
    /// Its identifier.
    id: &'static str,
    /// Its label.
    libelle: &'static str,
    /// What no choice is called.
    #[prop(into)]
    tous: String,
    /// Values and their names.
    #[prop(into)]
    valeurs: Signal<Vec<(String, String)>>,
    /// The value in force.
    lue: fn(&FiltreDossiers) -> Option<String>,
    /// Changes the value.
    posee: fn(&mut FiltreDossiers, Option<&str>),
) -> impl IntoView {
    let liste = Liste::courante();
    let courante = Memo::new(move |_| liste.filtre.with(|f| lue(&f.query)).unwrap_or_default());
    let choisir = move |e: leptos::ev::Event| {
        let valeur = event_target_value(&e);
        let voulue = Some(valeur.as_str()).filter(|v| !v.is_empty());
        liste.vers(liste.filtre.with_untracked(|f| f.avec(|q| posee(q, voulue))));
    };
    let options = move || {
        valeurs
            .get()
            .into_iter()
            .map(|(valeur, nom)| {
                let elue = {
                    let valeur = valeur.clone();
                    move || courante.with(|c| *c == valeur)
                };
                view! { <option value=valeur prop:selected=elue>{nom}</option> }
            })
            .collect_view()
    };
    view! {
        <Champ id libelle let:liens>
            <select class="saisie saisie--serree" id=liens.id on:change=choisir>
                <option value="" prop:selected=move || courante.with(String::is_empty)>{tous}</option>
                {options}
            </select>
        </Champ>
    }
}

/// A day, typed jj/mm/aaaa.
#[component]
pub fn Jour(
    /// Its identifier.
    id: &'static str,
    /// Its label.
    libelle: &'static str,
    /// The day in force.
    lue: fn(&FiltreDossiers) -> Option<Date>,
    /// Changes the day.
    posee: fn(&mut FiltreDossiers, Option<Date>),
) -> impl IntoView {
    let liste = Liste::courante();
    let (texte, refus) = (RwSignal::new(String::new()), RwSignal::new(None::<JourInvalide>));
    let lire = move || {
        let voulu = lire_jour(&texte.get_untracked()).and_then(|jour| {
            let voulu = liste.filtre.with_untracked(|f| f.avec(|q| posee(q, jour)));
            // The other end of the period judges this one too.
            JourInvalide::si_envers(voulu.query.debut_apres, voulu.query.fin_avant).map(|()| voulu)
        });
        match voulu {
            Ok(voulu) => {
                refus.set(None);
                let jour = lue(&voulu.query);
                if liste.filtre.with_untracked(|f| lue(&f.query)) == jour {
                    texte.set(jour.map(ecrire_jour).unwrap_or_default());
                } else {
                    liste.vers(voulu);
                }
            }
            Err(dit) => refus.set(Some(dit)),
        }
    };
    let dit = |refus: JourInvalide| refus.dire(format::aujourd_hui());
    // This end and the other: noting the pages shown changes neither, nor what is being typed.
    let bouts = Memo::new(move |_| {
        liste.filtre.with(|f| {
            let autre = f.avec(|q| posee(q, None)).query;
            (lue(&f.query), autre.debut_apres.or(autre.fin_avant))
        })
    });
    Effect::new(move |_| {
        let (jour, autre) = bouts.get();
        match refus.get_untracked() {
            // What was refused for the other end is judged again with it.
            Some(JourInvalide::Envers) if autre.is_some() => lire(),
            None | Some(JourInvalide::Envers) => {
                refus.set(None);
                texte.set(jour.map(ecrire_jour).unwrap_or_default());
            }
            // What is being corrected stays under the eyes.
            Some(_) => {}
        }
    });
    let quitter = move |_| {
        lire();
        if let Some(refus) = refus.get_untracked() {
            // The field was left: the error must be heard where the focus now is.
            annoncer(&format!("{libelle}\u{a0}: {}", dit(refus)));
        }
    };
    view! {
        <Champ id libelle erreur=Signal::derive(move || refus.get().map(dit)) let:liens>
            <input
                class="saisie saisie--serree"
                id=liens.id
                aria-describedby=liens.decrit
                aria-invalid=liens.invalide
                placeholder="jj/mm/aaaa"
                inputmode="numeric"
                autocomplete="off"
                bind:value=texte
                on:change=quitter
            />
        </Champ>
    }
}
