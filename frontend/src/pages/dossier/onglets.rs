//! The tabs of a dossier: links, each with its count.

use leptos::html::Nav;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Ici;
use crate::format;
use crate::routes::{Onglet, Route};
use crate::state::organisme::Organisme;
use crate::state::page::bientot;

/// The tabs.
#[component]
pub fn Onglets() -> impl IntoView {
    let chemin = use_location().pathname;
    let barre = NodeRef::<Nav>::new();
    let courant = Memo::new(move |_| {
        chemin.with(|c| {
            Onglet::TOUS.into_iter().find(|o| c.trim_end_matches('/').ends_with(&format!("/{}", o.segment())))
        })
    });
    // On a phone the bar scrolls sideways: the current tab comes into sight.
    Effect::new(move |_| {
        if courant.get().is_some() {
            bientot(move || montrer_courant(barre));
        }
    });
    view! {
        <nav class="onglets" aria-label="Rubriques du dossier" node_ref=barre>
            {Onglet::TOUS.into_iter().map(|onglet| view! { <Lien onglet courant/> }).collect_view()}
        </nav>
    }
}

#[component]
fn Lien(onglet: Onglet, courant: Memo<Option<Onglet>>) -> impl IntoView {
    let ici = Ici::courant();
    let organisme = Organisme::courant();
    let nombre = Memo::new(move |_| {
        ici.dossier.with(|d| match onglet {
            Onglet::Inscriptions => d.onglets.inscriptions,
            Onglet::Reglements => d.onglets.reglements,
            Onglet::Documents => d.onglets.documents,
            Onglet::DocumentsOpco => d.onglets.documents_opco,
            Onglet::Messages => d.onglets.messages,
        })
    });
    let non_lus = Memo::new(move |_| match onglet {
        Onglet::Messages => ici.dossier.with(|d| d.onglets.messages_non_lus),
        _ => 0,
    });
    view! {
        <a
            href=Route::Dossier(ici.id, onglet).href()
            aria-current=move || (courant.get() == Some(onglet)).then_some("page")
        >
            {move || nom(onglet, ici.membre(), &organisme.nom())}
            <span class="compte">{move || format::nombre(nombre.get())}</span>
            {move || {
                let n = non_lus.get();
                (n > 0)
                    .then(|| {
                        view! {
                            <span class="compte compte--signal">
                                {format::nombre(n)}
                                <span class="vh">{format::accord(n, " non lu", " non lus")}</span>
                            </span>
                        }
                    })
            }}
        </a>
    }
}

/// The name of a tab, as the guide writes it.
pub fn nom(onglet: Onglet, membre: bool, organisme: &str) -> String {
    match onglet {
        Onglet::Inscriptions => "Inscription(s)".to_owned(),
        Onglet::Reglements => "Règlement(s)".to_owned(),
        Onglet::Documents if membre => "Mes documents".to_owned(),
        Onglet::Documents => "Documents de l’adhérent".to_owned(),
        Onglet::DocumentsOpco => format!("Documents {organisme}"),
        Onglet::Messages => "Message(s)".to_owned(),
    }
}

fn montrer_courant(barre: NodeRef<Nav>) {
    // The dossier may have been left meanwhile.
    let Some(barre) = barre.try_get_untracked().flatten() else { return };
    let courant = barre.query_selector("[aria-current]").ok().flatten();
    if let Some(courant) = courant.and_then(|c| c.dyn_into::<HtmlElement>().ok()) {
        barre.set_scroll_left(courant.offset_left() - 16);
    }
}
