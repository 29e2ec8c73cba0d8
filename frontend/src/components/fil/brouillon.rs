//! The draft of a message, kept in the browser until it is sent; its files, as long as the page is open.

use leptos::prelude::*;
use uuid::Uuid;
use web_sys::File;

use crate::state::joints::Place;
use crate::state::session::Session;
use crate::state::{garde, joints};

/// What is being written on a dossier, kept at each change; each person has their own.
#[derive(Clone, Copy)]
pub struct Brouillon {
    place: Place,
    /// The text.
    pub texte: RwSignal<String>,
    /// The files.
    pub fichiers: RwSignal<Vec<File>, LocalStorage>,
}

impl Brouillon {
    /// What was being written.
    pub fn reprendre(dossier: Uuid) -> Self {
        let place = (untrack(|| Session::courante().moi()).map(|m| m.id), dossier);
        let texte = cle(place).and_then(|cle| garde::lire(&cle)).unwrap_or_default();
        let brouillon = Self { place, texte: RwSignal::new(texte), fichiers: RwSignal::new_local(joints::lire(place)) };
        Effect::new(move |deja: Option<()>| {
            brouillon.texte.with(|texte| {
                // What was just read back needs no keeping.
                if deja.is_some() {
                    brouillon.garder(texte);
                }
            });
        });
        Effect::new(move |_| joints::garder(place, brouillon.fichiers.get()));
        brouillon
    }

    /// What was sent is no draft any more; what was written since is. The form may be gone.
    pub fn envoye(self, texte: &str, fichiers: &[File]) {
        let garde = || cle(self.place).and_then(|cle| garde::lire(&cle));
        match self.texte.try_with_untracked(|t| t == texte) {
            Some(true) => self.texte.set(String::new()),
            None if garde().as_deref() == Some(texte) => self.garder(""),
            Some(false) | None => {}
        }
        let partis = |f: &File| fichiers.contains(f);
        if self.fichiers.try_update(|f| f.retain(|f| !partis(f))).is_none() {
            joints::garder(self.place, joints::lire(self.place).into_iter().filter(|f| !partis(f)).collect());
        }
    }

    /// Whether the form is still there.
    pub fn la(self) -> bool {
        !self.texte.is_disposed()
    }

    fn garder(self, texte: &str) {
        if let Some(cle) = cle(self.place) {
            garde::garder(&cle, texte);
        }
    }
}

fn cle((moi, dossier): Place) -> Option<String> {
    moi.map(|moi| format!("egestion.brouillon.{moi}.{dossier}"))
}
