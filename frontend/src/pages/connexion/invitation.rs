//! An invitation to join a company, by the link received.

mod accepter;

use api_types::ProblemCode;
use api_types::endpoint::LireInvitation;
use api_types::membres::{InvitationRecue, JetonInvitation};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::accepter::{Acceptee, Offre};
use super::Retour;
use crate::api::echec::Echec;
use crate::api::ecriture::ecrire;
use crate::api::http;
use crate::components::alerte::{Alerte, AlerteEchec};
use crate::components::chargement::Os;
use crate::components::icone::Glyphe;
use crate::components::pastille::Ton;
use crate::state::page;

const TITRE: &str = "titre-invitation";

/// How far the invitation is.
#[derive(Debug, Clone, PartialEq)]
enum Etape {
    /// The address has no token.
    Incomplete,
    /// It is being read.
    Lecture,
    /// It can be accepted.
    Offre(InvitationRecue),
    /// Its link opens nothing: used, ended, replaced or withdrawn.
    Perdue,
    /// It was accepted.
    Acceptee(InvitationRecue),
}

/// Whether a failure says that the link opens nothing.
fn perdue(echec: &Echec) -> bool {
    echec.code() == Some(ProblemCode::LienInvalide)
}

/// The page of the link.
///
/// Reading the invitation does not use the link up: programs that follow the links of mails may do it.
#[component]
pub fn Invitation() -> impl IntoView {
    page::titre(|| "Votre invitation".into());
    let jeton = StoredValue::new(use_query_map().with_untracked(|q| q.get("jeton")).unwrap_or_default());
    let manque = jeton.with_value(String::is_empty);
    let etape = RwSignal::new(if manque { Etape::Incomplete } else { Etape::Lecture });
    let lecture = ecrire(move |()| {
        let corps = JetonInvitation { jeton: jeton.get_value() };
        async move {
            match http::call(&LireInvitation {}, &corps).await {
                Ok(recue) => etape.set(Etape::Offre(recue)),
                Err(echec) if perdue(&echec) => etape.set(Etape::Perdue),
                Err(echec) => return Err(echec),
            }
            Ok(())
        }
    });
    if !manque {
        lecture.envoyer(());
    }
    view! {
        <section class="vue pile" aria-labelledby=TITRE>
            <div>
                <Retour/>
                <h1 id=TITRE tabindex="-1">"Votre invitation"</h1>
            </div>
            {move || match etape.get() {
                Etape::Incomplete => view! {
                    <Alerte ton=Ton::Non glyphe=Glyphe::Alerte titre="Ce lien est incomplet">
                        <p>"Ouvrez le lien entier du courriel d’invitation."</p>
                    </Alerte>
                }
                    .into_any(),
                Etape::Lecture => view! {
                    <AlerteEchec echec=lecture.echec() reessayer=move |()| lecture.envoyer(())/>
                    <Show when=move || lecture.echec().with(Option::is_none)>
                        <div class="pile" aria-busy="true" aria-hidden="true"><Os lignes=4/></div>
                    </Show>
                }
                    .into_any(),
                Etape::Offre(recue) => view! { <Offre recue jeton etape/> }.into_any(),
                Etape::Perdue => view! {
                    <Alerte ton=Ton::Non glyphe=Glyphe::Alerte titre="Ce lien ne vaut plus">
                        <p>
                            "Il a déjà servi, il a expiré, ou l’invitation a été remplacée ou retirée. Demandez une autre invitation à l’administrateur de l’entreprise."
                        </p>
                    </Alerte>
                }
                    .into_any(),
                Etape::Acceptee(recue) => view! { <Acceptee recue/> }.into_any(),
            }}
        </section>
    }
}
