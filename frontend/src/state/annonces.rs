//! What is said to people who do not see the change: a polite live region of the page, and one of each dialog, outside
//! of which nothing is heard while it is open.

use std::time::Duration;

use leptos::prelude::*;

use super::page::bientot;

const REGION: &str = "annonces";
/// Long enough to be read out, short enough not to be found later by browsing.
const DUREE: Duration = Duration::from_secs(12);

/// The live region; once, in the whole page.
#[component]
pub fn Annonces() -> impl IntoView {
    view! { <div class="vh" role="status" aria-live="polite" id=REGION></div> }
}

/// The live region of a dialog.
#[component]
pub fn RegionDuDialogue() -> impl IntoView {
    view! { <div class="vh" role="status" aria-live="polite" data-annonces></div> }
}

/// Says `texte` once.
pub fn annoncer(texte: &str) {
    let texte = texte.to_owned();
    // A dialog that closes with what is said must have closed, or nobody would hear it.
    bientot(move || {
        let ouvert = document().query_selector("dialog[open] [data-annonces]").ok().flatten();
        let Some(region) = ouvert.or_else(|| document().get_element_by_id(REGION)) else { return };
        let Ok(ligne) = document().create_element("p") else { return };
        ligne.set_text_content(Some(&texte));
        if region.append_child(&ligne).is_ok() {
            set_timeout(move || ligne.remove(), DUREE);
        }
    });
}
