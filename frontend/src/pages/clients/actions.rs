//! What can be done with a client.

use api_types::clients_api::ClientApi;
use api_types::endpoint::RevoquerClientApi;
use leptos::prelude::*;

use super::renouvellement::Renouvellement;
use super::saisie::Modifie;
use crate::api::ecriture::ecrire;
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::dialogue::Dialogue;
use crate::state::annonces::annoncer;

/// The buttons of a client; none once it is revoked.
#[component]
pub fn Actions(
    /// The client.
    client: Signal<ClientApi>,
    /// What shows it.
    lecture: Lecture<ClientApi>,
) -> impl IntoView {
    let (modifie, renouvelle, revoque) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let ouverte = Memo::new(move |_| client.with(|c| c.peut_gerer && c.client.revoque_le.is_none()));
    let partagee = Memo::new(move |_| client.with(|c| !c.peut_gerer));
    view! {
        <Show when=move || partagee.get()>
            <p class="aide">"Cet accès touche aussi des établissements que vous n’administrez pas\u{a0}: vous le voyez sans pouvoir le changer."</p>
        </Show>
        <Show when=move || ouverte.get()>
            <div class="rang" role="group" aria-label="Actions sur l’accès">
                <button class="btn" type="button" on:click=move |_| modifie.set(true)>"Modifier"</button>
                <button class="btn" type="button" on:click=move |_| renouvelle.set(true)>"Renouveler le secret"</button>
                <button class="btn btn--danger" type="button" on:click=move |_| revoque.set(true)>"Révoquer"</button>
            </div>
        </Show>
        <Dialogue id="modifier-acces" ouvert=modifie titre="Modifier l’accès">
            <Modifie client=client.get_untracked() lecture ouvert=modifie/>
        </Dialogue>
        <Dialogue id="renouveler-secret" ouvert=renouvelle titre="Renouveler le secret">
            <Renouvellement client lecture ouvert=renouvelle/>
        </Dialogue>
        <Dialogue id="revoquer-acces" ouvert=revoque titre="Révoquer l’accès">
            <Revocation client lecture ouvert=revoque/>
        </Dialogue>
    }
}

#[component]
fn Revocation(client: Signal<ClientApi>, lecture: Lecture<ClientApi>, ouvert: RwSignal<bool>) -> impl IntoView {
    let revocation = ecrire(move |()| async move {
        http::call(&RevoquerClientApi { client_id: client.with_untracked(|c| c.client.id) }, &()).await?;
        ouvert.set(false);
        annoncer("L’accès est révoqué.");
        lecture.relire();
        Ok(())
    });
    view! {
        <div class="dialogue__corps">
            <AlerteEchec echec=revocation.echec()/>
            <p>
                "Le logiciel est refusé dès sa prochaine requête, avec ses jetons, ses secrets et ses clés. Ses webhooks s’arrêtent. C’est définitif\u{a0}: ce qu’il a déposé et écrit reste."
            </p>
        </div>
        <div class="dialogue__pied">
            <button class="btn" type="button" on:click=move |_| ouvert.set(false)>"Garder"</button>
            <button class="btn btn--danger" type="button" on:click=move |_| revocation.envoyer(())>"Révoquer l’accès"</button>
        </div>
    }
}
