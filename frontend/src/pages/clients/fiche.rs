//! One client: its settings, its secrets, its keys, its use.

use api_types::clients_api::ClientApi;
use api_types::endpoint::LireClientApi;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::Actions;
use super::aspect::{Etat, PastilleClient, etat, lieux, portees, usage};
use super::cles::Cles;
use super::secrets::Secrets;
use super::usage::Usages;
use crate::api::lecture::lire;
use crate::components::alerte::Alerte;
use crate::components::chargement::Chargement;
use crate::components::copie::ChampCopie;
use crate::components::icone::{Glyphe, Icone};
use crate::components::pastille::Ton;
use crate::components::titre::TitrePage;
use crate::format;
use crate::routes::Route;
use crate::state::page;

/// Days of use that the page shows.
const JOURS: u32 = 30;

/// The page of a client.
#[component]
pub fn Fiche() -> impl IntoView {
    page::titre(|| "Accès API".into());
    let parametres = use_params_map();
    let id = Memo::new(move |_| parametres.with(|p| p.get("id")).and_then(|id| id.parse().ok()));
    let lecture = lire(move || id.get().map(|client_id| LireClientApi { client_id }));
    view! {
        <p>
            <a class="lien" href=Route::ClientsApi.href()>
                <Icone glyphe=Glyphe::Retour classe="icone--s"/>
                " Tous les accès"
            </a>
        </p>
        <Chargement lecture quoi="l’accès" let:client>
            <Tete client/>
            <Avis client/>
            <Actions client lecture/>
            <Reglages client/>
            <Secrets client lecture/>
            <Cles client lecture/>
            <Usages client/>
        </Chargement>
    }
}

#[component]
fn Tete(client: Signal<ClientApi>) -> impl IntoView {
    let titre = Signal::derive(move || client.with(|c| c.client.nom.clone()));
    view! {
        <TitrePage titre sous_titre=Signal::derive(move || client.with(|c| usage(&c.client, JOURS)))>
            {move || view! { <PastilleClient client=client.get().client/> }}
        </TitrePage>
    }
}

/// What the owner must know and do.
#[component]
fn Avis(client: Signal<ClientApi>) -> impl IntoView {
    move || {
        let c = client.get().client;
        let dit = match etat(&c, format::maintenant()) {
            Etat::Actif => return None,
            Etat::Revoque => (
                Ton::Non,
                Glyphe::Croix,
                "Cet accès est révoqué",
                "Le logiciel est refusé, et ses webhooks sont arrêtés. Pour le relier de nouveau, créez un autre accès.",
            ),
            Etat::Expire => (
                Ton::Signal,
                Glyphe::Alerte,
                "Cet accès est expiré",
                "Le logiciel est refusé, et ses webhooks sont arrêtés. Modifiez la date de fin pour le rouvrir.",
            ),
            Etat::ExpireBientot => (
                Ton::Signal,
                Glyphe::Alerte,
                "Cet accès expire bientôt",
                "Après cette date le logiciel sera refusé. Modifiez-la pour le prolonger.",
            ),
        };
        let (ton, glyphe, titre, suite) = dit;
        Some(view! { <Alerte ton glyphe titre><p>{suite}</p></Alerte> })
    }
}

#[component]
fn Reglages(client: Signal<ClientApi>) -> impl IntoView {
    view! {
        <section class="feuille" aria-labelledby="titre-reglages">
            <div class="feuille__tete"><h2 id="titre-reglages">"Réglages"</h2></div>
            <div class="feuille__corps pile">
                <div class="formulaire-etroit">
                    {move || {
                        view! {
                            <ChampCopie
                                id="fiche-identifiant"
                                libelle="Identifiant (client_id)"
                                quoi="l’identifiant"
                                copie="L’identifiant est copié."
                                texte=client.with(|c| c.client.id.to_string())
                            />
                        }
                    }}
                </div>
                <dl class="ligne-cles">
                    <div><dt>"Logiciel"</dt><dd>{move || client.with(|c| ou(&c.client.logiciel, "Non précisé"))}</dd></div>
                    <div><dt>"Ce qu’il peut faire"</dt><dd>{move || client.with(|c| portees(&c.client.scopes))}</dd></div>
                    <div><dt>"Établissements"</dt><dd>{move || client.with(|c| lieux(&c.client))}</dd></div>
                    <div>
                        <dt>"Adresses d’appel"</dt>
                        <dd>{move || client.with(|c| ou(&c.adresses.join(", "), "Toutes"))}</dd>
                    </div>
                    <div><dt>"Validité"</dt><dd>{move || client.with(validite)}</dd></div>
                    <div><dt>"Création"</dt><dd>{move || client.with(creation)}</dd></div>
                </dl>
            </div>
        </section>
    }
}

fn ou(texte: &str, sinon: &str) -> String {
    if texte.is_empty() { sinon.to_owned() } else { texte.to_owned() }
}

fn validite(c: &ClientApi) -> String {
    match (c.client.revoque_le, c.client.expire_le) {
        (Some(le), _) => format!("Révoqué le {}", format::instant(le)),
        (None, Some(fin)) => format!("Jusqu’au {} compris", format::date(format::dernier_jour(fin))),
        (None, None) => "Jusqu’à sa révocation".to_owned(),
    }
}

fn creation(c: &ClientApi) -> String {
    format!("Le {}, par {}", format::instant(c.client.cree_le), c.client.cree_par)
}
