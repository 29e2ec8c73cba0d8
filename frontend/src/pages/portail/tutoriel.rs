//! « Espace Tutoriel »: the guides, and the gestures most often asked about.

use api_types::endpoint::ListerGuides;
use leptos::prelude::*;

use super::fiche::RetourPortail;
use crate::api::lecture::lire;
use crate::components::chargement::Chargement;
use crate::components::guide::Guides;
use crate::components::titre::TitrePage;
use crate::routes::Route;
use crate::state::organisme::Organisme;
use crate::state::page;

/// The page of guides.
#[component]
pub fn Tutoriel() -> impl IntoView {
    page::titre(|| "Espace Tutoriel".into());
    let lecture = lire(|| Some(ListerGuides {}));
    view! {
        <RetourPortail/>
        <TitrePage titre="Espace Tutoriel" sous_titre="Guides à télécharger et modes opératoires"/>
        <section class="feuille" aria-labelledby="titre-guides">
            <div class="feuille__tete"><h2 id="titre-guides">"Guides à télécharger"</h2></div>
            <div class="feuille__corps pile">
                <Chargement lecture quoi="les guides" let:guides>
                    <Guides guides=Signal::derive(move || guides.with(|g| g.elements.clone()))/>
                </Chargement>
            </div>
        </section>
        <ModesOperatoires/>
    }
}

#[component]
fn ModesOperatoires() -> impl IntoView {
    let organisme = Organisme::courant();
    view! {
        <section class="feuille" aria-labelledby="titre-deposer">
            <div class="feuille__tete"><h2 id="titre-deposer">"Ajouter un document à un dossier"</h2></div>
            <ol class="feuille__corps prose">
                <li>"Ouvrez "<a href=Route::Dossiers.href()>"Suivre les dossiers de formation"</a>" et choisissez le dossier."</li>
                <li>"Dans «\u{a0}Mes documents\u{a0}», repérez la catégorie de la pièce."</li>
                <li>"Glissez le fichier sur le nuage, ou activez «\u{a0}Déposer un fichier\u{a0}» pour le choisir."</li>
                <li>"Suivez l’envoi\u{a0}: la fiche du document apparaît, avec sa date de dépôt."</li>
                <li>
                    "Le document est transmis à "{move || organisme.nom()}
                    ". La fiche le dit, avec la date et l’heure\u{a0}; le reçu de dépôt se télécharge dans son menu."
                </li>
            </ol>
        </section>
        <section class="feuille" aria-labelledby="titre-non-lu">
            <div class="feuille__tete"><h2 id="titre-non-lu">"Retrouver un message et le garder non lu"</h2></div>
            <ol class="feuille__corps prose">
                <li>
                    "Ouvrez la "<a href=Route::Messagerie.href()>"messagerie"</a>
                    "\u{a0}: tous les messages y sont, lus ou non. Un message lu ne disparaît pas."
                </li>
                <li>"Cherchez par mots, ou affichez seulement les non lus."</li>
                <li>"Sous le message, activez «\u{a0}Marquer comme non lu\u{a0}» pour y revenir plus tard."</li>
            </ol>
        </section>
    }
}
