//! Inviting somebody.

use api_types::endpoint::InviterMembre;
use api_types::membres::{EtablissementGere, Invitations, NouvelleInvitation};
use api_types::problem::FieldError;
use leptos::prelude::*;
use uuid::Uuid;

use super::droits::ChoixDroits;
use super::invitations::placer;
use crate::api::ecriture::{Fautes, ecrire, faute};
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::champ::ChampTexte;
use crate::model::droits::proposes;
use crate::pages::connexion::faute_email;
use crate::state::annonces::annoncer;

/// The form of an invitation.
#[component]
pub fn Inviter(
    /// The company.
    adherent: Uuid,
    /// The établissements whose members the reader manages.
    lieux: Vec<EtablissementGere>,
    /// What shows the invitations.
    lecture: Lecture<Invitations>,
    /// The dialog it stands in.
    ouvert: RwSignal<bool>,
) -> impl IntoView {
    let email = RwSignal::new(String::new());
    let droits = RwSignal::new(proposes(&lieux));
    let fautes = Fautes::nouvelles();
    let envoi = ecrire(move |corps: NouvelleInvitation| async move {
        let envoyee = http::call(&InviterMembre { adherent_id: adherent }, &corps).await?;
        ouvert.set(false);
        annoncer(&format!("L’invitation est envoyée à {}.", envoyee.email));
        lecture.modifier(|i| placer(i, envoyee));
        Ok(())
    });
    fautes.suivre(envoi);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        let corps = NouvelleInvitation {
            email: email.with_untracked(|e| e.trim().to_owned()),
            rattachements: droits.get_untracked(),
        };
        if fautes.poser(juger(&corps)) {
            envoi.envoyer(corps);
        }
    };
    view! {
        <form novalidate on:submit=envoyer>
            <div class="dialogue__corps">
                <AlerteEchec echec=envoi.echec()/>
                <ChampTexte
                    id="invitation-email"
                    libelle="Adresse électronique professionnelle de la personne"
                    aide="Elle reçoit un lien valable 7\u{a0}jours."
                    valeur=email
                    nature="email"
                    obligatoire=true
                    erreur=fautes.de("/email")
                />
                <ChoixDroits lieux droits erreur=fautes.de("/rattachements")/>
            </div>
            <div class="dialogue__pied">
                <button class="btn" type="button" on:click=move |_| ouvert.set(false)>"Annuler"</button>
                <Envoyer libelle="Envoyer l’invitation" en_envoi="Envoi…" en_cours=envoi.en_cours()/>
            </div>
        </form>
    }
}

fn juger(corps: &NouvelleInvitation) -> Vec<FieldError> {
    let email = if corps.email.is_empty() {
        Some(faute("/email", "Saisissez l’adresse de la personne, par exemple prenom.nom@entreprise.fr."))
    } else {
        faute_email(&corps.email)
    };
    let aucun = corps
        .rattachements
        .is_empty()
        .then(|| faute("/rattachements", "Donnez un rôle dans un établissement au moins."));
    email.into_iter().chain(aucun).collect()
}
