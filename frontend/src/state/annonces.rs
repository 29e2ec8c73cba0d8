//! What is said to people who do not see the change: one polite live region.

use std::time::Duration;

use leptos::prelude::*;

const REGION: &str = "annonces";
/// Long enough to be read out, short enough not to be found later by browsing.
const DUREE: Duration = Duration::from_secs(12);

/// The live region; once, in the whole page.
#[component]
pub fn Annonces() -> impl IntoView {
    view! { <div class="vh" role="status" aria-live="polite" id=REGION></div> }
}

/// Says `texte` once.
pub fn annoncer(texte: &str) {
    let Some(region) = document().get_element_by_id(REGION) else { return };
    let Ok(ligne) = document().create_element("p") else { return };
    ligne.set_text_content(Some(texte));
    if region.append_child(&ligne).is_ok() {
        set_timeout(move || ligne.remove(), DUREE);
    }
}
