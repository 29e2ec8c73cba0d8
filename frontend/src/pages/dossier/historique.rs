//! The changes of état of a dossier, the latest first.

use api_types::dossiers::ChangementEtat;
use leptos::prelude::*;

use super::Ici;
use crate::components::etat::PastilleEtat;
use crate::components::icone::{Glyphe, Icone};
use crate::format;

/// The changes of état, disclosed on demand.
#[component]
pub fn Historique() -> impl IntoView {
    let ici = Ici::courant();
    let changements = Memo::new(move |_| ici.dossier.with(|d| d.historique.clone()));
    view! {
        <Show when=move || changements.with(|c| !c.is_empty())>
            <details class="feuille depliant">
                <summary class="depliant__titre">
                    <Icone glyphe=Glyphe::Chevron classe="icone--s"/>
                    "Historique du dossier "
                    <span class="meta">{move || derniere(&changements.get())}</span>
                </summary>
                <ol class="frise feuille__corps">
                    {move || changements.get().into_iter().map(ligne).collect_view()}
                </ol>
            </details>
        </Show>
    }
}

fn derniere(changements: &[ChangementEtat]) -> String {
    changements.first().map(|c| format!("dernier changement le {}", format::instant(c.le))).unwrap_or_default()
}

fn ligne(c: ChangementEtat) -> impl IntoView {
    view! {
        <li>
            <PastilleEtat etat=c.etat/>
            " "
            <span class="meta">
                <time datetime=format::machine(c.le)>{format::instant(c.le)}</time>
                {(!c.par.is_empty()).then(|| format!(", par {}", c.par))}
            </span>
            {c.motif.map(|m| view! { <p class="motif motif--neutre">{m}</p> })}
        </li>
    }
}
