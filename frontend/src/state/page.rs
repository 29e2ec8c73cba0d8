//! The page in the browser: its title, where the focus is.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

use super::origine;

/// The identifier of the page's main area.
pub const CONTENU: &str = "contenu";

/// Sets the document's title: « page — eGestion ».
pub fn titre(texte: impl Fn() -> String + 'static) {
    Effect::new(move |_| {
        let texte = texte();
        document().set_title(&if texte.is_empty() { "eGestion".to_owned() } else { format!("{texte} — eGestion") });
    });
}

/// Brings the focus to the main area each time that the address changes, but not its query; to the row that was opened, when
/// one comes back to a list.
#[component]
pub fn SuivreAdresse() -> impl IntoView {
    let lieu = use_location();
    Effect::new(move |avant: Option<String>| {
        let ici = lieu.pathname.get();
        if let Some(avant) = avant.filter(|avant| *avant != ici) {
            origine::passer(&avant, &ici);
            fermer_menu();
            bientot(|| {
                if !origine::revenir() {
                    viser(CONTENU);
                }
            });
        }
        ici
    });
    let tour = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let (_, ancre) = (lieu.pathname.get(), lieu.hash.get());
        tour.update_value(|t| *t = t.wrapping_add(1));
        let mien = tour.get_value();
        if let Some(ancre) = Some(ancre.trim_start_matches('#')).filter(|a| !a.is_empty()) {
            chercher_ancre(ancre.to_owned(), 0, move || tour.try_get_value() == Some(mien));
        }
    });
}

/// How long the place that an address names is waited for: what it is in may still be on its way.
const PATIENCE: (u32, Duration) = (40, Duration::from_millis(150));

/// Shows the place that an address names, once it is there, and brings the focus to what can be done in it.
fn chercher_ancre(ancre: String, essais: u32, voulue: impl Fn() -> bool + 'static) {
    let chercher = move || {
        if !voulue() {
            return;
        }
        match document().get_element_by_id(&ancre) {
            Some(place) => {
                place.scroll_into_view();
                let dedans = place.query_selector("button, a[href]").ok().flatten();
                let cible = if place.has_attribute("tabindex") { Some(place) } else { dedans };
                if let Some(cible) = cible.and_then(|c| c.dyn_into::<HtmlElement>().ok()) {
                    // Refused only by elements that cannot have the focus.
                    let _ = cible.focus();
                }
            }
            None if essais < PATIENCE.0 => chercher_ancre(ancre, essais + 1, voulue),
            None => {}
        }
    };
    set_timeout(chercher, PATIENCE.1);
}

/// Brings the focus to the element of an identifier.
pub fn viser(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        // Refused only by elements that cannot have the focus.
        let _ = element.focus();
    }
}

/// Brings the focus to the first of these elements that is still there.
pub fn viser_premier(ids: &[&str]) {
    if let Some(id) = ids.iter().find(|id| document().get_element_by_id(id).is_some()) {
        viser(id);
    }
}

/// Brings the focus to the main area without moving what is in view: its control is gone, its work is done.
pub fn reprendre() {
    if let Some(element) = document().get_element_by_id(CONTENU).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // The main area can always have the focus.
        let _ = element.focus_with_options(&options);
    }
}

/// The same, when what had the focus is gone and nothing else has it.
pub fn reprendre_si_perdu() {
    if document().active_element().is_none_or(|actif| actif.tag_name() == "BODY") {
        reprendre();
    }
}

/// Brings the focus to the element of an identifier; to the main area, without moving what is in view, when it is gone.
pub fn viser_ou_reprendre(id: &str) {
    if document().get_element_by_id(id).is_some() {
        viser(id);
    } else {
        reprendre();
    }
}

/// Brings the focus to the first field at fault, once it is drawn as such.
pub fn viser_premiere_faute() {
    bientot(|| {
        let champ = document().query_selector("[aria-invalid=true]").ok().flatten();
        if let Some(champ) = champ.and_then(|c| c.dyn_into::<HtmlElement>().ok()) {
            let _ = champ.focus();
        }
    });
}

/// Acts once what is being changed is drawn.
pub fn bientot(faire: impl FnOnce() + 'static) {
    set_timeout(faire, Duration::from_millis(30));
}

/// Closes the menu's drawer, where it is one.
fn fermer_menu() {
    if let Some(menu) = document().get_element_by_id("menu").and_then(|m| m.dyn_into::<HtmlElement>().ok()) {
        // An error says that it is not open.
        let _ = menu.hide_popover();
    }
}

/// Removes what `index.html` shows while the page loads.
pub fn retirer_attente() {
    if let Some(attente) = document().get_element_by_id("demarrage") {
        attente.remove();
    }
}
