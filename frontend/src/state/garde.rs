//! What the browser keeps for the person: the theme, drafts.

use leptos::prelude::window;
use web_sys::Storage;

fn placard() -> Option<Storage> {
    // Refused by some browsers in private windows: the page works without.
    window().local_storage().ok().flatten()
}

/// What was kept under `cle`.
pub fn lire(cle: &str) -> Option<String> {
    placard()?.get_item(cle).ok().flatten()
}

/// Keeps `valeur` under `cle`; an empty value is forgotten.
pub fn garder(cle: &str, valeur: &str) {
    if let Some(placard) = placard() {
        // A full cupboard only loses the convenience.
        let _ = if valeur.is_empty() { placard.remove_item(cle) } else { placard.set_item(cle, valeur) };
    }
}
