//! A forgotten password.

use api_types::comptes::OubliMotDePasse;
use api_types::endpoint::OublierMotDePasse;
use leptos::prelude::*;

use super::{Adresse, Retour, faute_email};
use crate::api::ecriture::{Fautes, ecrire};
use crate::api::http;
use crate::components::alerte::{Alerte, AlerteEchec};
use crate::components::bouton::Envoyer;
use crate::components::champ::ChampTexte;
use crate::components::icone::Glyphe;
use crate::components::pastille::Ton;
use crate::state::page;

/// The page that asks for a link.
#[component]
pub fn Oubli() -> impl IntoView {
    page::titre(|| "Mot de passe oublié".into());
    let email = Adresse::courante();
    let envoye = RwSignal::new(false);
    let fautes = Fautes::nouvelles();
    let demande = ecrire(move |corps: OubliMotDePasse| async move {
        envoye.set(false);
        http::call(&OublierMotDePasse {}, &corps).await?;
        envoye.set(true);
        Ok(())
    });
    fautes.suivre(demande);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let email = email.with_untracked(|e| e.trim().to_owned());
        if fautes.poser(faute_email(&email).into_iter().collect()) {
            demande.envoyer(OubliMotDePasse { email });
        }
    };
    view! {
        <section class="vue pile" aria-labelledby="titre-oubli">
            <div>
                <Retour/>
                <h1 id="titre-oubli">"Mot de passe oublié"</h1>
            </div>
            <AlerteEchec echec=demande.echec()/>
            <form class="pile" novalidate on:submit=envoyer>
                <ChampTexte
                    id="email"
                    libelle="Adresse électronique de votre compte"
                    aide="Nous y envoyons un lien valable une heure."
                    valeur=email
                    nature="email"
                    remplissage="username"
                    obligatoire=true
                    erreur=fautes.de("/email")
                />
                <Envoyer libelle="Envoyer le lien" en_envoi="Envoi…" en_cours=demande.en_cours() classe="btn--large"/>
            </form>
            <Show when=move || envoye.get()>
                <Alerte ton=Ton::Ok glyphe=Glyphe::Mail titre="Si un compte existe, le courriel est parti" apparait=true>
                    <p>"Pensez aux indésirables. Sans courriel dans quelques minutes, demandez un nouveau lien."</p>
                </Alerte>
            </Show>
            <p class="aide">"Vous n’avez plus accès à cette adresse\u{202f}? Appelez notre assistance."</p>
        </section>
    }
}
