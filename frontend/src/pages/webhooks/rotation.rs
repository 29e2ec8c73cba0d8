//! Changing the secret without a cut.

use api_types::endpoint::ChangerSecretWebhook;
use api_types::webhooks::{ChangementSecret, SecretWebhook, Webhook};
use leptos::prelude::*;

use super::Montre;
use crate::api::ecriture::ecrire;
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::champ::Champ;
use crate::state::annonces::annoncer;

/// How long both secrets sign, in hours, and how that is told.
const DUREES: [(i64, &str); 4] =
    [(24, "24\u{a0}heures"), (72, "3\u{a0}jours"), (168, "7\u{a0}jours"), (0, "Aucun\u{a0}: le secret a fuité")];

/// Gives the subscription a new secret, then shows it.
#[component]
pub fn Rotation(
    /// The subscription.
    webhook: Webhook,
    /// What shows it.
    lecture: Lecture<Webhook>,
    /// The dialog it stands in.
    ouvert: RwSignal<bool>,
) -> impl IntoView {
    let secret = RwSignal::new(None::<SecretWebhook>);
    let heures = RwSignal::new(DUREES[0].0);
    let webhook_id = webhook.id;
    let envoi = ecrire(move |recouvrement: i64| async move {
        let corps = ChangementSecret { recouvrement_heures: Some(recouvrement) };
        let nouveau = http::call(&ChangerSecretWebhook { webhook_id }, &corps).await?;
        secret.set(Some(nouveau.secret));
        lecture.relire();
        annoncer("Le secret est changé. Copiez le nouveau.");
        Ok(())
    });
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        envoi.envoyer(heures.get_untracked());
    };
    move || {
        if let Some(secret) = secret.get() {
            return view! { <Montre secret ouvert/> }.into_any();
        }
        view! {
            <form on:submit=envoyer>
                <div class="dialogue__corps">
                    <AlerteEchec echec=envoi.echec()/>
                    <p>
                        "Pendant le recouvrement, chaque envoi porte deux signatures, celle du nouveau secret et celle de l’ancien\u{a0}: votre logiciel continue de vérifier avec l’ancien jusqu’à ce que vous lui ayez donné le nouveau."
                    </p>
                    <Champ id="webhook-recouvrement" libelle="Recouvrement" let:liens>
                        <select
                            class="saisie"
                            id=liens.id
                            on:change=move |e| heures.set(event_target_value(&e).parse().unwrap_or(DUREES[0].0))
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
                    <Envoyer libelle="Changer le secret" en_envoi="Changement…" en_cours=envoi.en_cours()/>
                </div>
            </form>
        }
            .into_any()
    }
}
