//! The application: what lasts, and which page answers which address.

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

use crate::components::icone::Sprite;
use crate::layout::bac_a_sable::BacASable;
use crate::layout::seuil::Seuil;
use crate::pages::dossier::atelier::Atelier;
use crate::pages::{absente, connexion, portail};
use crate::parties::{Parties, espace_de};
use crate::state::annonces::Annonces;
use crate::state::organisme::Organisme;
use crate::state::page::SuivreAdresse;
use crate::state::reseau::Reseau;
use crate::state::session::Session;
use crate::state::theme::Theme;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    provide_context(Theme::nouveau());
    provide_context(Reseau::nouveau());
    provide_context(Organisme::nouveau());
    provide_context(Session::nouvelle());
    provide_context(Parties::nouvelles());
    provide_context(Atelier::nouveau(Organisme::courant(), Session::courante()));
    view! {
        <Sprite/>
        <BacASable/>
        <Router>
            <SuivreAdresse/>
            <Routes fallback=|| view! { <absente::Absente/> }>
                <Route path=path!("/") view=portail::Portail/>
                <ParentRoute path=path!("") view=Seuil>
                    <Route path=path!("connexion") view=connexion::Connexion/>
                    <Route path=path!("compte/creer") view=connexion::creer::Creer/>
                    <Route path=path!("compte/confirmer") view=connexion::confirmer::Confirmer/>
                    <Route path=path!("invitation") view=connexion::invitation::Invitation/>
                    <Route path=path!("mot-de-passe/oubli") view=connexion::oubli::Oubli/>
                    <Route path=path!("mot-de-passe/nouveau") view=connexion::nouveau::Nouveau/>
                </ParentRoute>
                <ParentRoute path=path!("") view=espace_de(|e| e.cadre_plein)>
                    <Route path=path!("services/:id") view=espace_de(|e| e.service)/>
                    <Route path=path!("tutoriel") view=espace_de(|e| e.tutoriel)/>
                    <Route path=path!("competences") view=espace_de(|e| e.competences)/>
                </ParentRoute>
                <ParentRoute path=path!("") view=espace_de(|e| e.cadre_public)>
                    <Route path=path!("accessibilite") view=espace_de(|e| e.accessibilite)/>
                    <Route path=path!("donnees-personnelles") view=espace_de(|e| e.donnees_personnelles)/>
                    <Route path=path!("mentions-legales") view=espace_de(|e| e.mentions_legales)/>
                </ParentRoute>
                <ParentRoute path=path!("") view=espace_de(|e| e.cadre)>
                    <Route path=path!("egestion") view=espace_de(|e| e.accueil)/>
                    <Route path=path!("egestion/messagerie") view=espace_de(|e| e.messagerie)/>
                    <Route path=path!("egestion/utilisateurs") view=espace_de(|e| e.utilisateurs)/>
                    <Route path=path!("egestion/acces-api") view=espace_de(|e| e.clients_api)/>
                    <Route path=path!("egestion/acces-api/:id") view=espace_de(|e| e.client_api)/>
                    <Route path=path!("egestion/webhooks") view=espace_de(|e| e.webhooks)/>
                    <Route path=path!("egestion/webhooks/:id") view=espace_de(|e| e.webhook)/>
                    <Route path=path!("egestion/dossiers") view=espace_de(|e| e.dossiers)/>
                    <ParentRoute path=path!("egestion/dossiers/:id") view=espace_de(|e| e.dossier)>
                        <Route path=path!("") view=espace_de(|e| e.premier_onglet)/>
                        <Route path=path!("inscriptions") view=espace_de(|e| e.inscriptions)/>
                        <Route path=path!("reglements") view=espace_de(|e| e.reglements)/>
                        <Route path=path!("documents") view=espace_de(|e| e.documents)/>
                        <Route path=path!("documents-opco") view=espace_de(|e| e.documents_opco)/>
                        <Route path=path!("messages") view=espace_de(|e| e.messages)/>
                    </ParentRoute>
                    <Route path=path!("gestion") view=espace_de(|e| e.gestion)/>
                    <Route path=path!("compte") view=espace_de(|e| e.compte)/>
                </ParentRoute>
            </Routes>
        </Router>
        <Annonces/>
    }
}
