//! How something works, told below it.

use leptos::prelude::*;

/// The sheet « Comment cela fonctionne ».
#[component]
pub fn Explication(
    /// Whether it leads to the API's documentation at its end.
    #[prop(default = true)]
    api: bool,
    /// What is told.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="feuille" aria-labelledby="titre-explication">
            <div class="feuille__tete"><h2 id="titre-explication">"Comment cela fonctionne"</h2></div>
            <div class="feuille__corps pile prose">
                {children()}
                {api
                    .then(|| {
                        view! { <p><a class="lien" href="/docs/api/guide" rel="external">"Documentation de l’API"</a></p> }
                    })}
            </div>
        </section>
    }
}
