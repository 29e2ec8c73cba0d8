//! The undo window of a deposit.

use std::time::Duration;

use api_types::documents::Document;
use api_types::endpoint::AnnulerDepot;
use domain::document::Statut;
use leptos::callback::Callable as _;
use leptos::prelude::*;

use super::classeur::Classeur;
use super::phrases;
use crate::api::ecriture::ecrire;
use crate::api::http;
use crate::components::alerte::{AlerteEchec, oublier_la_coupure};
use crate::components::nom_fichier::NomFichier;
use crate::model::depot::Zone;
use crate::pages::dossier::atelier::{Atelier, viser_zone};
use crate::state::annonces::annoncer;
use crate::state::page::bientot;

/// Milliseconds after the window when a transmission is late.
const RETARD_MS: i64 = 10 * 60 * 1_000;
/// Milliseconds after the window when the list is read again, in case the live stream is silent.
const RELECTURES: [u64; 3] = [1_500, 6_000, 20_000];

/// Milliseconds until the end of the undo window, negative after it; `None` once the document is transmitted or ended.
fn fenetre(document: Signal<Document>, atelier: Atelier, classeur: Classeur) -> Option<i64> {
    let fin = document.with(|d| d.annulable_jusqu_a.filter(|_| d.statut == Statut::Recu))?;
    classeur.seconde.track();
    Some(atelier.reste_ms(fin))
}

/// Seconds left to take a document back; `None` outside the window.
pub fn reste(document: Signal<Document>) -> Memo<Option<u64>> {
    let (atelier, classeur) = (Atelier::courant(), Classeur::courant());
    Memo::new(move |_| {
        let ms = u64::try_from(fenetre(document, atelier, classeur)?).ok()?;
        (ms > 0).then(|| ms.div_ceil(1_000))
    })
}

/// Whether a transmission takes so long that its depositor is told.
pub fn tardive(document: Signal<Document>) -> Memo<bool> {
    let (atelier, classeur) = (Atelier::courant(), Classeur::courant());
    Memo::new(move |_| fenetre(document, atelier, classeur).is_some_and(|ms| ms < -RETARD_MS))
}

/// « Annuler le dépôt », as long as it is possible.
#[component]
pub fn Annulable(
    /// The document.
    document: Signal<Document>,
    /// Where it is.
    zone: Zone,
) -> impl IntoView {
    let classeur = Classeur::courant();
    let reste = reste(document);
    let ouverte = Memo::new(move |_| reste.with(Option::is_some) && classeur.peut_deposer.get());
    let id = document.with_untracked(|d| d.id);
    let nom = document.with_untracked(|d| d.nom.clone());
    let annuler = {
        let nom = nom.clone();
        ecrire(move |()| {
            let nom = nom.clone();
            async move {
                let fait = http::call(&AnnulerDepot { document_id: id }, &()).await;
                if fait.is_err() {
                    classeur.relire_apres(&fait);
                    return fait;
                }
                classeur.oter.try_run(id);
                annoncer(&format!("Dépôt de {nom} annulé. Rien n’a été transmis."));
                bientot(move || viser_zone(zone));
                Ok(())
            }
        })
    };
    relire_apres(document, reste);
    // What can no longer be tried again is not asked for.
    oublier_la_coupure(annuler.echec(), move || !ouverte.get());
    view! {
        <Show when=move || ouverte.get()>
            <div class="annulable">
                <span>
                    <NomFichier nom=nom.clone()/>
                    " déposé. "
                    <span class="meta">
                        {move || reste.get().map(|s| format!("Sera transmis dans {}.", phrases::duree(s)))}
                    </span>
                </span>
                <button
                    class="btn btn--petit"
                    type="button"
                    aria-disabled=move || annuler.en_cours().get().then_some("true")
                    on:click=move |_| annuler.envoyer(())
                >
                    "Annuler le dépôt"
                    <span class="vh">{format!(" de {nom}")}</span>
                </button>
            </div>
        </Show>
        <AlerteEchec echec=annuler.echec()/>
    }
}

/// Once the window is over, reads the list again until the document is transmitted.
fn relire_apres(document: Signal<Document>, reste: Memo<Option<u64>>) {
    let classeur = Classeur::courant();
    Effect::new(move |avant: Option<bool>| {
        let ouverte = reste.with(Option::is_some);
        let depuis_le_debut = avant.is_none() && document.with_untracked(|d| d.statut == Statut::Recu);
        if !ouverte && (avant == Some(true) || depuis_le_debut) {
            for ms in RELECTURES {
                set_timeout(
                    move || {
                        if document.try_with_untracked(|d| d.statut == Statut::Recu) == Some(true) {
                            classeur.relire.try_run(());
                        }
                    },
                    Duration::from_millis(ms),
                );
            }
        }
        ouverte
    });
}
