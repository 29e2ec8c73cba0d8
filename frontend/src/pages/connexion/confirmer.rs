//! Confirming the address of a new account, by the link received.

use api_types::ProblemCode;
use api_types::comptes::Confirmation;
use api_types::endpoint::ConfirmerCompte;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::Retour;
use crate::api::echec::Echec;
use crate::api::ecriture::ecrire;
use crate::api::http;
use crate::components::alerte::{Alerte, AlerteEchec};
use crate::components::bouton::Envoyer;
use crate::components::icone::Glyphe;
use crate::components::pastille::Ton;
use crate::routes::Route;
use crate::state::page;

/// The page of the confirmation link.
///
/// The person presses a button: programs that follow the links of mails must not use the link up.
#[component]
pub fn Confirmer() -> impl IntoView {
    page::titre(|| "Confirmer mon adresse".into());
    let jeton = use_query_map().with_untracked(|q| q.get("jeton")).unwrap_or_default();
    let manque = jeton.is_empty();
    let confirme = RwSignal::new(false);
    let confirmation = ecrire(move |()| {
        let corps = Confirmation { jeton: jeton.clone() };
        async move {
            http::call(&ConfirmerCompte {}, &corps).await?;
            confirme.set(true);
            page::bientot(|| page::viser("titre-confirmer"));
            Ok(())
        }
    });
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        confirmation.envoyer(());
    };
    view! {
        <section class="vue pile" aria-labelledby="titre-confirmer">
            <div>
                <Retour/>
                <h1 id="titre-confirmer" tabindex="-1">"Confirmer mon adresse"</h1>
            </div>
            {move || {
                if confirme.get() {
                    view! {
                        <Alerte ton=Ton::Ok glyphe=Glyphe::Check titre="Votre compte est actif" apparait=true>
                            <p>"Connectez-vous avec l’adresse et le mot de passe choisis."</p>
                        </Alerte>
                        <a class="btn btn--plein btn--large" href=Route::Connexion.href()>"Se connecter"</a>
                    }
                        .into_any()
                } else if manque {
                    view! {
                        <Alerte ton=Ton::Non glyphe=Glyphe::Alerte titre="Ce lien est incomplet">
                            <p>"Ouvrez le lien entier du courriel de confirmation, ou créez le compte de nouveau."</p>
                        </Alerte>
                    }
                        .into_any()
                } else {
                    view! {
                        <AlerteEchec echec=confirmation.echec()/>
                        {move || {
                            perime(confirmation.echec().get().as_ref())
                                .then(|| {
                                    view! {
                                        <p>
                                            "Votre compte est peut-être déjà actif\u{a0}: "
                                            <a href=Route::Connexion.href()>"connectez-vous"</a> ". Sinon, "
                                            <a href=Route::CreerCompte.href()>"créez-le de nouveau"</a>
                                            "\u{a0}: un nouveau lien part aussitôt."
                                        </p>
                                    }
                                })
                        }}
                        <form class="pile" on:submit=envoyer>
                            <p>"Confirmez que cette adresse est la vôtre\u{a0}: votre compte devient actif."</p>
                            <Envoyer
                                libelle="Activer mon compte"
                                en_envoi="Activation…"
                                en_cours=confirmation.en_cours()
                                classe="btn--large"
                            />
                        </form>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

fn perime(echec: Option<&Echec>) -> bool {
    echec.and_then(Echec::code) == Some(ProblemCode::LienInvalide)
}
