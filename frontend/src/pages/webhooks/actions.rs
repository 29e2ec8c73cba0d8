//! What can be done with a subscription.

use api_types::endpoint::{EssayerWebhook, ReprendreWebhook, SupprimerWebhook, SuspendreWebhook};
use api_types::webhooks::{EssaiWebhook, EtatAbonnement, Livraisons, Webhook};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::aspect::resultat;
use super::rotation::Rotation;
use super::saisie::Modifie;
use crate::api::ecriture::ecrire;
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::{Alerte, AlerteEchec};
use crate::components::dialogue::Dialogue;
use crate::components::icone::{Glyphe, Icone};
use crate::components::pastille::Ton;
use crate::routes::Route;
use crate::state::annonces::annoncer;

/// The buttons of a subscription, and what they give.
#[component]
pub fn Actions(
    /// The subscription.
    webhook: Signal<Webhook>,
    /// What shows it.
    lecture: Lecture<Webhook>,
    /// Its log.
    log: Lecture<Livraisons>,
) -> impl IntoView {
    let id = move || webhook.with_untracked(|w| w.id);
    let essai = RwSignal::new(None::<EssaiWebhook>);
    let essayer = ecrire(move |()| async move {
        essai.set(None);
        let donne = http::call(&EssayerWebhook { webhook_id: id() }, &()).await?;
        essai.set(Some(donne.essai));
        log.relire();
        Ok(())
    });
    let basculer = ecrire(move |actif: bool| async move {
        if actif {
            http::call(&SuspendreWebhook { webhook_id: id() }, &()).await?;
            annoncer("L’abonnement est suspendu.");
        } else {
            http::call(&ReprendreWebhook { webhook_id: id() }, &()).await?;
            annoncer("L’abonnement a repris.");
        }
        lecture.relire();
        log.relire();
        Ok(())
    });
    let actif = Memo::new(move |_| webhook.with(|w| w.etat == EtatAbonnement::Actif));
    let (modifie, change, supprime) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    view! {
        <div class="rang" role="group" aria-label="Actions sur l’abonnement">
            <button
                class="btn btn--plein"
                type="button"
                aria-disabled=move || essayer.en_cours().get().then_some("true")
                on:click=move |_| essayer.envoyer(())
            >
                <Icone glyphe=Glyphe::Envoi/>
                {move || if essayer.en_cours().get() { "Envoi…" } else { "Envoyer un essai" }}
            </button>
            <button class="btn" type="button" on:click=move |_| basculer.envoyer(actif.get_untracked())>
                {move || if actif.get() { "Suspendre" } else { "Reprendre" }}
            </button>
            <button class="btn" type="button" on:click=move |_| modifie.set(true)>"Modifier"</button>
            <button class="btn" type="button" on:click=move |_| change.set(true)>"Changer le secret"</button>
            <button class="btn btn--danger" type="button" on:click=move |_| supprime.set(true)>"Supprimer"</button>
        </div>
        <AlerteEchec echec=essayer.echec()/>
        <AlerteEchec echec=basculer.echec()/>
        {move || essai.get().map(|essai| view! { <Essaye essai/> })}
        <Dialogue id="modifier-abonnement" ouvert=modifie titre="Modifier l’abonnement">
            <Modifie webhook=webhook.get_untracked() lecture ouvert=modifie/>
        </Dialogue>
        <Dialogue id="changer-secret" ouvert=change titre="Changer le secret">
            <Rotation webhook=webhook.get_untracked() lecture ouvert=change/>
        </Dialogue>
        <Dialogue id="supprimer-abonnement" ouvert=supprime titre="Supprimer l’abonnement">
            <Suppression webhook ouvert=supprime/>
        </Dialogue>
    }
}

/// What the receiver answered to the test.
#[component]
fn Essaye(essai: EssaiWebhook) -> impl IntoView {
    let (ton, glyphe, titre) = if essai.cause.is_none() {
        (Ton::Ok, Glyphe::Check, "L’essai est reçu")
    } else {
        (Ton::Non, Glyphe::Alerte, "L’essai n’a pas abouti")
    };
    let dit = resultat(&essai);
    view! {
        <Alerte ton glyphe titre apparait=true>
            <p>{dit}"."</p>
            {(!essai.reponse.is_empty()).then(|| view! { <pre class="mono webhook__reponse" tabindex="0">{essai.reponse}</pre> })}
        </Alerte>
    }
}

#[component]
fn Suppression(webhook: Signal<Webhook>, ouvert: RwSignal<bool>) -> impl IntoView {
    let aller = use_navigate();
    let suppression = ecrire(move |()| {
        let aller = aller.clone();
        async move {
            http::call(&SupprimerWebhook { webhook_id: webhook.with_untracked(|w| w.id) }, &()).await?;
            annoncer("L’abonnement est supprimé.");
            aller(&Route::Webhooks.href(), NavigateOptions::default());
            Ok(())
        }
    });
    view! {
        <div class="dialogue__corps">
            <AlerteEchec echec=suppression.echec()/>
            <p>"Plus rien ne sera envoyé à cette adresse, et son journal disparaîtra. Ce qui est retenu ne partira pas."</p>
        </div>
        <div class="dialogue__pied">
            <button class="btn" type="button" on:click=move |_| ouvert.set(false)>"Garder"</button>
            <button class="btn btn--danger" type="button" on:click=move |_| suppression.envoyer(())>
                "Supprimer l’abonnement"
            </button>
        </div>
    }
}
