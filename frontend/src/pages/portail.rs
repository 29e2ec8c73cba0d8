//! The portal of services: public until somebody signs in.

pub mod competences;
mod favoris;
pub mod fiche;
mod themes;
pub mod tutoriel;

use api_types::endpoint::LirePortail;
use api_types::portail::{Outil, Portail as Donnees};
use leptos::prelude::*;

use self::favoris::Favoris;
use self::themes::Themes;
use crate::api::lecture::lire;
use crate::components::chargement::Chargement;
use crate::components::icone::{Glyphe, Icone};
use crate::components::redirection::Redirection;
use crate::format;
use crate::layout::cadre::Interieur;
use crate::layout::seuil::Planche;
use crate::parties::{Differee, Espace};
use crate::routes::Route;
use crate::state::organisme::Organisme;
use crate::state::page;
use crate::state::session::{Phase, Session};

/// The portal: the person's own once signed in.
#[component]
pub fn Portail() -> impl IntoView {
    page::titre(|| "Portail de services".into());
    let session = Session::courante();
    let anonyme = Memo::new(move |_| session.phase().get() == Phase::Anonyme);
    move || {
        if anonyme.get() {
            view! { <Public/> }.into_any()
        } else {
            view! { <Differee vue=|e: &Espace| e.portail/> }.into_any()
        }
    }
}

/// The portal before anybody signs in.
#[component]
fn Public() -> impl IntoView {
    let organisme = Organisme::courant();
    view! {
        <Planche>
            <section class="vue pile" aria-labelledby="titre-public">
                <h1 id="titre-public">"Votre portail de services"</h1>
                <p>
                    "Suivez vos dossiers de formation, déposez les pièces attendues et échangez avec "
                    {move || organisme.nom()}"."
                </p>
                <a class="btn btn--plein btn--large" href=Route::Connexion.href()>"Accédez à votre espace"</a>
            </section>
            <section class="seuil__autre pile-serree">
                <p><b>"Pas encore de compte\u{202f}?"</b>" Il vous faut vos numéros de SIRET et d’adhérent."</p>
                <a class="btn btn--large" href=Route::CreerCompte.href()>"Créer un compte"</a>
            </section>
        </Planche>
    }
}

/// The portal of somebody signed in, in its frame.
#[component]
pub fn MonEspace() -> impl IntoView {
    view! { <Interieur page=|| view! { <MonPortail/> }.into_any() avec_menu=false/> }
}

#[component]
fn MonPortail() -> impl IntoView {
    let session = Session::courante();
    if !untrack(|| session.membre()) {
        return view! { <Redirection vers=Route::depart(untrack(|| session.cote()))/> }.into_any();
    }
    let lecture = lire(|| Some(LirePortail {}));
    let nom = move || session.de_moi(|m| format!("Bonjour {} {}", m.prenom, m.nom));
    let attendues =
        move || lecture.donnee().with(|p| p.as_ref().filter(|p| p.pieces_attendues > 0).map(phrase_attendues));
    view! {
        <section class="appel" aria-labelledby="titre-portail">
            <div class="pile-serree">
                <h1 id="titre-portail">{nom}</h1>
                <p>
                    "Suivez vos dossiers de formation et déposez leurs pièces dans votre outil eGestion. "
                    <b>{attendues}</b>
                </p>
            </div>
            <a class="btn" href=Route::Accueil.href()>"Accéder à eGestion"<Icone glyphe=Glyphe::Fleche/></a>
        </section>
        <Chargement lecture quoi="vos outils et services" let:portail>
            <Favoris lecture portail/>
            <Themes portail/>
        </Chargement>
    }
    .into_any()
}

/// « 5 pièces sont attendues, dont 1 en retard. »
fn phrase_attendues(p: &Donnees) -> String {
    let n = p.pieces_attendues;
    let debut =
        format!("{} {}", format::pluriel(n, "pièce", "pièces"), format::accord(n, "est attendue", "sont attendues"));
    match p.pieces_en_retard {
        0 => format!("{debut}."),
        r => format!("{debut}, dont {} en retard.", format::nombre(r)),
    }
}

/// How a tool is shown: icon, name, what it is for, where it is.
fn aspect(outil: Outil) -> (Glyphe, &'static str, &'static str, Route) {
    match outil {
        Outil::Egestion => {
            (Glyphe::Dossier, "eGestion", "Dossiers de formation, pièces justificatives et messages", Route::Accueil)
        }
        Outil::Tutoriel => {
            (Glyphe::Tutoriel, "Espace Tutoriel", "Guides et modes opératoires, pas à pas", Route::Tutoriel)
        }
        Outil::Competences => (
            Glyphe::Competences,
            "Espace Compétences",
            "Besoins, certifications et actions de formation",
            Route::Competences,
        ),
    }
}
