//! The draft of a message, kept in the browser until it is sent.

use leptos::prelude::*;
use uuid::Uuid;

use crate::state::garde;
use crate::state::session::Session;

/// The text being written on a dossier, kept at each change; each person has their own.
pub fn brouillon(dossier: Uuid) -> RwSignal<String> {
    let moi = untrack(|| Session::courante().moi()).map(|m| m.id);
    let cle = move || moi.map(|moi| format!("egestion.brouillon.{moi}.{dossier}"));
    let texte = RwSignal::new(cle().and_then(|cle| garde::lire(&cle)).unwrap_or_default());
    Effect::new(move |deja: Option<()>| {
        texte.with(|texte| {
            // What was just read back needs no keeping.
            if let (Some(()), Some(cle)) = (deja, cle()) {
                garde::garder(&cle, texte);
            }
        });
    });
    texte
}
