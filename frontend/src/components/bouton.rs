//! The button that sends a form.

use leptos::prelude::*;

/// Sends the form it is in. While the form is on its way it says so, stays focusable, and does nothing more.
#[component]
pub fn Envoyer(
    /// What it does: « Se connecter ».
    #[prop(into)]
    libelle: String,
    /// What is being done: « Connexion… ».
    en_envoi: &'static str,
    /// Whether it is being done.
    #[prop(into)]
    en_cours: Signal<bool>,
    /// Classes besides `btn btn--plein`.
    #[prop(optional)]
    classe: &'static str,
) -> impl IntoView {
    view! {
        <button
            class=format!("btn btn--plein {classe}")
            type="submit"
            aria-disabled=move || en_cours.get().then_some("true")
            on:click=move |e| {
                if en_cours.get_untracked() {
                    e.prevent_default();
                }
            }
        >
            {move || if en_cours.get() { en_envoi.to_owned() } else { libelle.clone() }}
        </button>
    }
}
