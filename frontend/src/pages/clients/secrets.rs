//! The living secrets of a client.

use api_types::clients_api::{ClientApi, SecretApi};
use api_types::endpoint::TerminerSecretApi;
use leptos::prelude::*;
use uuid::Uuid;

use crate::api::ecriture::ecrire;
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::dialogue::Dialogue;
use crate::format;
use crate::state::annonces::annoncer;

/// « Secrets ».
#[component]
pub fn Secrets(
    /// The client.
    client: Signal<ClientApi>,
    /// What shows it.
    lecture: Lecture<ClientApi>,
) -> impl IntoView {
    let (termine, sujet) = (RwSignal::new(false), RwSignal::new(None::<SecretApi>));
    let modifiable = move || client.with(|c| c.peut_gerer && c.client.revoque_le.is_none());
    let demander = Callback::new(move |secret: SecretApi| {
        sujet.set(Some(secret));
        termine.set(true);
    });
    view! {
        <section class="feuille" aria-labelledby="titre-secrets">
            <div class="feuille__tete"><h2 id="titre-secrets">"Secrets"</h2></div>
            <Show
                when=move || client.with(|c| !c.secrets.is_empty())
                fallback=|| {
                    view! {
                        <div class="feuille__corps">
                            <p>"Aucun secret n’est valable. Renouvelez-le, ou donnez une clé publique."</p>
                        </div>
                    }
                }
            >
                <ul class="sessions">
                    {move || {
                        let modifiable = modifiable();
                        let secrets = client.with(|c| c.secrets.clone());
                        secrets.into_iter().map(|secret| view! { <Ligne secret modifiable demander/> }).collect_view()
                    }}
                </ul>
            </Show>
        </section>
        <Dialogue id="terminer-secret" ouvert=termine titre="Terminer le secret">
            {move || sujet.get().map(|secret| view! { <Terminaison client secret lecture ouvert=termine/> })}
        </Dialogue>
    }
}

#[component]
fn Ligne(secret: SecretApi, modifiable: bool, demander: Callback<SecretApi>) -> impl IntoView {
    let marque = marque(&secret);
    let dit = format!(" le secret {marque}");
    let depuis = format::instant(secret.cree_le);
    let fin = secret.expire_le.map(|fin| format!(", s’éteint le {}", format::instant(fin)));
    view! {
        <li>
            <div>
                <p class="mono">{marque}</p>
                <p class="meta">"Donné le "{depuis}{fin}</p>
            </div>
            {modifiable
                .then(|| {
                    view! {
                        <button class="btn btn--petit" type="button" on:click=move |_| demander.run(secret.clone())>
                            "Terminer"<span class="vh">{dit}</span>
                        </button>
                    }
                })}
        </li>
    }
}

/// The ends of a secret, by which its owner recognises it.
fn marque(secret: &SecretApi) -> String {
    format!("{}…{}", secret.prefixe, secret.fin)
}

#[component]
fn Terminaison(
    client: Signal<ClientApi>,
    secret: SecretApi,
    lecture: Lecture<ClientApi>,
    ouvert: RwSignal<bool>,
) -> impl IntoView {
    let client_id = client.with_untracked(|c| c.client.id);
    let seul = client.with_untracked(|c| c.secrets.len() == 1 && c.cles.is_empty());
    let fin = ecrire(move |secret_id: Uuid| async move {
        http::call(&TerminerSecretApi { client_id, secret_id }, &()).await?;
        ouvert.set(false);
        annoncer("Le secret est terminé.");
        lecture.relire();
        Ok(())
    });
    let id = secret.id;
    view! {
        <div class="dialogue__corps">
            <AlerteEchec echec=fin.echec()/>
            <p>"Le secret "<span class="mono">{marque(&secret)}</span>" ne donnera plus de jeton."</p>
            {seul.then(|| view! { <p><b>"C’est le seul de cet accès\u{a0}: le logiciel sera coupé tant que vous ne l’aurez pas renouvelé."</b></p> })}
        </div>
        <div class="dialogue__pied">
            <button class="btn" type="button" on:click=move |_| ouvert.set(false)>"Garder"</button>
            <button class="btn btn--danger" type="button" on:click=move |_| fin.envoyer(id)>"Terminer le secret"</button>
        </div>
    }
}
