//! Another secret, without a cut.

use api_types::clients_api::{ClientApi, ClientApiSecret, RotationSecret};
use api_types::endpoint::RenouvelerSecretApi;
use leptos::prelude::*;

use super::Montre;
use crate::api::ecriture::{Fautes, ecrire};
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::champ::Champ;
use crate::state::annonces::annoncer;

/// How long the former secret lives on, in hours, and how that is told.
const DUREES: [(u32, &str); 5] = [
    (24, "24\u{a0}heures"),
    (168, "7\u{a0}jours"),
    (336, "14\u{a0}jours"),
    (720, "30\u{a0}jours"),
    (0, "Aucun délai\u{a0}: le secret a fuité"),
];
/// What is offered first.
const PROPOSEE: u32 = 168;

/// Gives the client another secret, then shows it.
#[component]
pub fn Renouvellement(
    /// The client.
    client: Signal<ClientApi>,
    /// What shows it.
    lecture: Lecture<ClientApi>,
    /// The dialog it stands in.
    ouvert: RwSignal<bool>,
) -> impl IntoView {
    let secret = RwSignal::new(None::<ClientApiSecret>);
    let heures = RwSignal::new(PROPOSEE);
    let fautes = Fautes::nouvelles();
    let client_id = client.with_untracked(|c| c.client.id);
    let envoi = ecrire(move |chevauchement_heures: u32| async move {
        let nouveau = http::call(&RenouvelerSecretApi { client_id }, &RotationSecret { chevauchement_heures }).await?;
        secret.set(Some(nouveau.clone()));
        lecture.modifier(|c| *c = nouveau.client);
        annoncer("Le secret est renouvelé. Copiez le nouveau.");
        Ok(())
    });
    fautes.suivre(envoi);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        fautes.poser(Vec::new());
        envoi.envoyer(heures.get_untracked());
    };
    move || {
        if let Some(cree) = secret.get() {
            return view! { <Montre cree ouvert/> }.into_any();
        }
        view! {
            <form novalidate on:submit=envoyer>
                <div class="dialogue__corps">
                    <AlerteEchec echec=envoi.echec()/>
                    <p>
                        "Le nouveau secret vaut tout de suite. L’ancien reste valable le temps que votre logiciel change, puis s’éteint de lui-même\u{a0}: rien n’est coupé."
                    </p>
                    <Champ
                        id="client-chevauchement"
                        libelle="L’ancien secret reste valable"
                        erreur=fautes.de("/chevauchement_heures")
                        let:liens
                    >
                        <select
                            class="saisie"
                            id=liens.id
                            aria-describedby=liens.decrit
                            aria-invalid=liens.invalide
                            on:change=move |e| heures.set(event_target_value(&e).parse().unwrap_or(PROPOSEE))
                        >
                            {DUREES
                                .into_iter()
                                .map(|(n, nom)| {
                                    view! {
                                        <option value=n.to_string() prop:selected=move || heures.get() == n>{nom}</option>
                                    }
                                })
                                .collect_view()}
                        </select>
                    </Champ>
                </div>
                <div class="dialogue__pied">
                    <Envoyer libelle="Renouveler le secret" en_envoi="Renouvellement…" en_cours=envoi.en_cours()/>
                </div>
            </form>
        }
            .into_any()
    }
}
