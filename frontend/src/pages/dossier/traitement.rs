//! What arrived on a dossier and awaits the gestionnaire.

use api_types::endpoint::TraiterDossier;
use api_types::travail::Traitement;
use leptos::prelude::*;

use super::Ici;
use super::parcours::{Parcours, Suite};
use crate::api::ecriture::ecrire;
use crate::api::http;
use crate::components::alerte::{AlerteEchec, oublier_la_coupure};
use crate::components::icone::{Glyphe, Icone};
use crate::format;
use crate::pages::gestion;
use crate::routes::Route;
use crate::state::annonces::annoncer;
use crate::state::origine;
use crate::state::page::{CONTENU, bientot, viser_premier};

/// The identifier of the link that leads on, once the dossier is treated.
const SUITE: &str = "traite-suite";
const RIEN: &str = " Rien d’autre à traiter.";

/// « Marquer comme traité », while something awaits treatment; then what follows in the worklist.
#[component]
pub fn Traitement() -> impl IntoView {
    let ici = Ici::courant();
    let parcours = Parcours::courant();
    let a_traiter = Memo::new(move |_| ici.dossier.with(|d| d.a_traiter));
    let traite = RwSignal::new(false);
    let traiter = ecrire(move |()| async move {
        // What arrives while the dossier is read still awaits.
        let query = Traitement { jusqu_a: ici.dossier.with_untracked(|d| d.a_traiter_jusqu_a) };
        http::call(&TraiterDossier { dossier_id: ici.id, query }, &()).await?;
        origine::dans_la_file(|file| gestion::ligne::retirer(file, ici.id));
        // Unless another dossier was opened meanwhile.
        let mut reste = "";
        if !traite.is_disposed() {
            traite.set(true);
            ici.lecture.modifier(|d| d.a_traiter = 0);
            ici.lecture.relire();
            bientot(|| viser_premier(&[SUITE, CONTENU]));
            if parcours.fini() {
                reste = RIEN;
            }
        }
        annoncer(&format!("Dossier marqué comme traité.{reste}"));
        Ok(())
    });
    // What is treated already is not asked for again.
    oublier_la_coupure(traiter.echec(), move || a_traiter.get() == 0);
    view! {
        // It stays when something else arrives: its link may have the focus.
        <Show when=move || traite.get()>
            <Apres a_traiter/>
        </Show>
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

/// What follows in the worklist, for whoever goes along it.
#[component]
fn Apres(a_traiter: Memo<i64>) -> impl IntoView {
    let parcours = Parcours::courant();
    move || {
        let (mot, href, lien) = match parcours.suite() {
            Suite::Inconnue => return None,
            Suite::Dossier(s) => ("", s.href, format!("Ouvrir le dossier suivant, {}", s.numero)),
            Suite::Rien => (RIEN, Route::Gestion.href(), "Revenir à ma file de travail".to_owned()),
        };
        Some(view! {
            <div class="a-traiter a-traiter--fait">
                <Show when=move || a_traiter.get() == 0>
                    <Icone glyphe=Glyphe::Check/>
                    <p><b>"Dossier traité."</b>{mot}</p>
                </Show>
                <a class="btn btn--petit droite" id=SUITE href=href>{lien}</a>
            </div>
        })
    }
}
