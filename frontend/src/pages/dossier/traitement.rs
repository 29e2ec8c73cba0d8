//! What arrived on a dossier and awaits the gestionnaire.

use api_types::endpoint::TraiterDossier;
use api_types::travail::Traitement;
use leptos::prelude::*;

use super::Ici;
use crate::api::ecriture::ecrire;
use crate::api::http;
use crate::components::alerte::AlerteEchec;
use crate::components::icone::{Glyphe, Icone};
use crate::format;
use crate::state::annonces::annoncer;
use crate::state::page::{CONTENU, bientot, viser};

/// « Marquer comme traité », while something awaits treatment.
#[component]
pub fn Traitement() -> impl IntoView {
    let ici = Ici::courant();
    let a_traiter = Memo::new(move |_| ici.dossier.with(|d| d.a_traiter));
    let traiter = ecrire(move |()| async move {
        // What arrives while the dossier is read still awaits.
        let query = Traitement { jusqu_a: ici.dossier.with_untracked(|d| d.a_traiter_jusqu_a) };
        http::call(&TraiterDossier { dossier_id: ici.id, query }, &()).await?;
        if !ici.lecture.donnee().is_disposed() {
            ici.lecture.modifier(|d| d.a_traiter = 0);
            ici.lecture.relire();
        }
        annoncer("Dossier marqué comme traité.");
        bientot(|| viser(CONTENU));
        Ok(())
    });
    view! {
        <Show when=move || { a_traiter.get() > 0 }>
            <div class="a-traiter">
                <Icone glyphe=Glyphe::Drapeau/>
                <p>
                    <b>{move || format::pluriel(a_traiter.get(), "élément arrivé", "éléments arrivés")}</b>
                    " à traiter"
                </p>
                <button
                    class="btn btn--petit droite"
                    type="button"
                    aria-disabled=move || traiter.en_cours().get().then_some("true")
                    on:click=move |_| traiter.envoyer(())
                >
                    <Icone glyphe=Glyphe::Check classe="icone--s"/>
                    "Marquer comme traité"
                </button>
            </div>
        </Show>
        <AlerteEchec echec=traiter.echec()/>
    }
}
