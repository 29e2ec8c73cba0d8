//! The application: what lasts, and which page answers which address.

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::hooks::use_params_map;
use leptos_router::path;

use crate::components::icone::Sprite;
use crate::components::redirection::Redirection;
use crate::layout::cadre::{Cadre, CadrePlein, CadrePublic};
use crate::layout::seuil::Seuil;
use crate::pages::dossier::atelier::Atelier;
use crate::pages::{
    absente, accueil, compte, connexion, dossier, dossiers, gestion, legal, messagerie, portail, webhooks,
};
use crate::routes::{self, Onglet};
use crate::state::annonces::Annonces;
use crate::state::organisme::Organisme;
use crate::state::page::SuivreAdresse;
use crate::state::session::Session;
use crate::state::theme::Theme;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    provide_context(Theme::nouveau());
    provide_context(Organisme::nouveau());
    provide_context(Session::nouvelle());
    provide_context(Atelier::nouveau(Organisme::courant(), Session::courante()));
    view! {
        <Sprite/>
        <Router>
            <SuivreAdresse/>
            <Routes fallback=|| view! { <absente::Absente/> }>
                <Route path=path!("/") view=portail::Portail/>
                <ParentRoute path=path!("") view=Seuil>
                    <Route path=path!("connexion") view=connexion::Connexion/>
                    <Route path=path!("compte/creer") view=connexion::creer::Creer/>
                    <Route path=path!("compte/confirmer") view=connexion::confirmer::Confirmer/>
                    <Route path=path!("mot-de-passe/oubli") view=connexion::oubli::Oubli/>
                    <Route path=path!("mot-de-passe/nouveau") view=connexion::nouveau::Nouveau/>
                </ParentRoute>
                <ParentRoute path=path!("") view=CadrePlein>
                    <Route path=path!("services/:id") view=portail::fiche::Service/>
                    <Route path=path!("tutoriel") view=portail::tutoriel::Tutoriel/>
                    <Route path=path!("competences") view=portail::competences::Competences/>
                </ParentRoute>
                <ParentRoute path=path!("") view=CadrePublic>
                    <Route path=path!("accessibilite") view=legal::Accessibilite/>
                    <Route path=path!("donnees-personnelles") view=legal::DonneesPersonnelles/>
                    <Route path=path!("mentions-legales") view=legal::MentionsLegales/>
                </ParentRoute>
                <ParentRoute path=path!("") view=Cadre>
                    <Route path=path!("egestion") view=accueil::Accueil/>
                    <Route path=path!("egestion/messagerie") view=messagerie::Messagerie/>
                    <Route path=path!("egestion/webhooks") view=webhooks::Webhooks/>
                    <Route path=path!("egestion/webhooks/:id") view=webhooks::Fiche/>
                    <Route path=path!("egestion/dossiers") view=dossiers::Dossiers/>
                    <ParentRoute path=path!("egestion/dossiers/:id") view=dossier::Dossier>
                        <Route path=path!("") view=PremierOnglet/>
                        <Route path=path!("inscriptions") view=dossier::inscriptions::Inscriptions/>
                        <Route path=path!("reglements") view=dossier::reglements::Reglements/>
                        <Route path=path!("documents") view=dossier::documents::Documents/>
                        <Route path=path!("documents-opco") view=dossier::documents_opco::DocumentsOpco/>
                        <Route path=path!("messages") view=dossier::messages::Messages/>
                    </ParentRoute>
                    <Route path=path!("gestion") view=gestion::Gestion/>
                    <Route path=path!("compte") view=compte::Compte/>
                </ParentRoute>
            </Routes>
        </Router>
        <Annonces/>
    }
}

/// A dossier without a tab opens on its documents.
#[component]
fn PremierOnglet() -> impl IntoView {
    let id = use_params_map().with_untracked(|p| p.get("id")).and_then(|id| id.parse().ok());
    let vers = id.map_or(routes::Route::Dossiers, |id| routes::Route::Dossier(id, Onglet::Documents));
    view! { <Redirection vers/> }
}
