//! The public keys of a client, by which it proves itself without a secret.

use api_types::clients_api::{CleApi, ClientApi, NouvelleCleApi};
use api_types::endpoint::{AjouterCleApi, RetirerCleApi};
use leptos::prelude::*;
use uuid::Uuid;

use crate::api::ecriture::{Ecriture, Fautes, ecrire, faute};
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::champ::Champ;
use crate::components::dialogue::Dialogue;
use crate::format;
use crate::state::annonces::annoncer;
use crate::state::page::{bientot, viser};

const TITRE: &str = "titre-cles";

/// « Clés publiques ».
#[component]
pub fn Cles(
    /// The client.
    client: Signal<ClientApi>,
    /// What shows it.
    lecture: Lecture<ClientApi>,
) -> impl IntoView {
    let ajoute = RwSignal::new(false);
    let client_id = client.with_untracked(|c| c.client.id);
    let modifiable = Memo::new(move |_| client.with(|c| c.peut_gerer && c.client.revoque_le.is_none()));
    let retrait = ecrire(move |cle_id: Uuid| async move {
        http::call(&RetirerCleApi { client_id, cle_id }, &()).await?;
        annoncer("La clé est retirée.");
        lecture.relire();
        bientot(|| viser(TITRE));
        Ok(())
    });
    view! {
        <section class="feuille" aria-labelledby=TITRE>
            <div class="feuille__tete">
                <h2 id=TITRE tabindex="-1">"Clés publiques"</h2>
                <Show when=move || modifiable.get()>
                    <button class="btn btn--petit" type="button" on:click=move |_| ajoute.set(true)>"Ajouter une clé"</button>
                </Show>
            </div>
            <Show
                when=move || client.with(|c| !c.cles.is_empty())
                fallback=|| {
                    view! {
                        <div class="feuille__corps">
                            <p class="prose">
                                "Aucune. Avec une clé, le logiciel signe ses demandes (private_key_jwt) au lieu d’envoyer un secret."
                            </p>
                        </div>
                    }
                }
            >
                <AlerteEchec echec=retrait.echec()/>
                <ul class="sessions">
                    {move || {
                        let cles = client.with(|c| c.cles.clone());
                        cles.into_iter().map(|cle| view! { <Ligne cle modifiable=modifiable.get() retrait/> }).collect_view()
                    }}
                </ul>
            </Show>
        </section>
        <Dialogue id="ajouter-cle" ouvert=ajoute titre="Ajouter une clé publique">
            <Ajout client_id lecture ouvert=ajoute/>
        </Dialogue>
    }
}

#[component]
fn Ligne(cle: CleApi, modifiable: bool, retrait: Ecriture<Uuid>) -> impl IntoView {
    let dit = format!(" la clé {}", cle.kid);
    view! {
        <li>
            <div>
                <p class="mono">{cle.kid}</p>
                <p class="meta">{cle.alg}", donnée le "{format::instant(cle.cree_le)}</p>
            </div>
            {modifiable
                .then(|| {
                    view! {
                        <button class="btn btn--petit" type="button" on:click=move |_| retrait.envoyer(cle.id)>
                            "Retirer"<span class="vh">{dit}</span>
                        </button>
                    }
                })}
        </li>
    }
}

#[component]
fn Ajout(client_id: Uuid, lecture: Lecture<ClientApi>, ouvert: RwSignal<bool>) -> impl IntoView {
    let texte = RwSignal::new(String::new());
    let fautes = Fautes::nouvelles();
    let envoi = ecrire(move |cle: NouvelleCleApi| async move {
        let client = http::call(&AjouterCleApi { client_id }, &cle).await?;
        lecture.modifier(|c| *c = client);
        ouvert.set(false);
        annoncer("La clé est ajoutée.");
        Ok(())
    });
    fautes.suivre(envoi);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let Ok(jwk) = texte.with_untracked(|t| serde_json::from_str(t)) else {
            fautes.poser(vec![faute("/jwk", "Collez la clé entière, de l’accolade ouvrante à la fermante (JSON).")]);
            return;
        };
        fautes.poser(Vec::new());
        envoi.envoyer(NouvelleCleApi { jwk });
    };
    let aide = "Au format JWK\u{a0}: EC P-256 (ES256) ou OKP Ed25519 (EdDSA), sans la partie privée.";
    view! {
        <form novalidate on:submit=envoyer>
            <div class="dialogue__corps">
                <AlerteEchec echec=envoi.echec()/>
                <p>"L’éditeur du logiciel fabrique une paire de clés, garde la clé privée et vous donne la clé publique."</p>
                <Champ id="cle-jwk" libelle="Clé publique" aide=Some(aide.to_owned()) erreur=fautes.de("/jwk") let:liens>
                    <textarea
                        class="saisie mono"
                        id=liens.id
                        rows="7"
                        aria-describedby=liens.decrit
                        aria-invalid=liens.invalide
                        autocomplete="off"
                        spellcheck="false"
                        required
                        bind:value=texte
                    ></textarea>
                </Champ>
            </div>
            <div class="dialogue__pied">
                <button class="btn" type="button" on:click=move |_| ouvert.set(false)>"Annuler"</button>
                <Envoyer libelle="Ajouter la clé" en_envoi="Ajout…" en_cours=envoi.en_cours()/>
            </div>
        </form>
    }
}
