//! Asking for an account.

mod saisie;

use api_types::comptes::CreationCompte;
use api_types::endpoint::CreerCompte;
use leptos::prelude::*;

use self::saisie::Saisie;
use super::Retour;
use crate::api::ecriture::{Fautes, ecrire};
use crate::api::http;
use crate::components::alerte::{Alerte, AlerteEchec};
use crate::components::bouton::Envoyer;
use crate::components::champ::{ChampMotDePasse, ChampTexte};
use crate::components::force::Force;
use crate::components::icone::{Glyphe, Icone};
use crate::components::numeros::ChampsNumeros;
use crate::components::pastille::Ton;
use crate::routes::Route;
use crate::state::page;

/// The page that asks for an account.
#[component]
pub fn Creer() -> impl IntoView {
    page::titre(|| "Créer un compte".into());
    let cree = RwSignal::new(None::<String>);
    view! {
        <section class="vue pile" aria-labelledby="titre-creer">
            <div>
                <Retour/>
                <h1 id="titre-creer" tabindex="-1">"Créer un compte"</h1>
            </div>
            {move || match cree.get() {
                Some(email) => view! { <Cree email/> }.into_any(),
                None => view! { <Formulaire cree/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Cree(email: String) -> impl IntoView {
    view! {
        <Alerte ton=Ton::Ok glyphe=Glyphe::Mail titre="Un courriel vous attend" apparait=true>
            <p>
                "Si les numéros correspondent, un lien de confirmation part à "<b>{email}</b>
                ". Ouvrez-le pour activer le compte. Pensez aux indésirables."
            </p>
        </Alerte>
    }
}

#[component]
fn Formulaire(cree: RwSignal<Option<String>>) -> impl IntoView {
    let saisie = Saisie::vide();
    let fautes = Fautes::nouvelles();
    let creation = ecrire(move |corps: CreationCompte| async move {
        http::call(&CreerCompte {}, &corps).await?;
        cree.set(Some(corps.email));
        page::bientot(|| page::viser("titre-creer"));
        Ok(())
    });
    fautes.suivre(creation);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        if fautes.poser(saisie.juger()) {
            creation.envoyer(saisie.corps());
        }
    };
    view! {
        <p class="meta">"Tous les champs sont obligatoires."</p>
        <AlerteEchec echec=creation.echec()/>
        <form class="pile" novalidate on:submit=envoyer>
            <ChampsNumeros numeros=saisie.numeros fautes/>
            <Personne saisie fautes/>
            <Information lu=saisie.lu fautes/>
            <Envoyer libelle="Créer mon compte" en_envoi="Création…" en_cours=creation.en_cours() classe="btn--large"/>
        </form>
    }
}

#[component]
fn Personne(saisie: Saisie, fautes: Fautes) -> impl IntoView {
    view! {
        <ChampTexte
            id="prenom"
            libelle="Prénom"
            valeur=saisie.prenom
            remplissage="given-name"
            obligatoire=true
            erreur=fautes.de("/prenom")
        />
        <ChampTexte
            id="nom"
            libelle="Nom"
            valeur=saisie.nom
            remplissage="family-name"
            obligatoire=true
            erreur=fautes.de("/nom")
        />
        <ChampTexte
            id="email"
            libelle="Adresse électronique professionnelle"
            valeur=saisie.email
            nature="email"
            remplissage="email"
            obligatoire=true
            erreur=fautes.de("/email")
        />
        <ChampMotDePasse
            id="mot-de-passe"
            libelle="Mot de passe"
            aide="12\u{a0}caractères au moins. Pas de renouvellement imposé."
            valeur=saisie.mot_de_passe
            remplissage="new-password"
            erreur=fautes.de("/mot_de_passe")
        >
            <Force mot_de_passe=saisie.mot_de_passe/>
        </ChampMotDePasse>
    }
}

#[component]
fn Information(lu: RwSignal<bool>, fautes: Fautes) -> impl IntoView {
    let erreur = fautes.de("/information");
    view! {
        <div class="champ" class:champ--erreur=move || erreur.with(Option::is_some)>
            {move || {
                erreur
                    .get()
                    .map(|erreur| {
                        view! {
                            <p class="champ__erreur" id="information-erreur">
                                <Icone glyphe=Glyphe::Alerte classe="icone--s"/>
                                <span><span class="vh">"Erreur\u{a0}: "</span>{erreur}</span>
                            </p>
                        }
                    })
            }}
            <label class="case">
                <input
                    type="checkbox"
                    required=true
                    bind:checked=lu
                    aria-invalid=move || erreur.with(Option::is_some).then_some("true")
                    aria-describedby=move || erreur.with(Option::is_some).then_some("information-erreur")
                />
                <span>
                    "J’ai lu l’"
                    <a href=Route::DonneesPersonnelles.href() target="_blank">
                        "information sur les données personnelles"
                        <span class="vh">" (nouvel onglet)"</span>
                    </a>
                </span>
            </label>
        </div>
    }
}
