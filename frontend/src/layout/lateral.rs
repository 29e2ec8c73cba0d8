//! The menu: a drawer on a narrow screen, a column on a wide one.

use domain::acteur::Cote;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::components::icone::{Glyphe, Icone};
use crate::format;
use crate::model::entreprises;
use crate::routes::Route;
use crate::state::organisme::{Organisme, lien_tel};
use crate::state::session::Session;

/// An entry of the menu.
struct Entree {
    glyphe: Glyphe,
    libelle: &'static str,
    route: Route,
    compteur: Compteur,
}

/// The number beside an entry.
#[derive(Clone, Copy, PartialEq)]
enum Compteur {
    Aucun,
    NonLus,
    ATraiter,
}

const fn entree(glyphe: Glyphe, libelle: &'static str, route: Route, compteur: Compteur) -> Entree {
    Entree { glyphe, libelle, route, compteur }
}

/// The entries of a side, by group; a group without a name comes first.
fn groupes(cote: Cote, administre: bool) -> Vec<(Option<&'static str>, Vec<Entree>)> {
    use Compteur::{ATraiter, Aucun, NonLus};
    if cote == Cote::Membre {
        let mut groupes = vec![
            (None, vec![entree(Glyphe::Accueil, "Accueil", Route::Accueil, Aucun)]),
            (
                Some("Formation"),
                vec![
                    entree(Glyphe::Mail, "Messagerie", Route::Messagerie, NonLus),
                    entree(Glyphe::Dossier, "Suivre les dossiers de formation", Route::Dossiers, Aucun),
                ],
            ),
        ];
        if administre {
            groupes.push((
                Some("Entreprise"),
                vec![entree(Glyphe::Utilisateurs, "Utilisateurs", Route::Utilisateurs, Aucun)],
            ));
            groupes.push((
                Some("API"),
                vec![
                    entree(Glyphe::Cle, "Accès API", Route::ClientsApi, Aucun),
                    entree(Glyphe::Envoi, "Webhooks", Route::Webhooks, Aucun),
                ],
            ));
        }
        groupes
    } else {
        let mut entrees = vec![entree(Glyphe::Dossier, "Tous les dossiers", Route::Dossiers, Aucun)];
        if cote == Cote::Gestionnaire {
            entrees.insert(0, entree(Glyphe::Liste, "Ma file de travail", Route::Gestion, ATraiter));
            entrees.push(entree(Glyphe::Mail, "Messagerie", Route::Messagerie, NonLus));
        }
        vec![(None, entrees)]
    }
}

/// The menu of the reader's side.
#[component]
pub fn Lateral() -> impl IntoView {
    let session = Session::courante();
    let cote = Memo::new(move |_| session.cote());
    let administre = Memo::new(move |_| session.de_moi(entreprises::administre));
    view! {
        <nav
            class="lateral"
            id="menu"
            popover="auto"
            aria-label=move || if cote.get() == Cote::Membre { "Espace Adhérent" } else { "Espace gestionnaire" }
        >
            <button class="btn btn--nu lateral__fermer" type="button" popovertarget="menu" popovertargetaction="hide">
                <Icone glyphe=Glyphe::Croix/>
                "Fermer le menu"
            </button>
            {move || {
                groupes(cote.get(), administre.get())
                    .into_iter()
                    .enumerate()
                    .map(|(n, (nom, entrees))| {
                        let id = format!("nav-{n}");
                        view! {
                            {nom.map(|nom| view! { <p class="lateral__titre" id=id.clone()>{nom}</p> })}
                            <ul class="lateral__liste" aria-labelledby=nom.map(|_| id)>
                                {entrees.into_iter().map(|entree| view! { <Ligne entree/> }).collect_view()}
                            </ul>
                        }
                    })
                    .collect_view()
            }}
            <Assistance/>
        </nav>
    }
}

#[component]
fn Ligne(entree: Entree) -> impl IntoView {
    let Entree { glyphe, libelle, route, compteur } = entree;
    let href = route.href();
    let chemin = use_location().pathname;
    let racine = href.clone();
    let ici = move || {
        let chemin = chemin.get();
        // eGestion's home is not the parent of the other pages in the menu.
        let dessous = route != Route::Accueil && chemin.strip_prefix(&racine).is_some_and(|r| r.starts_with('/'));
        (chemin == racine || dessous).then_some("page")
    };
    view! {
        <li>
            <a href=href aria-current=ici>
                <Icone glyphe/>
                {libelle}
                <Nombre compteur/>
            </a>
        </li>
    }
}

#[component]
fn Nombre(compteur: Compteur) -> impl IntoView {
    let session = Session::courante();
    let n = Memo::new(move |_| match compteur {
        Compteur::Aucun => 0,
        Compteur::NonLus => session.de_moi(|m| m.messages_non_lus),
        Compteur::ATraiter => session.de_moi(|m| m.a_traiter.unwrap_or(0)),
    });
    let (classe, sens) = match compteur {
        Compteur::NonLus => ("compte compte--signal", [" non lu", " non lus"]),
        Compteur::ATraiter | Compteur::Aucun => ("compte", [" à traiter"; 2]),
    };
    view! {
        <Show when=move || { n.get() > 0 }>
            <span class=classe>{move || format::nombre(n.get())}<span class="vh">{move || format::accord(n.get(), sens[0], sens[1])}</span></span>
        </Show>
    }
}

#[component]
fn Assistance() -> impl IntoView {
    let organisme = Organisme::courant();
    move || {
        organisme.assistance().map(|numero| {
            view! {
                <div class="lateral__pied">
                    "Besoin d’assistance\u{202f}?"
                    <a class="numero" href=lien_tel(&numero)>{numero.clone()}</a>
                </div>
            }
        })
    }
}
