//! Asking to join an établissement, by its two numbers.

use api_types::endpoint::DemanderRattachement;
use api_types::membres::DemandeRattachement;
use leptos::prelude::*;

use crate::api::ecriture::{Fautes, ecrire};
use crate::api::http;
use crate::components::alerte::AlerteEchec;
use crate::components::bouton::Envoyer;
use crate::components::numeros::{ChampsNumeros, Numeros};
use crate::state::annonces::annoncer;
use crate::state::session::Session;

/// The form that asks to join an établissement.
#[component]
pub fn Rejoindre(
    /// The dialog it stands in.
    ouvert: RwSignal<bool>,
    /// Whether something was asked for; it becomes `true`.
    demande: RwSignal<bool>,
) -> impl IntoView {
    let session = Session::courante();
    let numeros = Numeros::vides();
    let fautes = Fautes::nouvelles();
    let envoi = ecrire(move |corps: DemandeRattachement| async move {
        demande.set(false);
        http::call(&DemanderRattachement {}, &corps).await?;
        ouvert.set(false);
        demande.set(true);
        let email = untrack(|| session.de_moi(|m| m.email.clone()));
        annoncer(&format!("Demande reçue. La suite arrive à votre adresse {email}."));
        session.rafraichir();
        Ok(())
    });
    fautes.suivre(envoi);
    let envoyer = move |e: web_sys::SubmitEvent| {
        e.prevent_default();
        if fautes.poser(numeros.juger()) {
            envoi.envoyer(DemandeRattachement { siret: numeros.siret(), numero_adherent: numeros.adherent() });
        }
    };
    view! {
        <form novalidate on:submit=envoyer>
            <div class="dialogue__corps">
                <AlerteEchec echec=envoi.echec()/>
                <p>
                    "Si l’entreprise a déjà un administrateur, vous lirez les dossiers de l’établissement sans rien y changer, tant qu’il ne vous donne pas d’autre rôle."
                </p>
                <ChampsNumeros numeros fautes/>
            </div>
            <div class="dialogue__pied">
                <button class="btn" type="button" on:click=move |_| ouvert.set(false)>"Annuler"</button>
                <Envoyer libelle="Envoyer la demande" en_envoi="Envoi…" en_cours=envoi.en_cours()/>
            </div>
        </form>
    }
}
