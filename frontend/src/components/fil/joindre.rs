//! Files attached to the message being written.

use leptos::html::Input;
use leptos::prelude::*;
use web_sys::File;

use crate::components::icone::{Glyphe, Icone};
use crate::components::nom_fichier::NomFichier;
use crate::format;
use crate::model::jointes;
use crate::state::annonces::annoncer;

/// The button that attaches files; those that may not be attached are named, with the reason.
#[component]
pub fn Joindre(fichiers: RwSignal<Vec<File>, LocalStorage>) -> impl IntoView {
    let choix = NodeRef::<Input>::new();
    let refus = RwSignal::new(Vec::<String>::new());
    let choisir = move |_| {
        let Some(entree) = choix.get_untracked() else { return };
        let nouveaux: Vec<File> =
            entree.files().map(|l| (0..l.length()).filter_map(|i| l.get(i)).collect()).unwrap_or_default();
        // The same file may be chosen again after being removed.
        entree.set_value("");
        let (gardes, refuses) = jointes::trier(nouveaux, fichiers.with_untracked(Vec::len), File::name, |f| f.size());
        refus.set(refuses);
        if !gardes.is_empty() {
            fichiers.update(|f| f.extend(gardes));
            annoncer(&format!("{} au message.", dit(fichiers.with_untracked(Vec::len))));
        }
    };
    view! {
        <button
            class="btn btn--petit"
            type="button"
            on:click=move |_| {
                if let Some(entree) = choix.get_untracked() {
                    entree.click();
                }
            }
        >
            <Icone glyphe=Glyphe::Trombone classe="icone--s"/>
            "Joindre un fichier"
        </button>
        <input type="file" multiple hidden node_ref=choix on:change=choisir accept=jointes::accept() aria-label="Fichiers à joindre"/>
        <Show when=move || refus.with(|r| !r.is_empty())>
            <div class="alerte alerte--non pleine" role="alert">
                <Icone glyphe=Glyphe::Alerte/>
                <div>{move || refus.get().into_iter().map(|r| view! { <p>{r}</p> }).collect_view()}</div>
            </div>
        </Show>
    }
}

fn dit(n: usize) -> String {
    format::pluriel(i64::try_from(n).unwrap_or(i64::MAX), "fichier joint", "fichiers joints")
}

/// The files attached, each of which can be taken back.
#[component]
pub fn Fichiers(fichiers: RwSignal<Vec<File>, LocalStorage>) -> impl IntoView {
    move || {
        let liste = fichiers.get();
        (!liste.is_empty()).then(|| {
            let lignes = liste.into_iter().enumerate().map(|(rang, fichier)| {
                let nom = fichier.name();
                let retirer = format!("Retirer {nom}");
                view! {
                    <li class="pj pj--choisie">
                        <Icone glyphe=Glyphe::Trombone classe="icone--s"/>
                        <span><NomFichier nom/>" "<span class="meta">{format::taille(jointes::octets(fichier.size()))}</span></span>
                        <button
                            type="button"
                            aria-label=retirer
                            on:click=move |_| {
                                fichiers.update(|f| { f.remove(rang); });
                                crate::state::page::viser("reponse");
                            }
                        >
                            <Icone glyphe=Glyphe::Croix classe="icone--s"/>
                        </button>
                    </li>
                }
            });
            view! { <ul class="rang" aria-label="Fichiers joints">{lignes.collect_view()}</ul> }
        })
    }
}
