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
mod secret;

pub use fiche::Fiche;

use api_types::comptes::{EtablissementRattache, Moi};
use api_types::endpoint::ListerWebhooks;
use domain::RoleMembre;
use leptos::prelude::*;
use uuid::Uuid;

use self::liste::Liste;
use self::saisie::Nouvel;
use crate::api::lecture::lire;
use crate::components::champ::Champ;
use crate::components::chargement::Chargement;
use crate::components::dialogue::Dialogue;
use crate::components::icone::{Glyphe, Icone};
use crate::components::titre::TitrePage;
use crate::components::vide::Vide;
use crate::state::page;
use crate::state::session::Session;

/// The établissements that the reader manages, of one company or of all.
fn geres(moi: &Moi, adherent: Option<Uuid>) -> Vec<EtablissementRattache> {
    let siens = moi.etablissements.iter().filter(|e| e.role == RoleMembre::Administrateur);
    siens.filter(|e| adherent.is_none_or(|a| a == e.adherent_id)).cloned().collect()
}

/// Whether the reader manages a company's settings.
pub fn administre(moi: &Moi) -> bool {
    !geres(moi, None).is_empty()
}

/// The companies that the reader manages, with their names.
fn entreprises(moi: &Moi) -> Vec<(Uuid, String)> {
    let mut vues: Vec<(Uuid, String)> = Vec::new();
    for e in geres(moi, None) {
        if !vues.iter().any(|(id, _)| *id == e.adherent_id) {
            vues.push((e.adherent_id, e.adherent));
        }
    }
    vues
}

/// The subscriptions of a company.
#[component]
pub fn Webhooks() -> impl IntoView {
    page::titre(|| "Webhooks".into());
    let session = Session::courante();
    let entreprises = Memo::new(move |_| session.de_moi(entreprises));
    let choisie = RwSignal::new(None::<Uuid>);
    let adherent = Memo::new(move |_| choisie.get().or_else(|| entreprises.with(|e| e.first().map(|(id, _)| *id))));
    move || {
        if adherent.with(Option::is_none) {
            return view! { <TitrePage titre="Webhooks"/><Reserve/> }.into_any();
        }
        view! { <Page entreprises adherent choisie/> }.into_any()
    }
}

#[component]
fn Page(
    entreprises: Memo<Vec<(Uuid, String)>>,
    adherent: Memo<Option<Uuid>>,
    choisie: RwSignal<Option<Uuid>>,
) -> impl IntoView {
    let lecture = lire(move || adherent.get().map(|adherent_id| ListerWebhooks { adherent_id }));
    let ouvert = RwSignal::new(false);
    view! {
        <TitrePage
            titre="Webhooks"
            sous_titre="Votre logiciel est prévenu de ce qui arrive dans vos dossiers, sans avoir à le demander."
        >
            <button class="btn btn--plein" type="button" on:click=move |_| ouvert.set(true)>
                <Icone glyphe=Glyphe::Envoi/>
                "Nouvel abonnement"
            </button>
        </TitrePage>
        <Show when=move || entreprises.with(|e| e.len() > 1)>
            <Champ id="webhooks-entreprise" libelle="Entreprise" let:liens>
                <select
                    class="saisie formulaire-etroit"
                    id=liens.id
                    on:change=move |e| choisie.set(event_target_value(&e).parse().ok())
                >
                    {entreprises
                        .get()
                        .into_iter()
                        .map(|(id, nom)| {
                            view! {
                                <option value=id.to_string() prop:selected=move || adherent.get() == Some(id)>{nom}</option>
                            }
                        })
                        .collect_view()}
                </select>
            </Champ>
        </Show>
        <Chargement lecture quoi="les abonnements" let:webhooks>
            <Liste webhooks/>
        </Chargement>
        <Explication/>
        <Dialogue id="nouvel-abonnement" ouvert titre="Nouvel abonnement">
            {move || adherent.get().map(|adherent| view! { <Nouvel adherent lecture ouvert/> })}
        </Dialogue>
    }
}

#[component]
fn Explication() -> impl IntoView {
    view! {
        <section class="feuille" aria-labelledby="titre-explication">
            <div class="feuille__tete"><h2 id="titre-explication">"Comment cela fonctionne"</h2></div>
            <div class="feuille__corps pile prose">
                <p>
                    "À chaque évènement, eGestion envoie une requête POST à l’adresse de l’abonnement. Elle ne contient que des identifiants et des liens vers l’API\u{a0}: ni nom, ni texte, ni fichier."
                </p>
                <ul>
                    <li>"Vérifiez la signature de chaque envoi avec le secret de l’abonnement (spécification Standard Webhooks)."</li>
                    <li>"Répondez par un statut 2xx en moins de 15\u{a0}secondes, puis traitez. Sinon l’envoi est refait pendant trois jours."</li>
                    <li>"Le même envoi peut arriver deux fois, et l’ordre n’est pas garanti\u{a0}: fiez-vous à l’en-tête webhook-id."</li>
                </ul>
                <p><a class="lien" href="/docs/" rel="external">"Documentation de l’API"</a></p>
            </div>
        </section>
    }
}

#[component]
fn Reserve() -> impl IntoView {
    view! {
        <Vide titre="Cette page est réservée aux administrateurs de l’entreprise">
            <p>"Demandez à l’un d’eux de relier votre logiciel à eGestion."</p>
        </Vide>
    }
}
