//! A new password, by the link received.

use api_types::comptes::{MotDePasse, Reinitialisation};
use api_types::endpoint::ReinitialiserMotDePasse;
use domain::mot_de_passe::MotDePasseRefuse;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::Retour;
use crate::api::ecriture::{Fautes, ecrire, faute};
use crate::api::http;
use crate::components::alerte::{Alerte, AlerteEchec};
use crate::components::bouton::Envoyer;
use crate::components::champ::ChampMotDePasse;
use crate::components::force::Force;
use crate::components::icone::Glyphe;
use crate::components::pastille::Ton;
use crate::routes::Route;
use crate::state::page;

/// The page of the link.
#[component]
pub fn Nouveau() -> impl IntoView {
    page::titre(|| "Nouveau mot de passe".into());
    let jeton = use_query_map().with_untracked(|q| q.get("jeton")).unwrap_or_default();
    let change = RwSignal::new(false);
    view! {
        <section class="vue pile" aria-labelledby="titre-nouveau">
            <div>
                <Retour/>
                <h1 id="titre-nouveau" tabindex="-1">"Nouveau mot de passe"</h1>
            </div>
            {move || match (change.get(), jeton.is_empty()) {
                (true, _) => view! {
                    <Alerte ton=Ton::Ok glyphe=Glyphe::Check titre="Votre mot de passe est changé" apparait=true>
                        <p>"Vos connexions sont terminées. Connectez-vous avec le nouveau mot de passe."</p>
                    </Alerte>
                    <a class="btn btn--plein btn--large" href=Route::Connexion.href()>"Se connecter"</a>
                }
                    .into_any(),
                (false, true) => view! {
                    <Alerte ton=Ton::Non glyphe=Glyphe::Alerte titre="Ce lien est incomplet">
                        <p>
                            "Ouvrez le lien entier du courriel, ou "
                            <a href=Route::MotDePasseOubli.href()>"demandez un nouveau lien"</a>"."
                        </p>
                    </Alerte>
                }
                    .into_any(),
                (false, false) => view! { <Formulaire jeton=jeton.clone() change/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Formulaire(jeton: String, change: RwSignal<bool>) -> impl IntoView {
    let mot_de_passe = RwSignal::new(String::new());
    let fautes = Fautes::nouvelles();
    let envoi = ecrire(move |corps: Reinitialisation| async move {
        http::call(&ReinitialiserMotDePasse {}, &corps).await?;
        change.set(true);
        page::bientot(|| page::viser("titre-nouveau"));
        Ok(())
    });
    fautes.suivre(envoi);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let texte = mot_de_passe.get_untracked();
        let trop = domain::mot_de_passe::longueur(&texte).err().map(|e| faute("/mot_de_passe", dire(e)));
        if fautes.poser(trop.into_iter().collect()) {
            envoi.envoyer(Reinitialisation { jeton: jeton.clone(), mot_de_passe: MotDePasse(texte) });
        }
    };
    view! {
        <AlerteEchec echec=envoi.echec()/>
        <form class="pile" novalidate on:submit=envoyer>
            <ChampMotDePasse
                id="mot-de-passe"
                libelle="Nouveau mot de passe"
                aide="12\u{a0}caractères au moins. Pas de renouvellement imposé."
                valeur=mot_de_passe
                remplissage="new-password"
                erreur=fautes.de("/mot_de_passe")
            >
                <Force mot_de_passe/>
            </ChampMotDePasse>
            <Envoyer libelle="Changer de mot de passe" en_envoi="Changement…" en_cours=envoi.en_cours() classe="btn--large"/>
        </form>
        <p class="aide">
            "Le lien ne s’ouvre plus\u{202f}? "<a href=Route::MotDePasseOubli.href()>"Demandez-en un nouveau"</a>"."
        </p>
    }
}

/// Why a password is refused, and what to do.
pub fn dire(refus: MotDePasseRefuse) -> &'static str {
    match refus {
        MotDePasseRefuse::TropCourt => {
            "Le mot de passe compte au moins 12\u{a0}caractères. Une phrase de quatre mots suffit, les espaces comptent."
        }
        MotDePasseRefuse::TropLong => "Le mot de passe compte au plus 256\u{a0}caractères. Raccourcissez-le.",
        MotDePasseRefuse::Devinable => {
            "Ce mot de passe se devine trop facilement. Une phrase de quatre mots suffit, les espaces comptent."
        }
    }
}
