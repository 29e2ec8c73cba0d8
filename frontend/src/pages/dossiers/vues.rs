//! The two views of the list: living dossiers and history.

use domain::dossier::Vue;
use domain::limites::COMPTE_MAX;
use leptos::prelude::*;

use super::{Liste, adresse};
use crate::format;
use crate::model::filtre::Filtre;

/// The links to the two views, with their counts.
#[component]
pub fn Vues() -> impl IntoView {
    let liste = Liste::courante();
    let compte = Memo::new(move |_| {
        liste.lecture.donnee().with(|p| p.as_ref().map(|p| (p.compte.en_cours, p.compte.historique)))
    });
    let lien = move |vue: Vue, nom: &'static str| {
        let nombre = move || {
            compte.get().map(|(en_cours, historique)| match vue {
                Vue::EnCours => dire(en_cours),
                Vue::Historique => dire(historique),
            })
        };
        view! {
            <a
                href=move || liste.filtre.with(|f| adresse(&f.vers(vue)))
                aria-current=move || (liste.filtre.with(Filtre::vue) == vue).then_some("page")
            >
                {move || match nombre() {
                    Some(n) => format!("{n} {nom}"),
                    None => nom.to_owned(),
                }}
            </a>
        }
    };
    view! {
        <nav class="onglets" aria-label="Dossiers">
            {lien(Vue::EnCours, "en cours")}
            {lien(Vue::Historique, "historique")}
        </nav>
    }
}

fn dire(n: i64) -> String {
    if n >= COMPTE_MAX { format!("{}\u{a0}et plus", format::nombre(COMPTE_MAX)) } else { format::nombre(n) }
}
