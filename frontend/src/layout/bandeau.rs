//! The head of every page: menu, home, établissement, search, messages, account.

use domain::acteur::Cote;
use domain::limites::RECHERCHE_MAX;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::entite::Entite;
use crate::api::ecriture::{Ecriture, ecrire};
use crate::components::alerte::AlerteEchec;
use crate::components::feuille;
use crate::components::icone::{Glyphe, Icone};
use crate::components::menu::Menu;
use crate::format;
use crate::model::entreprises;
use crate::routes::{Route, pourcent};
use crate::state::annonces::annoncer;
use crate::state::page::{bientot, viser};
use crate::state::session::Session;
use crate::state::theme::Theme;

/// The head of a page for somebody signed in.
#[component]
pub fn Bandeau(
    /// Whether the page has the menu.
    avec_menu: bool,
) -> impl IntoView {
    let session = Session::courante();
    let membre = Memo::new(move |_| session.membre());
    // Threads are the gestionnaire's.
    let lit_messages = Memo::new(move |_| session.cote() != Cote::AdministrateurOpco);
    let sortie = ecrire(move |()| async move {
        session.fermer().await?;
        annoncer("Vous êtes déconnecté.");
        Ok(())
    });
    view! {
        <header class="bandeau">
            {avec_menu
                .then(|| {
                    view! {
                        <button class="bandeau__menu" popovertarget="menu" type="button">
                            <Icone glyphe=Glyphe::Menu/>
                            "Menu"
                        </button>
                    }
                })}
            <a
                class="marque bandeau__cellule"
                href=move || Route::depart(session.cote()).href()
            >
                <span class="marque__nom">"eGestion"</span>
                <span class="vh">", accueil"</span>
            </a>
            <Espace/>
            <Recherche/>
            <span class="bandeau__pousse"></span>
            <Show when=move || lit_messages.get()>
                <NonLus/>
            </Show>
            <Show when=move || membre.get()>
                <a class="bandeau__lien bandeau__lien--juste large-seul" href=Route::Tutoriel.href()>
                    <Icone glyphe=Glyphe::Aide/>
                    <span class="libelle">"Aide"</span>
                </a>
            </Show>
            <MonCompte sortie/>
        </header>
        <AlerteEchec echec=sortie.echec() reessayer=move |()| sortie.envoyer(())/>
    }
}

/// The établissements of a member, or the side of a gestionnaire.
#[component]
fn Espace() -> impl IntoView {
    let session = Session::courante();
    let cote = Memo::new(move |_| session.moi().map(|m| m.cote));
    move || {
        let espace = match cote.get()? {
            Cote::Membre => return Some(view! { <Entite/> }.into_any()),
            Cote::Gestionnaire => "Gestionnaire",
            Cote::AdministrateurOpco => "Administrateur",
        };
        Some(
            view! {
                <div class="bandeau__entite bandeau__cellule bandeau__entite--fixe large-seul">
                    <p><span class="etiquette">"Espace"</span>" "<strong>{espace}</strong></p>
                </div>
            }
            .into_any(),
        )
    }
}

/// The identifier of the search, a sheet on a narrow screen.
const FEUILLE: &str = "chercher";

/// The search: a field on a wide screen, a sheet that a button opens on a narrow one.
#[component]
fn Recherche() -> impl IntoView {
    let aller = use_navigate();
    let (libelle, exemple) = if Session::courante().de_moi(entreprises::cherchees) {
        ("Rechercher un dossier, une demande, un stagiaire, une entreprise", "Dossier, stagiaire, entreprise")
    } else {
        ("Rechercher un dossier, une demande, un stagiaire", "Dossier, demande, stagiaire")
    };
    let texte = RwSignal::new(String::new());
    let chercher = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        if let Some(feuille) = e.target().and_then(|f| f.dyn_into::<HtmlElement>().ok()) {
            // An error says that it is not open.
            let _ = feuille.hide_popover();
        }
        let q = texte.get_untracked();
        let q = q.trim();
        let adresse = Route::Dossiers.href();
        let adresse = if q.is_empty() { adresse } else { format!("{adresse}?q={}", pourcent(q)) };
        aller(&adresse, NavigateOptions::default());
    };
    view! {
        <button
            class="bandeau__lien bandeau__lien--juste bandeau__chercher"
            type="button"
            popovertarget=FEUILLE
            on:mousedown=|e| feuille::garder_focus(FEUILLE, &e)
            on:click=|_| bientot(|| viser("recherche"))
        >
            <Icone glyphe=Glyphe::Recherche/>
            <span class="libelle">"Rechercher"</span>
        </button>
        <form
            class="bandeau__recherche"
            id=FEUILLE
            popover="auto"
            role="search"
            action=Route::Dossiers.href()
            on:focusout=|e| feuille::quitter(FEUILLE, &e)
            on:submit=chercher
        >
            <Icone glyphe=Glyphe::Recherche/>
            <label class="vh" for="recherche">{libelle}</label>
            <input
                class="saisie saisie--serree"
                id="recherche"
                name="q"
                type="search"
                maxlength=RECHERCHE_MAX
                placeholder=exemple
                bind:value=texte
            />
            <button class="btn btn--plein bandeau__chercher" type="submit">"Rechercher"</button>
            <button
                class="btn btn--nu bandeau__chercher"
                type="button"
                popovertarget=FEUILLE
                popovertargetaction="hide"
                aria-label="Fermer la recherche"
            >
                <Icone glyphe=Glyphe::Croix/>
            </button>
        </form>
    }
}

#[component]
fn NonLus() -> impl IntoView {
    let session = Session::courante();
    let n = Memo::new(move |_| session.de_moi(|m| m.messages_non_lus));
    view! {
        <a class="bandeau__lien bandeau__lien--juste" href=Route::Messagerie.href()>
            <Icone glyphe=Glyphe::Mail/>
            <span class="libelle">"Messages"</span>
            <Show when=move || { n.get() > 0 }>
                <span class="compte compte--signal">
                    {move || format::nombre(n.get())}
                    <span class="vh">{move || format::accord(n.get(), " non lu", " non lus")}</span>
                </span>
            </Show>
        </a>
    }
}

#[component]
fn MonCompte(sortie: Ecriture<()>) -> impl IntoView {
    let session = Session::courante();
    let theme = expect_context::<Theme>();
    let membre = Memo::new(move |_| session.membre());
    let nom = move || session.de_moi(|m| format!("{} {}", m.prenom, m.nom));
    let sommaire = move || {
        view! {
            <Icone glyphe=Glyphe::Compte/>
            <span class="libelle">{nom}</span>
        }
    };
    view! {
        <Menu classe_sommaire="bandeau__lien" sommaire>
            <ul class="menu__panneau">
                <li>
                    <a href=Route::Compte.href()><Icone glyphe=Glyphe::Compte/>"Mon compte"</a>
                </li>
                <li>
                    <button
                        type="button"
                        aria-pressed=move || theme.sombre().get().to_string()
                        on:click=move |_| theme.basculer()
                    >
                        <Icone glyphe=Glyphe::Lune/>
                        "Thème sombre"
                    </button>
                </li>
                <Show when=move || membre.get()>
                    <li>
                        <a href=Route::Portail.href()><Icone glyphe=Glyphe::Grille/>"Portail de services"</a>
                    </li>
                </Show>
                <li class="separe">
                    <button type="button" on:click=move |_| sortie.envoyer(())>
                        <Icone glyphe=Glyphe::Sortie/>
                        {move || if sortie.en_cours().get() { "Déconnexion…" } else { "Se déconnecter" }}
                    </button>
                </li>
            </ul>
        </Menu>
    }
}
