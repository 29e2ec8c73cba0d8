//! The attempts of a delivery.

use api_types::endpoint::LireLivraison;
use api_types::webhooks::{EssaiWebhook, LivraisonComplete};
use leptos::prelude::*;
use uuid::Uuid;

use super::aspect::{PastilleLivraison, nom, resultat};
use crate::api::lecture::lire;
use crate::components::chargement::Chargement;
use crate::format;

/// The attempts of a delivery, the first first.
#[component]
pub fn Essais(
    /// The subscription.
    webhook_id: Uuid,
    /// The delivery.
    livraison_id: Uuid,
) -> impl IntoView {
    let lecture = lire(move || Some(LireLivraison { webhook_id, livraison_id }));
    view! {
        <div class="dialogue__corps">
            <Chargement lecture quoi="les essais" let:complete>
                {move || view! { <Contenu complete=complete.get()/> }}
            </Chargement>
        </div>
    }
}

#[component]
fn Contenu(complete: LivraisonComplete) -> impl IntoView {
    let l = complete.livraison;
    let aucun = complete.essais.is_empty();
    view! {
        <p class="rang"><b>{nom(l.nature)}</b><PastilleLivraison statut=l.statut/></p>
        <p class="meta">"webhook-id "<span class="mono">{l.webhook_id}</span></p>
        <Show when=move || aucun>
            <p>"Aucun essai pour l’instant."</p>
        </Show>
        <ol class="pile">
            {complete.essais.into_iter().map(|essai| view! { <Essai essai/> }).collect_view()}
        </ol>
    }
}

#[component]
fn Essai(essai: EssaiWebhook) -> impl IntoView {
    let dit = resultat(&essai);
    view! {
        <li>
            <p><b>{dit}</b>" "<span class="meta">{format::instant(essai.le)}</span></p>
            {(!essai.reponse.is_empty())
                .then(|| view! { <pre class="mono webhook__reponse" tabindex="0" aria-label="Réponse reçue">{essai.reponse}</pre> })}
        </li>
    }
}
