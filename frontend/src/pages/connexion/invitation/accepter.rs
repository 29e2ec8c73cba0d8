//! What an invitation offers, accepting it, and what comes next.

use api_types::comptes::MotDePasse;
use api_types::endpoint::AccepterInvitation;
use api_types::membres::{AcceptationInvitation, CompteInvite, InvitationRecue};
use api_types::problem::FieldError;
use leptos::prelude::*;

use super::{Etape, TITRE, perdue};
use crate::api::ecriture::{Ecriture, Fautes, ecrire, faute};
use crate::api::http;
use crate::components::alerte::{Alerte, AlerteEchec};
use crate::components::bouton::Envoyer;
use crate::components::champ::{ChampMotDePasse, ChampTexte};
use crate::components::force::Force;
use crate::components::icone::Glyphe;
use crate::components::pastille::Ton;
use crate::components::role::Roles;
use crate::format;
use crate::pages::connexion::nouveau::dire;
use crate::routes::Route;
use crate::state::annonces::annoncer;
use crate::state::page;
use crate::state::session::Session;

/// What is offered, and how to accept it.
#[component]
pub fn Offre(
    /// The invitation.
    recue: InvitationRecue,
    /// The token of its link.
    jeton: StoredValue<String>,
    /// How far it is.
    etape: RwSignal<Etape>,
) -> impl IntoView {
    let session = Session::courante();
    let InvitationRecue { adherent, email, rattachements, expire_le, compte } = recue.clone();
    let accepter = ecrire(move |compte: Option<CompteInvite>| {
        let corps = AcceptationInvitation { jeton: jeton.get_value(), compte };
        let recue = recue.clone();
        async move {
            match http::call(&AccepterInvitation {}, &corps).await {
                Ok(()) => {
                    session.rafraichir();
                    etape.set(Etape::Acceptee(recue));
                }
                Err(echec) if perdue(&echec) => etape.set(Etape::Perdue),
                Err(echec) => return Err(echec),
            }
            page::bientot(|| page::viser(TITRE));
            Ok(())
        }
    });
    view! {
        <p>
            "L’entreprise "<b>{adherent.clone()}</b>" vous invite à la rejoindre dans eGestion, avec l’adresse "
            <b>{email}</b>". Vous y aurez ces rôles\u{a0}:"
        </p>
        <Roles rattachements/>
        <p class="meta">"Le lien vaut jusqu’au "{format::instant(expire_le)}"."</p>
        <AlerteEchec echec=accepter.echec()/>
        {if compte {
            view! { <Rejoindre adherent accepter/> }.into_any()
        } else {
            view! { <CreerCompte accepter/> }.into_any()
        }}
    }
}

/// For an address that has an account: the token is enough.
#[component]
fn Rejoindre(adherent: String, accepter: Ecriture<Option<CompteInvite>>) -> impl IntoView {
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        accepter.envoyer(None);
    };
    view! {
        <form class="pile" on:submit=envoyer>
            <p>"Vous avez déjà un compte avec cette adresse\u{a0}: il vous ouvrira aussi cette entreprise."</p>
            <Envoyer
                libelle=format!("Rejoindre {adherent}")
                en_envoi="Un instant…"
                en_cours=accepter.en_cours()
                classe="btn--large"
            />
        </form>
    }
}

