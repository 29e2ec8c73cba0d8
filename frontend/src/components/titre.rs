//! The head of a page.

use leptos::prelude::*;

/// The page's title and a line under it, with the page's main action on the other side.
#[component]
pub fn TitrePage(
    /// The title.
    #[prop(into)]
    titre: Signal<String>,
    /// The line under it.
    #[prop(optional, into)]
    sous_titre: MaybeProp<String>,
    /// The main action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="titre-page">
            <div>
                <h1>{titre}</h1>
                {move || sous_titre.get().map(|texte| view! { <p>{texte}</p> })}
            </div>
            {children.map(|enfants| enfants())}
        </div>
    }
}
