//! Light or dark, as the system says until the person chooses.

use leptos::prelude::*;

use super::garde;

const CLE: &str = "egestion.theme";

/// The theme shown.
#[derive(Clone, Copy)]
pub struct Theme {
    sombre: RwSignal<bool>,
}

impl Theme {
    /// The theme kept, or the system's; put on the page.
    pub fn nouveau() -> Self {
        let sombre = match garde::lire(CLE).as_deref() {
            Some("dark") => true,
            Some(_) => false,
            None => systeme_sombre(),
        };
        if garde::lire(CLE).is_some() {
            poser(sombre);
        }
        Self { sombre: RwSignal::new(sombre) }
    }

    /// Whether the dark theme is shown.
    pub fn sombre(self) -> ReadSignal<bool> {
        self.sombre.read_only()
    }

    /// Changes to the other theme and keeps the choice.
    pub fn basculer(self) {
        let sombre = !self.sombre.get_untracked();
        self.sombre.set(sombre);
        garde::garder(CLE, if sombre { "dark" } else { "light" });
        poser(sombre);
    }
}

fn systeme_sombre() -> bool {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|m| m.matches())
}

fn poser(sombre: bool) {
    if let Some(racine) = document().document_element() {
        // Cannot fail: the name is valid.
        let _ = racine.set_attribute("data-theme", if sombre { "dark" } else { "light" });
    }
}