/// For an address that has none: the account that is made.
#[component]
fn CreerCompte(accepter: Ecriture<Option<CompteInvite>>) -> impl IntoView {
    let vide = || RwSignal::new(String::new());
    let (prenom, nom, mot_de_passe) = (vide(), vide(), vide());
    let fautes = Fautes::nouvelles();
    fautes.suivre(accepter);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let compte = CompteInvite {
            prenom: prenom.with_untracked(|p| p.trim().to_owned()),
            nom: nom.with_untracked(|n| n.trim().to_owned()),
            mot_de_passe: MotDePasse(mot_de_passe.get_untracked()),
        };
        if fautes.poser(juger(&compte)) {
            accepter.envoyer(Some(compte));
        }
    };
    view! {
        <form class="pile" novalidate on:submit=envoyer>
            <p class="meta">"Tous les champs sont obligatoires."</p>
            <ChampTexte
                id="prenom"
                libelle="Prénom"
                valeur=prenom
                remplissage="given-name"
                obligatoire=true
                erreur=fautes.de("/compte/prenom")
            />
            <ChampTexte
                id="nom"
                libelle="Nom"
                valeur=nom
                remplissage="family-name"
                obligatoire=true
                erreur=fautes.de("/compte/nom")
            />
            <ChampMotDePasse
                id="mot-de-passe"
                libelle="Mot de passe"
                aide="12\u{a0}caractères au moins. Pas de renouvellement imposé."
                valeur=mot_de_passe
                remplissage="new-password"
                erreur=fautes.de("/compte/mot_de_passe")
            >
                <Force mot_de_passe/>
            </ChampMotDePasse>
            <p class="aide">
                "Ce que devient ce que vous saisissez\u{a0}: "
                <a href=Route::DonneesPersonnelles.href() target="_blank">
                    "information sur les données personnelles"
                    <span class="vh">" (nouvel onglet)"</span>
                </a>
            </p>
            <Envoyer
                libelle="Créer mon compte et rejoindre"
                en_envoi="Création…"
                en_cours=accepter.en_cours()
                classe="btn--large"
            />
        </form>
    }
}

fn juger(compte: &CompteInvite) -> Vec<FieldError> {
    let vide = |valeur: &str, pointeur: &str, detail: &str| valeur.is_empty().then(|| faute(pointeur, detail));
    let longueur = domain::mot_de_passe::longueur(&compte.mot_de_passe.0).err();
    [
        vide(&compte.prenom, "/compte/prenom", "Saisissez votre prénom."),
        vide(&compte.nom, "/compte/nom", "Saisissez votre nom."),
        longueur.map(|e| faute("/compte/mot_de_passe", dire(e))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What comes next: eGestion for whoever is signed in with the address, signing in for anybody else.
#[component]
pub fn Acceptee(
    /// The invitation.
    recue: InvitationRecue,
) -> impl IntoView {
    let session = Session::courante();
    let InvitationRecue { adherent, email, compte, .. } = recue;
    let present = Memo::new(move |_| session.de_moi(|m| Some(m.email.clone())));
    let sortie = ecrire(move |()| async move {
        session.fermer().await?;
        annoncer("Vous êtes déconnecté.");
        page::bientot(|| page::viser(TITRE));
        Ok(())
    });
    let entree = if compte { "votre mot de passe habituel" } else { "le mot de passe que vous venez de choisir" };
    let suite = move || {
        match present.get() {
        Some(autre) if autre == email => view! {
            <a class="btn btn--plein btn--large" href=Route::Accueil.href()>"Ouvrir eGestion"</a>
        }
        .into_any(),
        Some(autre) => view! {
            <p>"Ce navigateur est connecté avec l’adresse "<b>{autre}</b>". Déconnectez-vous, puis entrez avec "<b>{email.clone()}</b>"."</p>
            <AlerteEchec echec=sortie.echec()/>
            <button class="btn btn--large" type="button" on:click=move |_| sortie.envoyer(())>"Se déconnecter"</button>
        }
        .into_any(),
        None => view! {
            <p>"Connectez-vous avec l’adresse "<b>{email.clone()}</b>" et "{entree}"."</p>
            <a class="btn btn--plein btn--large" href=Route::Connexion.href()>"Se connecter"</a>
        }
        .into_any(),
    }
    };
    view! {
        <Alerte ton=Ton::Ok glyphe=Glyphe::Check titre=format!("Vous avez rejoint {adherent}") apparait=true>
            <p>"Ses dossiers vous sont ouverts."</p>
        </Alerte>
        {suite}
    }
}
