//! The frames: for somebody signed in, with or without the menu, and for anybody.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_navigate};

use super::bandeau::Bandeau;
use super::lateral::Lateral;
use super::pied::Pied;
use crate::components::alerte::AlerteEchec;
use crate::components::chargement::Os;
use crate::routes::Route;
use crate::state::page::{CONTENU, viser};
use crate::state::session::{Phase, Session};

/// The frame with the menu, around pages of eGestion.
#[component]
pub fn Cadre() -> impl IntoView {
    view! { <Garde page=|| view! { <Outlet/> }.into_any() avec_menu=true/> }
}

/// The frame without the menu, around pages of the portal.
#[component]
pub fn CadrePlein() -> impl IntoView {
    view! { <Garde page=|| view! { <Outlet/> }.into_any() avec_menu=false/> }
}

/// The frame of pages that anybody may read: the reader's own when there is one.
#[component]
pub fn CadrePublic() -> impl IntoView {
    let session = Session::courante();
    let ouverte = Memo::new(move |_| session.phase().get() == Phase::Ouverte);
    move || {
        if ouverte.get() {
            return view! { <Interieur page=|| view! { <Outlet/> }.into_any() avec_menu=false/> }.into_any();
        }
        view! {
            <Evitement/>
            <header class="bandeau">
                <a class="marque bandeau__cellule" href=Route::Portail.href()>
                    <span class="marque__nom">"eGestion"</span>
                    <span class="vh">", portail de services"</span>
                </a>
                <span class="bandeau__pousse"></span>
                <a class="bandeau__lien bandeau__lien--juste" href=Route::Connexion.href()>"Se connecter"</a>
            </header>
            <div class="coque coque--pleine">
                <main class="contenu" id=CONTENU tabindex="-1"><Outlet/></main>
            </div>
            <Pied/>
        }
        .into_any()
    }
}

/// Shows the page to somebody signed in, and sends anybody else to sign in and come back.
#[component]
fn Garde(
    /// The page.
    page: fn() -> AnyView,
    /// Whether it has the menu.
    avec_menu: bool,
) -> impl IntoView {
    let session = Session::courante();
    let aller = use_navigate();
    let lieu = use_location();
    Effect::new(move |_| {
        if session.phase().get() == Phase::Anonyme {
            let (chemin, recherche) = (lieu.pathname.get_untracked(), lieu.search.get_untracked());
            let recherche = recherche.trim_start_matches('?');
            let voulu = if recherche.is_empty() { chemin } else { format!("{chemin}?{recherche}") };
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            let route = if session.sortie() { Route::Connexion } else { Route::ConnexionPuis(voulu) };
            aller(&route.href(), options);
        }
    });
    view! { <Interieur page avec_menu/> }
}

/// The frame of somebody signed in; an empty frame until it is known who is there.
#[component]
pub fn Interieur(
    /// The page.
    page: fn() -> AnyView,
    /// Whether it has the menu.
    avec_menu: bool,
) -> impl IntoView {
    let session = Session::courante();
    // Drawn anew when the phase changes, and only then.
    let phase = Memo::new(move |_| session.phase().get());
    move || match phase.get() {
        Phase::Ouverte => view! {
            <Evitement/>
            <Bandeau avec_menu/>
            <div class="coque" class:coque--pleine=!avec_menu>
                {avec_menu.then(|| view! { <Lateral/> })}
                <main class="contenu" id=CONTENU tabindex="-1">{page()}</main>
            </div>
            <Pied/>
        }
        .into_any(),
        Phase::Indisponible(echec) => view! {
            <div class="coque coque--pleine">
                <main class="contenu" id=CONTENU tabindex="-1">
                    <h1>"eGestion"</h1>
                    <AlerteEchec echec=Some(echec) reprise=true reessayer=move |()| session.demander()/>
                </main>
            </div>
        }
        .into_any(),
        Phase::Inconnue | Phase::Anonyme => view! {
            <header class="bandeau">
                <span class="marque bandeau__cellule"><span class="marque__nom">"eGestion"</span></span>
            </header>
            <div class="coque coque--pleine">
                <main class="contenu" id=CONTENU tabindex="-1" aria-busy="true"><Os lignes=4/></main>
            </div>
        }
        .into_any(),
    }
}

/// The link that skips the head of the page; the router would only scroll, the focus must follow.
#[component]
pub fn Evitement(
    /// What it says.
    #[prop(default = "Aller au contenu")]
    libelle: &'static str,
) -> impl IntoView {
    view! {
        <a
            class="evitement"
            href=format!("#{CONTENU}")
            on:click=|e| {
                e.prevent_default();
                viser(CONTENU);
            }
        >
            {libelle}
        </a>
    }
}
