//! One subscription: its settings, its health, its log.

use api_types::endpoint::{LireWebhook, ListerLivraisons};
use api_types::webhooks::{EtatAbonnement, FiltreLivraisons, StatutLivraison, Webhook};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::Actions;
use super::aspect::{Sante, sante, types};
use super::journal::Journal;
use super::liste::comptes;
use crate::api::lecture::lire;
use crate::api::live::ecouter_en_groupe;
use crate::components::alerte::Alerte;
use crate::components::chargement::Chargement;
use crate::components::icone::{Glyphe, Icone};
use crate::components::pastille::Ton;
use crate::components::suite::lire_liste;
use crate::components::titre::TitrePage;
use crate::format;
use crate::model::entreprises::geres;
use crate::routes::Route;
use crate::state::page;
use crate::state::session::Session;

/// The page of a subscription.
#[component]
pub fn Fiche() -> impl IntoView {
    page::titre(|| "Abonnement".into());
    let parametres = use_params_map();
    let id = Memo::new(move |_| parametres.with(|p| p.get("id")).and_then(|id| id.parse().ok()));
    let lecture = lire(move || id.get().map(|webhook_id| LireWebhook { webhook_id }));
    let statut = RwSignal::new(None::<StatutLivraison>);
    let log = lire_liste(move || {
        let query = FiltreLivraisons { statut: statut.get(), ..FiltreLivraisons::default() };
        id.get().map(|webhook_id| ListerLivraisons { webhook_id, query })
    });
    ecouter_en_groupe(move || {
        lecture.relire();
        log.relire();
    });
    view! {
        <p>
            <a class="lien" href=Route::Webhooks.href()>
                <Icone glyphe=Glyphe::Retour classe="icone--s"/>
                " Tous les abonnements"
            </a>
        </p>
        <Chargement lecture quoi="l’abonnement" let:webhook>
            <Tete webhook/>
            <Etat webhook/>
            <Reglages webhook/>
            <Actions webhook lecture log/>
            <Journal webhook log statut/>
        </Chargement>
    }
}

#[component]
fn Tete(webhook: Signal<Webhook>) -> impl IntoView {
    let titre = Signal::derive(move || {
        webhook.with(|w| {
            if w.description.is_empty() { super::liste::hote(&w.url).to_owned() } else { w.description.clone() }
        })
    });
    view! {
        <TitrePage titre sous_titre=Signal::derive(move || webhook.with(sante))>
            {move || view! { <Sante webhook=webhook.get()/> }}
        </TitrePage>
    }
}

/// What the owner must know and do, when something is wrong.
#[component]
fn Etat(webhook: Signal<Webhook>) -> impl IntoView {
    move || {
        let w = webhook.get();
        (w.etat == EtatAbonnement::Desactive).then(|| {
            view! {
                <Alerte ton=Ton::Non glyphe=Glyphe::Alerte titre="Plus rien n’est envoyé à cette adresse">
                    <p>
                        "Vérifiez l’adresse et votre logiciel avec un essai, puis reprenez\u{a0}: tout ce qui est retenu partira. Ce qui est retenu n’est gardé que quelques semaines."
                    </p>
                </Alerte>
            }
        })
    }
}

#[component]
fn Reglages(webhook: Signal<Webhook>) -> impl IntoView {
    let session = Session::courante();
    let lieux = move || {
        webhook.with(|w| {
            if w.etablissements.is_empty() {
                return "Tous ceux que voit la personne qui a réglé l’abonnement".to_owned();
            }
            let connus = session.de_moi(|m| geres(m, Some(w.adherent_id)));
            let noms = connus.into_iter().filter(|e| w.etablissements.contains(&e.id)).map(|e| e.nom);
            noms.collect::<Vec<_>>().join(", ")
        })
    };
    view! {
        <section class="feuille" aria-labelledby="titre-reglages">
            <div class="feuille__tete"><h2 id="titre-reglages">"Réglages"</h2></div>
            <div class="feuille__corps">
                <dl class="ligne-cles">
                    <div><dt>"Adresse"</dt><dd class="mono">{move || webhook.with(|w| w.url.clone())}</dd></div>
                    <div><dt>"Évènements"</dt><dd>{move || webhook.with(|w| types(&w.types))}</dd></div>
                    <div><dt>"Établissements"</dt><dd>{lieux}</dd></div>
                    <div><dt>"Secret"</dt><dd>{move || webhook.with(secret)}</dd></div>
                    <div><dt>"Création"</dt><dd>{move || webhook.with(creation)}</dd></div>
                    <div>
                        <dt>"Envois"</dt>
                        <dd>{move || webhook.with(|w| comptes(w).unwrap_or_else(|| "Aucun en souffrance.".into()))}</dd>
                    </div>
                </dl>
            </div>
        </section>
    }
}

fn secret(w: &Webhook) -> String {
    let depuis = format!("Changé le {}", format::instant(w.secret_le));
    match w.secret_precedent_jusqu_a {
        Some(fin) => format!("{depuis}\u{a0}; l’ancien signe aussi jusqu’au {}", format::instant(fin)),
        None => depuis,
    }
}

fn creation(w: &Webhook) -> String {
    let le = format::instant(w.cree_le);
    match &w.cree_par {
        Some(nom) => format!("Le {le}, par {nom}"),
        None => format!("Le {le}, par un logiciel"),
    }
}
