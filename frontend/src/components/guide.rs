//! Guides to download.

use api_types::Endpoint;
use api_types::endpoint::TelechargerGuide;
use api_types::portail::Guide;
use leptos::prelude::*;

use super::icone::{Glyphe, Icone};
use crate::format;

/// The guides, each with its format and size.
#[component]
pub fn Guides(
    /// The guides.
    guides: Signal<Vec<Guide>>,
) -> impl IntoView {
    view! {
        <Show
            when=move || guides.with(|g| !g.is_empty())
            fallback=|| view! { <p class="meta">"Aucun guide n’est publié pour le moment."</p> }
        >
            <ul class="pile-serree">
                {move || {
                    guides
                        .get()
                        .into_iter()
                        .map(|g| {
                            let href = TelechargerGuide { guide_id: g.id }.path();
                            view! {
                                <li>
                                    <a class="lien" href=href download="">
                                        <Icone glyphe=Glyphe::Bas classe="icone--s"/>
                                        {format!("{} ({}, {})", g.titre, g.format.libelle(), format::taille(g.taille))}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </Show>
    }
}
