//! What must be said: accessibility, personal data, legal notice.

use leptos::prelude::*;

use crate::components::titre::TitrePage;
use crate::format;
use crate::state::organisme::{Organisme, lien_tel};
use crate::state::page;

/// How to reach the assistance, in a sentence.
#[component]
fn Joindre() -> impl IntoView {
    let organisme = Organisme::courant();
    move || match organisme.assistance() {
        Some(numero) => view! {
            "l’assistance, au "
            <a href=lien_tel(&numero)>{numero.clone()}</a>
        }
        .into_any(),
        None => "l’assistance".into_any(),
    }
}

/// The accessibility statement.
#[component]
pub fn Accessibilite() -> impl IntoView {
    page::titre(|| "Accessibilité".into());
    view! {
        <TitrePage titre="Accessibilité"/>
        <article class="prose pile-serree">
            <p>
                "eGestion est conçu pour être utilisable par tous, avec le RGAA\u{a0}4.1 et les WCAG\u{a0}2.2 de niveau\u{a0}AA pour cible\u{a0}: au clavier, avec un lecteur d’écran, agrandi à 400\u{a0}%, en thème clair ou sombre."
            </p>
            <h2>"État de conformité"</h2>
            <p>
                "La conformité n’a pas encore été évaluée par un audit externe. Des contrôles automatiques sont faits à chaque version\u{a0}; ils ne remplacent pas un audit."
            </p>
            <h2>"Signaler une difficulté"</h2>
            <p>
                "Un contenu ou une action vous résiste\u{202f}? Dites-le à "<Joindre/>
                "\u{a0}: nous vous aidons à aboutir et nous corrigeons. Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits."
            </p>
        </article>
    }
}

/// What is done with personal data.
#[component]
pub fn DonneesPersonnelles() -> impl IntoView {
    page::titre(|| "Données personnelles".into());
    let organisme = Organisme::courant();
    view! {
        <TitrePage titre="Données personnelles"/>
        <article class="prose pile-serree">
            <p>
                {move || format::majuscule(&organisme.nom())}
                " traite vos données pour instruire les demandes de prise en charge de formations, échanger avec les entreprises et régler les sommes accordées."
            </p>
            <h2>"Ce qui est traité"</h2>
            <ul>
                <li>"votre compte\u{a0}: nom, adresse électronique, établissements, connexions\u{a0};"</li>
                <li>"les dossiers\u{a0}: formations, stagiaires, pièces justificatives, messages, règlements\u{a0};"</li>
                <li>"le journal des accès, qui dit qui a lu ou changé quoi, et quand."</li>
            </ul>
            <h2>"Combien de temps"</h2>
            <p>"Les dossiers clos, leurs documents et leurs messages sont conservés six ans, sauf durée légale différente."</p>
            <h2>"Qui les voit"</h2>
            <p>"Les personnes habilitées de votre entreprise, pour leurs établissements, et les gestionnaires en charge des dossiers."</p>
            <h2>"Vos droits"</h2>
            <p>
                "Vous pouvez demander l’accès à vos données, leur rectification ou leur effacement, et vous opposer à leur traitement, auprès de "
                <Joindre/>". Vous pouvez aussi saisir la CNIL."
            </p>
            <h2>"Dans votre navigateur"</h2>
            <p>
                "Un seul témoin de connexion, nécessaire à la session. Le thème choisi et les brouillons de messages restent sur votre appareil. Aucune mesure d’audience, aucun tiers."
            </p>
        </article>
    }
}

/// The legal notice.
#[component]
pub fn MentionsLegales() -> impl IntoView {
    page::titre(|| "Mentions légales".into());
    let organisme = Organisme::courant();
    view! {
        <TitrePage titre="Mentions légales"/>
        <article class="prose pile-serree">
            <h2>"Éditeur"</h2>
            <p>"Cet extranet est mis à disposition par "{move || organisme.nom()}". Pour toute question\u{a0}: "<Joindre/>"."</p>
            <h2>"Logiciel"</h2>
            <p>"eGestion est un logiciel libre, sous licence MIT ou Apache\u{a0}2.0, au choix."</p>
            <h2>"Police de caractères"</h2>
            <p>"Archivo, sous licence SIL Open Font License\u{a0}1.1."</p>
        </article>
    }
}
