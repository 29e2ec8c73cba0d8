//! « Accès API »: the accounts that a company gives to its software.

mod actions;
mod aspect;
mod cles;
mod fiche;
mod liste;
mod renouvellement;
mod saisie;
mod secrets;
mod usage;

pub use fiche::Fiche;

use api_types::clients_api::{ClientApiSecret, PageClientsApi};
use api_types::endpoint::ListerClientsApi;
use leptos::prelude::*;

use self::liste::Liste;
use self::saisie::Nouveau;
use crate::api::lecture::lire;
use crate::components::chargement::Chargement;
use crate::components::copie::{ChampCopie, SecretMontre};
use crate::components::dialogue::Dialogue;
use crate::components::entreprise::{ChoixEntreprise, Entreprise, Reserve};
use crate::components::explication::Explication;
use crate::components::icone::{Glyphe, Icone};
use crate::components::suite::Suite;
use crate::components::titre::TitrePage;
use crate::state::page;

/// The API clients of a company.
#[component]
pub fn Clients() -> impl IntoView {
    page::titre(|| "Accès API".into());
    let entreprise = Entreprise::courante();
    let reservee = Memo::new(move |_| entreprise.adherent().with(Option::is_none));
    move || {
        if reservee.get() {
            return view! { <TitrePage titre="Accès API"/><Reserve/> }.into_any();
        }
        view! { <Page entreprise/> }.into_any()
    }
}

#[component]
fn Page(entreprise: Entreprise) -> impl IntoView {
    let adherent = entreprise.adherent();
    let lecture = lire(move || {
        adherent.get().map(|adherent_id| ListerClientsApi { adherent_id, query: PageClientsApi::default() })
    });
    let ouvert = RwSignal::new(false);
    view! {
        <TitrePage
            titre="Accès API"
            sous_titre="Votre logiciel fait dans eGestion ce que vous lui permettez, et rien d’autre."
        >
            <button class="btn btn--plein" type="button" on:click=move |_| ouvert.set(true)>
                <Icone glyphe=Glyphe::Plus/>
                "Nouvel accès"
            </button>
        </TitrePage>
        <ChoixEntreprise id="clients-entreprise" entreprise/>
        <Chargement lecture quoi="les accès" let:clients>
            <Liste clients/>
            <Suite
                lecture
                page=move |curseur| ListerClientsApi {
                    adherent_id: adherent.get_untracked().unwrap_or_default(),
                    query: PageClientsApi { curseur: Some(curseur), limite: None },
                }
            />
        </Chargement>
        <Explication>
            <p>
                "Chaque logiciel a son propre accès, avec un identifiant et un secret. Il les échange contre un jeton de dix minutes, puis appelle l’API avec ce jeton."
            </p>
            <ul>
                <li>"Donnez-lui les seules portées et les seuls établissements dont il a besoin\u{a0}: le logiciel ne voit rien d’autre."</li>
                <li>"Ce qu’il dépose ou écrit porte le nom de l’accès, dans les dossiers comme dans le journal."</li>
                <li>"Un accès révoqué est refusé dès la requête suivante."</li>
            </ul>
        </Explication>
        <Dialogue id="nouvel-acces" ouvert titre="Nouvel accès">
            {move || adherent.get().map(|adherent| view! { <Nouveau adherent lecture ouvert/> })}
        </Dialogue>
    }
}

/// The identifier and the secret of a client, at the only time that the secret is shown.
#[component]
fn Montre(cree: ClientApiSecret, ouvert: RwSignal<bool>) -> impl IntoView {
    let identifiant = cree.client.client.id.to_string();
    view! {
        <SecretMontre
            id="client-secret"
            libelle="Secret (client_secret)"
            suite="Donnez-le à votre logiciel avec l’identifiant. Ne l’envoyez pas par courriel."
            secret=cree.secret.0
            ouvert
        >
            <ChampCopie
                id="client-identifiant"
                libelle="Identifiant (client_id)"
                quoi="l’identifiant"
                copie="L’identifiant est copié."
                texte=identifiant
            />
        </SecretMontre>
    }
}
