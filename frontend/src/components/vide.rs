//! Nothing to show: what that means and what to do first.

use leptos::prelude::*;

/// An empty place.
#[component]
pub fn Vide(
    /// What is not there.
    #[prop(into)]
    titre: String,
    /// What to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="vide">
            <div>
                <p><b>{titre}</b></p>
                {children.map(|enfants| enfants())}
            </div>
        </div>
    }
}
