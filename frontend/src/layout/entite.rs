//! The établissements of the reader, in the head of the page.

use api_types::comptes::EtablissementRattache;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use uuid::Uuid;

use crate::components::icone::{Glyphe, Icone};
use crate::components::menu::Menu;
use crate::format;
use crate::routes::Route;
use crate::state::session::Session;

/// The établissement whose dossiers are shown; choosing another filters the list of dossiers.
#[component]
pub fn Entite() -> impl IntoView {
    let session = Session::courante();
    let etablissements = Memo::new(move |_| session.de_moi(|m| m.etablissements.clone()));
    move || match etablissements.get().as_slice() {
        [] => None,
        [seul] => Some(
            view! {
                <div class="bandeau__entite bandeau__cellule bandeau__entite--fixe">
                    <p><span class="etiquette">"Établissement"</span>" "<strong>{nom(seul)}</strong></p>
                </div>
            }
            .into_any(),
        ),
        plusieurs => Some(view! { <Choix etablissements=plusieurs.to_vec()/> }.into_any()),
    }
}

#[component]
fn Choix(etablissements: Vec<EtablissementRattache>) -> impl IntoView {
    let query = use_query_map();
    let chemin = use_location().pathname;
    // The choice is the list's filter: it is in the address, where it can be shared and undone.
    let choisi = Memo::new(move |_| {
        (chemin.get() == Route::Dossiers.href())
            .then(|| query.with(|q| q.get("etablissement")))
            .flatten()
            .and_then(|id| id.parse::<Uuid>().ok())
    });
    let nombre = i64::try_from(etablissements.len()).unwrap_or(i64::MAX);
    let noms: Vec<(Uuid, String)> = etablissements.iter().map(|e| (e.id, nom(e))).collect();
    let affiche = move || {
        let choisi = choisi.get();
        let trouve = noms.iter().find(|(id, _)| Some(*id) == choisi).map(|(_, nom)| nom.clone());
        trouve.unwrap_or_else(|| "Tous mes établissements".to_owned())
    };
    let sommaire = move || {
        view! {
            <span><span class="etiquette">"Établissement"</span>" "<strong>{affiche.clone()}</strong></span>
            <Icone glyphe=Glyphe::Chevron/>
        }
    };
    view! {
        <Menu classe="bandeau__entite" sommaire>
            <div class="menu__panneau menu__panneau--debut">
                <ul class="entites">
                    <li>
                        <a href=Route::Dossiers.href()>
                            <Icone glyphe=Glyphe::Batiment/>
                            <span>
                                "Tous mes établissements"
                                <span class="meta">{format::pluriel(nombre, "établissement", "établissements")}</span>
                            </span>
                        </a>
                    </li>
                    {etablissements
                        .into_iter()
                        .enumerate()
                        .map(|(rang, e)| {
                            let id = e.id;
                            let courant = move || choisi.get() == Some(id);
                            view! {
                                <li class:separe=rang == 0>
                                    <a
                                        href=Route::DossiersDe(id).href()
                                        aria-current=move || courant().then_some("true")
                                    >
                                        {move || {
                                            if courant() {
                                                view! { <Icone glyphe=Glyphe::Check/> }.into_any()
                                            } else {
                                                view! { <span class="icone"></span> }.into_any()
                                            }
                                        }}
                                        <span>
                                            {nom(&e)}<span class="meta">"SIRET "{format::siret(&e.siret)}</span>
                                        </span>
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </div>
        </Menu>
    }
}

fn nom(e: &EtablissementRattache) -> String {
    format!("{}, {}", e.adherent, e.nom)
}
