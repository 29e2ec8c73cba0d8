//! « Webhooks »: the company's software is told what happens.

mod actions;
mod aspect;
mod essais;
mod fiche;
mod journal;
mod liste;
mod rejeu;
mod rotation;
mod saisie;

pub use fiche::Fiche;

use api_types::endpoint::ListerWebhooks;
use api_types::webhooks::SecretWebhook;
use leptos::prelude::*;

use self::liste::Liste;
use self::saisie::Nouvel;
use crate::api::lecture::lire;
use crate::components::chargement::Chargement;
use crate::components::copie::SecretMontre;
use crate::components::dialogue::Dialogue;
use crate::components::entreprise::{ChoixEntreprise, Entreprise, Reserve};
use crate::components::explication::Explication;
use crate::components::icone::{Glyphe, Icone};
use crate::components::titre::TitrePage;
use crate::state::page;

/// The subscriptions of a company.
#[component]
pub fn Webhooks() -> impl IntoView {
    page::titre(|| "Webhooks".into());
    let entreprise = Entreprise::courante();
    let reservee = Memo::new(move |_| entreprise.adherent().with(Option::is_none));
    move || {
        if reservee.get() {
            return view! { <TitrePage titre="Webhooks"/><Reserve/> }.into_any();
        }
        view! { <Page entreprise/> }.into_any()
    }
}

#[component]
fn Page(entreprise: Entreprise) -> impl IntoView {
    let adherent = entreprise.adherent();
    let lecture = lire(move || adherent.get().map(|adherent_id| ListerWebhooks { adherent_id }));
    let ouvert = RwSignal::new(false);
    view! {
        <TitrePage
            titre="Webhooks"
            sous_titre="Votre logiciel est prévenu de ce qui arrive dans vos dossiers, sans avoir à le demander."
        >
            <button class="btn btn--plein" type="button" on:click=move |_| ouvert.set(true)>
                <Icone glyphe=Glyphe::Plus/>
                "Nouvel abonnement"
            </button>
        </TitrePage>
        <ChoixEntreprise id="webhooks-entreprise" entreprise/>
        <Chargement lecture quoi="les abonnements" let:webhooks>
            <Liste webhooks/>
        </Chargement>
        <Explication>
            <p>
                "À chaque évènement, eGestion envoie une requête POST à l’adresse de l’abonnement. Elle ne contient que des identifiants et des liens vers l’API\u{a0}: ni nom, ni texte, ni fichier."
            </p>
            <ul>
                <li>"Vérifiez la signature de chaque envoi avec le secret de l’abonnement (spécification Standard Webhooks)."</li>
                <li>"Répondez par un statut 2xx en moins de 15\u{a0}secondes, puis traitez. Sinon l’envoi est refait pendant trois jours."</li>
                <li>"Le même envoi peut arriver deux fois, et l’ordre n’est pas garanti\u{a0}: fiez-vous à l’en-tête webhook-id."</li>
            </ul>
        </Explication>
        <Dialogue id="nouvel-abonnement" ouvert titre="Nouvel abonnement">
            {move || adherent.get().map(|adherent| view! { <Nouvel adherent lecture ouvert/> })}
        </Dialogue>
    }
}

/// The secret of a subscription, at the only time that it is shown.
#[component]
fn Montre(secret: SecretWebhook, ouvert: RwSignal<bool>) -> impl IntoView {
    view! {
        <SecretMontre
            id="webhook-secret"
            libelle="Secret de signature"
            suite="Donnez-le à votre logiciel, qui vérifiera avec lui chaque envoi."
            secret=secret.0
            ouvert
        />
    }
}
