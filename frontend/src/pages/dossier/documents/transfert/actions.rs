//! What the person may do with a file on its way.

use api_types::documents::Document;
use api_types::endpoint::{ApercuDocument, Endpoint, TelechargerDocument};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::super::classeur::Classeur;
use super::Sorte;
use crate::components::icone::{Glyphe, Icone};
use crate::model::depot::{Envoi, Evenement, Phase, Zone};
use crate::pages::dossier::atelier::{Atelier, id_bouton};

/// The buttons of a row; each acts on its own file only.
pub fn actions(atelier: Atelier, sorte: Sorte, e: &Envoi) -> AnyView {
    let (id, zone, nom) = (e.id, e.destination.zone, e.fichier.nom.clone());
    let bouton = move |libelle: &'static str,
                       glyphe,
                       classe: &'static str,
                       suite: String,
                       faire: fn(Atelier, u32, Zone)| {
        view! {
            <button class=format!("btn btn--petit {classe}") type="button" on:click=move |_| faire(atelier, id, zone)>
                <Icone glyphe classe="icone--s"/>
                {libelle}
                <span class="vh">" "{suite}</span>
            </button>
        }
    };
    let retirer: fn(Atelier, u32, Zone) = |a, id, _| a.retirer(id);
    let reessayer: fn(Atelier, u32, Zone) = |a, id, _| a.appliquer(Evenement::Reessai(id));
    let annuler = || bouton("Annuler", Glyphe::Croix, "btn--nu", format!("l’envoi de {nom}"), retirer);
    let ecarter = || bouton("Retirer", Glyphe::Croix, "btn--nu", nom.clone(), retirer);
    let encore = || bouton("Réessayer", Glyphe::Reprise, "", format!("l’envoi de {nom}"), reessayer);
    match sorte {
        Sorte::File => bouton("Retirer de la file", Glyphe::Croix, "btn--nu", nom.clone(), retirer).into_any(),
        Sorte::Cours | Sorte::Verification => annuler().into_any(),
        Sorte::Parties => {
            let pause = bouton("Mettre en pause", Glyphe::Pause, "", format!("l’envoi de {nom}"), |a, id, _| {
                a.suspendre(id, true);
            });
            view! { {pause}{annuler()} }.into_any()
        }
        Sorte::Pause => {
            let suite = bouton("Reprendre", Glyphe::Marche, "", format!("l’envoi de {nom}"), |a, id, _| {
                a.suspendre(id, false);
            });
            view! { {suite}{annuler()} }.into_any()
        }
        Sorte::AChoisir => {
            let rendre = bouton("Choisir de nouveau", Glyphe::Nuage, "", nom.clone(), |a, id, _| a.redemander(id));
            view! { {rendre}{annuler()} }.into_any()
        }
        Sorte::Attente => view! { {encore()}{annuler()} }.into_any(),
        Sorte::Echec => view! { {encore()}{ecarter()} }.into_any(),
        Sorte::Refus => {
            let classeur = Classeur::courant();
            let que = format!("que {nom}");
            let autre = move || {
                let bouton = || bouton("Choisir un autre fichier", Glyphe::Nuage, "", que.clone(), choisir_autre);
                classeur.peut_deposer.get().then(bouton)
            };
            view! { {autre}{ecarter()} }.into_any()
        }
        Sorte::Doublon => {
            let Phase::Doublon(premier) = &e.phase else { return ().into_any() };
            let garder = bouton("Ne pas déposer", Glyphe::Croix, "", nom.clone(), retirer);
            let forcer = bouton("Déposer quand même", Glyphe::Nuage, "btn--nu", nom.clone(), |a, id, _| {
                a.appliquer(Evenement::DoublonAccepte(id));
            });
            view! { {garder}{premier.as_deref().map(voir)}{forcer} }.into_any()
        }
    }
}

fn voir(premier: &Document) -> impl IntoView + use<> {
    let document_id = premier.id;
    let lequel = format!(", {}, dans un nouvel onglet", premier.nom);
    let href = if premier.format.affichable() {
        ApercuDocument { document_id }.path()
    } else {
        TelechargerDocument { document_id }.path()
    };
    view! {
        <a class="btn btn--petit btn--nu" href=href target="_blank" rel="noopener">
            <Icone glyphe=Glyphe::Oeil classe="icone--s"/>
            "Voir l’existant"
            <span class="vh">{lequel}</span>
        </a>
    }
}

fn choisir_autre(atelier: Atelier, id: u32, zone: Zone) {
    // The chooser first: browsers open it only while the click is handled.
    if let Some(bouton) = document().get_element_by_id(&id_bouton(zone)).and_then(|b| b.dyn_into::<HtmlElement>().ok())
    {
        bouton.click();
    }
    atelier.retirer(id);
}
