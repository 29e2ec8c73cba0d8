//! Completeness: one block per piece, then the figures in words.

use leptos::prelude::*;

use crate::format;

/// Past this number, blocks no longer help the eye.
const BLOCS_MAX: i32 = 14;

/// How complete a dossier is: « 3/5 ».
#[component]
pub fn Complet(
    /// Categories due.
    dues: i32,
    /// Categories due and filled.
    fournies: i32,
    /// Whether the reader is the one who is awaited.
    attendu: bool,
    /// Whether the blocks are large.
    #[prop(optional)]
    grand: bool,
) -> impl IntoView {
    let manque = if attendu { "demande" } else { "" };
    let blocs = (dues <= BLOCS_MAX).then(|| {
        let bloc = |rang| view! { <i class=if rang < fournies { "on" } else { manque }></i> };
        view! { <span class="complet__blocs" aria-hidden="true">{(0..dues).map(bloc).collect_view()}</span> }
    });
    view! {
        <span class="complet" class:complet--grand=grand>
            {blocs}
            <span><b>{fournies}</b>"/"{dues}<span class="vh">{format::accord(dues.into(), " pièce fournie", " pièces fournies")}</span></span>
        </span>
    }
}
