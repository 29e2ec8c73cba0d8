//! The calls of a client, day by day, and from where.

use api_types::clients_api::{AdresseVue, ClientApi, UsageApi};
use leptos::prelude::*;

use crate::components::vide::Vide;
use crate::format;

/// « Usage ».
#[component]
pub fn Usages(
    /// The client.
    client: Signal<ClientApi>,
) -> impl IntoView {
    view! {
        <section class="feuille" aria-labelledby="titre-usage">
            <div class="feuille__tete"><h2 id="titre-usage">"Usage"</h2></div>
            <div class="feuille__corps pile">
                <Show
                    when=move || client.with(|c| !c.usage.is_empty())
                    fallback=|| {
                        view! {
                            <Vide titre="Aucun appel">
                                <p>"Les appels paraissent ici quelques secondes après avoir été reçus."</p>
                            </Vide>
                        }
                    }
                >
                    <div class="table-cadre" tabindex="0" role="region" aria-label="Appels par jour">
                        <table class="table table--cartes">
                            <caption class="vh">"Appels par jour, le plus récent d’abord"</caption>
                            <thead>
                                <tr>
                                    <th scope="col">"Jour"</th>
                                    <th scope="col">"Appels"</th>
                                    <th scope="col">"Refusés"</th>
                                    <th scope="col">"En échec"</th>
                                    <th scope="col">"Dernier appel"</th>
                                    <th scope="col">"Depuis"</th>
                                </tr>
                            </thead>
                            <tbody>
                                {move || {
                                    let jours = client.with(|c| c.usage.clone());
                                    jours.into_iter().map(|jour| view! { <Jour jour/> }).collect_view()
                                }}
                            </tbody>
                        </table>
                    </div>
                    <p class="aide">"Refusés\u{a0}: la demande était fausse ou non permise (4xx). En échec\u{a0}: la faute est à eGestion (5xx)."</p>
                </Show>
                <Show when=move || client.with(|c| !c.adresses_vues.is_empty())>
                    <h3>"D’où ce logiciel se connecte, depuis trente jours"</h3>
                    <div class="table-cadre" tabindex="0" role="region" aria-label="Appels par adresse">
                        <table class="table table--cartes">
                            <caption class="vh">"Appels et tentatives refusées par adresse IP, la dernière vue d’abord"</caption>
                            <thead>
                                <tr>
                                    <th scope="col">"Adresse IP"</th>
                                    <th scope="col">"Appels"</th>
                                    <th scope="col">"Tentatives refusées"</th>
                                    <th scope="col">"Dernière fois"</th>
                                </tr>
                            </thead>
                            <tbody>
                                {move || {
                                    let vues = client.with(|c| c.adresses_vues.clone());
                                    vues.into_iter().map(|vue| view! { <Adresse vue/> }).collect_view()
                                }}
                            </tbody>
                        </table>
                    </div>
                    <p class="aide">
                        "Des appels depuis une adresse inconnue\u{a0}: changez le secret ou la clé. Des tentatives refusées seulement\u{a0}: personne n’est entré."
                    </p>
                </Show>
            </div>
        </section>
    }
}

#[component]
fn Adresse(vue: AdresseVue) -> impl IntoView {
    let adresse = match vue.adresse {
        Some(adresse) => view! { <span class="mono">{adresse}</span> }.into_any(),
        None => "Les autres adresses".into_any(),
    };
    view! {
        <tr>
            <th scope="row" class="large principale">{adresse}</th>
            <td data-libelle="Appels">{format::nombre(vue.appels)}</td>
            <td data-libelle="Tentatives refusées">{format::nombre(vue.preuves_refusees)}</td>
            <td data-libelle="Dernière fois">{format::instant(vue.derniere_fois_le)}</td>
        </tr>
    }
}

#[component]
fn Jour(jour: UsageApi) -> impl IntoView {
    view! {
        <tr>
            <th scope="row" class="large principale"><b>{format::date(jour.jour)}</b></th>
            <td data-libelle="Appels">{format::nombre(jour.appels)}</td>
            <td data-libelle="Refusés">{format::nombre(jour.erreurs_client)}</td>
            <td data-libelle="En échec">{format::nombre(jour.erreurs_serveur)}</td>
            <td data-libelle="Dernier appel">{format::heure(format::paris(jour.dernier_appel_le))}</td>
            <td data-libelle="Depuis"><span class="mono">{jour.derniere_adresse}</span></td>
        </tr>
    }
}
