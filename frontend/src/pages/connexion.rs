//! Signing in.

pub mod confirmer;
pub mod creer;
pub mod invitation;
pub mod nouveau;
pub mod oubli;

use api_types::comptes::{Connexion as Identifiants, Moi, MotDePasse};
use api_types::endpoint::OuvrirSession;
use api_types::problem::FieldError;
use domain::acteur::Cote;
use domain::courriel::Email;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::api::ecriture::{Fautes, ecrire, faute};
use crate::api::http;
use crate::components::alerte::{Alerte, AlerteEchec};
use crate::components::bouton::Envoyer;
use crate::components::champ::{ChampMotDePasse, ChampTexte};
use crate::components::icone::{Glyphe, Icone};
use crate::parties::Parties;
use crate::routes::{Route, suite_sure};
use crate::state::page;
use crate::state::session::{Phase, Session};

/// The address typed to come in: from one page of the threshold to another, and no longer than them.
#[derive(Clone, Copy)]
pub struct Adresse(RwSignal<String>);

impl Adresse {
    /// Nothing typed yet.
    pub fn vide() -> Self {
        Self(RwSignal::new(String::new()))
    }

    /// What is typed.
    fn courante() -> RwSignal<String> {
        expect_context::<Self>().0
    }
}

/// The sign-in page. Whoever is signed in already goes on to where they wanted to go.
#[component]
pub fn Connexion() -> impl IntoView {
    page::titre(|| "Se connecter".into());
    let session = Session::courante();
    let suite = use_query_map().with_untracked(|q| q.get("suite"));
    let aller = use_navigate();
    Effect::new(move |_| {
        if session.phase().get() == Phase::Ouverte
            && let Some(moi) = session.moi()
        {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            aller(&apres(suite.as_deref(), &moi), options);
        }
    });
    view! {
        <section class="vue pile" aria-labelledby="titre-connexion">
            <h1 id="titre-connexion">"Se connecter"</h1>
            <Show when=move || session.perdue()>
                <Alerte titre="Votre session a pris fin" apparait=true>
                    <p>"Connectez-vous de nouveau\u{a0}: vous reviendrez à la page où vous étiez."</p>
                </Alerte>
            </Show>
            <Formulaire/>
        </section>
        <section class="seuil__autre pile-serree">
            <p><b>"Pas encore de compte\u{202f}?"</b>" Il vous faut vos numéros de SIRET et d’adhérent."</p>
            <a class="btn btn--large" href=Route::CreerCompte.href()>"Créer un compte"</a>
        </section>
    }
}

#[component]
fn Formulaire() -> impl IntoView {
    let session = Session::courante();
    let (email, mot_de_passe) = (Adresse::courante(), RwSignal::new(String::new()));
    // Whoever signs in will need what is behind: it comes while the form is filled.
    let parties = Parties::courantes();
    let fautes = Fautes::nouvelles();
    let connexion = ecrire(move |corps: Identifiants| async move {
        session.ouvrir(http::call(&OuvrirSession {}, &corps).await?);
        Ok(())
    });
    fautes.suivre(connexion);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let (email, mot_de_passe) = (email.get_untracked(), mot_de_passe.get_untracked());
        if fautes.poser(juger(&email, &mot_de_passe)) {
            connexion.envoyer(Identifiants { email, mot_de_passe: MotDePasse(mot_de_passe) });
        }
    };
    view! {
        <AlerteEchec echec=connexion.echec()/>
        <form class="pile" novalidate on:submit=envoyer on:input=move |_| parties.chercher()>
            <ChampTexte
                id="email"
                libelle="Adresse électronique"
                valeur=email
                nature="email"
                remplissage="username"
                obligatoire=true
                erreur=fautes.de("/email")
            />
            <ChampMotDePasse
                id="mot-de-passe"
                libelle="Mot de passe"
                valeur=mot_de_passe
                erreur=fautes.de("/mot_de_passe")
            />
            <a class="lien" href=Route::MotDePasseOubli.href()>"Mot de passe oublié\u{202f}?"</a>
            <Envoyer libelle="Se connecter" en_envoi="Connexion…" en_cours=connexion.en_cours() classe="btn--large"/>
        </form>
    }
}

fn juger(email: &str, mot_de_passe: &str) -> Vec<FieldError> {
    let mut fautes: Vec<FieldError> = faute_email(email).into_iter().collect();
    if mot_de_passe.is_empty() {
        fautes.push(faute("/mot_de_passe", "Saisissez votre mot de passe."));
    }
    fautes
}

/// What is wrong with an address, and how to put it right.
pub fn faute_email(email: &str) -> Option<FieldError> {
    let dire = |detail: &str| Some(faute("/email", detail));
    match email.trim() {
        "" => dire("Saisissez votre adresse, par exemple prenom.nom@entreprise.fr."),
        e if Email::parse(e).is_ok() => None,
        e if !e.contains('@') => dire("Il manque le signe «\u{a0}@\u{a0}»."),
        e if e.rsplit('@').next().is_some_and(|d| !d.contains('.')) => {
            dire("Il manque la fin de l’adresse, par exemple «\u{a0}.fr\u{a0}».")
        }
        _ => dire("Cette adresse a un caractère en trop ou une partie en moins. Relisez-la."),
    }
}

/// Where signing in leads.
fn apres(suite: Option<&str>, moi: &Moi) -> String {
    suite.and_then(suite_sure).map_or_else(
        || match moi.cote {
            Cote::Membre => Route::Portail.href(),
            cote => Route::depart(cote).href(),
        },
        str::to_owned,
    )
}

/// The way back to sign-in, above the title of the other pages.
#[component]
fn Retour() -> impl IntoView {
    view! {
        <a class="meta lien" href=Route::Connexion.href()>
            <Icone glyphe=Glyphe::Retour classe="icone--s"/>
            "Se connecter"
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::faute_email;

    #[test]
    fn what_is_missing_in_an_address_is_named() {
        let dit = |email: &str| faute_email(email).map(|f| f.detail).unwrap_or_default();
        assert_eq!(dit("n.lemercier@bati-rives.example"), "");
        assert!(dit(" ").contains("par exemple"));
        assert!(dit("n.lemercier").contains('@'));
        assert!(dit("n.lemercier@bati-rives").contains("fin de l’adresse"));
        assert!(dit("n l@b.fr").contains("Relisez"));
    }
}
