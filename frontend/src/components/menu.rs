//! Disclosure menus: native `details` that close on Escape, on a click elsewhere, and on a choice.

use leptos::ev;
use leptos::html::Details;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// A button that discloses choices.
#[component]
pub fn Menu(
    /// Classes of the `details` besides `menu`.
    #[prop(optional)]
    classe: &'static str,
    /// Classes of the `summary`.
    #[prop(optional)]
    classe_sommaire: &'static str,
    /// The name of the `summary`, when its content is an icon.
    #[prop(optional, into)]
    nom: Option<String>,
    /// What the `summary` shows.
    #[prop(into)]
    sommaire: ViewFn,
    /// The panel.
    children: Children,
) -> impl IntoView {
    let menu = NodeRef::<Details>::new();
    fermer_ailleurs(menu);
    view! {
        <details
            class=format!("menu {classe}")
            node_ref=menu
            on:keydown=move |e| {
                if e.key() == "Escape" && fermer(menu, true) {
                    e.stop_propagation();
                }
            }
            // Before what was chosen acts: a dialog that it opens gives the focus back to where it was, and the panel is hidden by then.
            on:click:capture=move |e| {
                if est_choix(&e) {
                    viser_sommaire(menu);
                }
            }
            on:click=move |e| {
                if est_choix(&e) {
                    fermer(menu, false);
                }
            }
        >
            <summary class=classe_sommaire aria-label=nom>{sommaire.run()}</summary>
            {children()}
        </details>
    }
}

/// Closes the menu, and brings the focus back to its button when asked. Whether it was open.
fn fermer(menu: NodeRef<Details>, revenir: bool) -> bool {
    let Some(details) = menu.get_untracked() else { return false };
    if !details.open() {
        return false;
    }
    details.set_open(false);
    if revenir {
        viser_sommaire(menu);
    }
    true
}

/// Brings the focus to the menu's button.
fn viser_sommaire(menu: NodeRef<Details>) {
    let sommaire = menu.get_untracked().and_then(|d| d.query_selector("summary").ok().flatten());
    if let Some(sommaire) = sommaire.and_then(|s| s.dyn_into::<HtmlElement>().ok()) {
        // A `summary` can always have the focus.
        let _ = sommaire.focus();
    }
}

/// Whether one of the choices was pressed.
fn est_choix(e: &web_sys::MouseEvent) -> bool {
    let cible = e.target().and_then(|t| t.dyn_into::<Element>().ok());
    cible.and_then(|t| t.closest(".menu__panneau a, .menu__panneau button").ok().flatten()).is_some()
}

/// Closes the menu when something else is pressed or takes the focus.
fn fermer_ailleurs(menu: NodeRef<Details>) {
    let dehors = move |cible: Option<web_sys::EventTarget>| {
        let noeud = cible.and_then(|c| c.dyn_into::<Node>().ok());
        if let (Some(details), Some(noeud)) = (menu.get_untracked(), noeud)
            && !details.contains(Some(&noeud))
        {
            fermer(menu, false);
        }
    };
    let presse = window_event_listener(ev::pointerdown, move |e| dehors(e.target()));
    let focus = window_event_listener(ev::focusin, move |e| dehors(e.target()));
    on_cleanup(move || {
        presse.remove();
        focus.remove();
    });
}
