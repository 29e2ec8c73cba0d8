//! Changing what a member may do.

use api_types::endpoint::ReglerMembre;
use api_types::membres::{DroitMembre, EtablissementGere, Membre, Membres, ReglageMembre};
use leptos::prelude::*;
use uuid::Uuid;

use super::TITRE;
use super::droits::ChoixDroits;
use super::liste::{bouton, nom};
use crate::api::ecriture::{Fautes, ecrire};
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::components::alerte::{Alerte, AlerteEchec};
use crate::components::bouton::Envoyer;
use crate::components::icone::Glyphe;
use crate::components::pastille::Ton;
use crate::model::droits::actuels;
use crate::model::entreprises::geres;
use crate::state::annonces::annoncer;
use crate::state::page;
use crate::state::session::Session;

/// The form of the rights of a member.
#[component]
pub fn Modifier(
    /// The company.
    adherent: Uuid,
    /// The member as it is.
    membre: Membre,
    /// The établissements whose members the reader manages.
    lieux: Vec<EtablissementGere>,
    /// What shows the members.
    lecture: Lecture<Membres>,
    /// The dialog it stands in.
    ouvert: RwSignal<bool>,
) -> impl IntoView {
    let session = Session::courante();
    let (moi, nom) = (membre.moi, nom(&membre));
    let droits = RwSignal::new(actuels(&membre.rattachements));
    let aucun = Memo::new(move |_| droits.with(Vec::is_empty));
    let perte = StoredValue::new(perte(moi, &nom));
    let fautes = Fautes::nouvelles();
    let envoi = ecrire(move |rattachements: Vec<DroitMembre>| {
        let operation = ReglerMembre { adherent_id: adherent, membre_id: membre.id };
        let (etag, nom) = (membre.etag.clone(), nom.clone());
        async move {
            let regle = http::changer(&operation, &etag, &ReglageMembre { rattachements }).await?;
            ouvert.set(false);
            annoncer(&format!("Les droits de {nom} sont changés."));
            let bouton = bouton(regle.id);
            lecture.modifier(|membres| remplacer(membres, regle));
            if moi {
                // One's own rights decide who is listed, and whether this page is still open.
                session.relire().await;
                if untrack(|| session.de_moi(|m| !geres(m, Some(adherent)).is_empty())) {
                    lecture.relire();
                }
            }
            page::bientot(move || page::viser_premier(&[&bouton, TITRE, page::CONTENU]));
            Ok(())
        }
    });
    fautes.suivre(envoi);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        fautes.poser(Vec::new());
        envoi.envoyer(droits.get_untracked());
    };
    view! {
        <form novalidate on:submit=envoyer>
            <div class="dialogue__corps">
                <AlerteEchec echec=envoi.echec()/>
                {moi
                    .then(|| {
                        view! {
                            <Alerte ton=Ton::Signal glyphe=Glyphe::Alerte titre="Ce sont vos propres droits">
                                <p>"Sans le rôle d’administrateur, cette page ne vous est plus ouverte."</p>
                            </Alerte>
                        }
                    })}
                <ChoixDroits lieux droits erreur=fautes.de("/rattachements")/>
                <Show when=move || aucun.get()>
                    <Alerte ton=Ton::Signal glyphe=Glyphe::Alerte titre="Plus aucun accès" apparait=true>
                        <p>{perte.get_value()}</p>
                    </Alerte>
                </Show>
            </div>
            <div class="dialogue__pied">
                <button class="btn" type="button" on:click=move |_| ouvert.set(false)>"Annuler"</button>
                <Envoyer libelle="Enregistrer" en_envoi="Enregistrement…" en_cours=envoi.en_cours()/>
            </div>
        </form>
    }
}

/// What follows from leaving somebody no role.
fn perte(moi: bool, nom: &str) -> String {
    let suite = "plus rien de l’entreprise dans les établissements ci-dessus, dès le clic suivant.";
    if moi { format!("Vous ne verrez {suite}") } else { format!("{nom} ne verra {suite}") }
}

/// Puts a member as it is now in the place of what it was; one without a role is no longer listed.
fn remplacer(membres: &mut Membres, regle: Membre) {
    if regle.rattachements.is_empty() {
        membres.elements.retain(|m| m.id != regle.id);
    } else if let Some(place) = membres.elements.iter_mut().find(|m| m.id == regle.id) {
        *place = regle;
    }
}
