//! « Dans quelle catégorie ? »: files dropped outside a zone, or pasted.

use api_types::documents::{Piece, Pieces};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element};

use super::fichiers::{Choisi, Lache, colles, contient_fichiers};
use super::mode::{Mode, a_fournir, mode, regle, regle_de_remplacement};
use super::phrases;
use crate::components::dialogue::Dialogue;
use crate::components::icone::{Glyphe, Icone};
use crate::format;
use crate::model::depot::{Destination, Lieu, Zone};
use crate::pages::dossier::Ici;
use crate::pages::dossier::atelier::{Atelier, viser_zone};
use crate::state::page::bientot;

/// Listens to the whole page, and asks for the category of what arrives.
#[component]
pub fn ChoixCategorie(
    /// The categories.
    pieces: Signal<Pieces>,
) -> impl IntoView {
    let ouvert = RwSignal::new(false);
    let lot = RwSignal::new_local(Vec::<Choisi>::new());
    let survol = RwSignal::new(false);
    let demander = move |choisis: Vec<Choisi>| {
        if !choisis.is_empty() {
            lot.set(choisis);
            ouvert.set(true);
        }
    };
    ecouter_la_page(pieces, survol, demander);
    view! {
        <Show when=move || survol.get()>
            <p class="indice-depot" aria-hidden="true">
                <Icone glyphe=Glyphe::Nuage/>
                "Relâchez sur une zone, ou ailleurs pour choisir la catégorie"
            </p>
        </Show>
        <Dialogue id="choix" ouvert titre="Dans quelle catégorie\u{202f}?">
            <Cibles pieces lot ouvert/>
        </Dialogue>
    }
}

fn ecouter_la_page(pieces: Signal<Pieces>, survol: RwSignal<bool>, demander: impl Fn(Vec<Choisi>) + Copy + 'static) {
    let permis = move || pieces.with_untracked(|p| p.peut_deposer);
    let fichiers = |e: &DragEvent| e.data_transfer().filter(contient_fichiers);
    let ecoutes = [
        window_event_listener(ev::dragover, move |e| {
            if let Some(donnees) = fichiers(&e) {
                e.prevent_default();
                let ailleurs = permis() && !sur_zone(&e);
                if ailleurs {
                    donnees.set_drop_effect("copy");
                }
                if survol.get_untracked() != ailleurs {
                    survol.set(ailleurs);
                }
            }
        }),
        window_event_listener(ev::dragleave, move |e| {
            if e.related_target().is_none() {
                survol.set(false);
            }
        }),
        window_event_listener(ev::drop, move |e| {
            survol.set(false);
            if let Some(donnees) = fichiers(&e).filter(|_| permis() && !sur_zone(&e)) {
                e.prevent_default();
                let lache = Lache::prendre(&donnees);
                spawn_local(async move { demander(lache.fichiers().await) });
            }
        }),
        window_event_listener(ev::paste, move |e| {
            let occupe = dans(&e, "input, textarea, select, [contenteditable]") || dialogue_ouvert();
            if let Some(donnees) = e.clipboard_data().filter(|d| permis() && !occupe && contient_fichiers(d)) {
                e.prevent_default();
                demander(colles(&donnees));
            }
        }),
    ];
    on_cleanup(move || ecoutes.into_iter().for_each(WindowListenerHandle::remove));
}

/// Whether a zone that takes files is under the event: it deals with it.
fn sur_zone(e: &web_sys::Event) -> bool {
    dans(e, ".nuage:not(.nuage--fermee)")
}

fn dans(e: &web_sys::Event, selecteur: &str) -> bool {
    let cible = e.target().and_then(|t| t.dyn_into::<Element>().ok());
    cible.is_some_and(|c| c.closest(selecteur).ok().flatten().is_some())
}

fn dialogue_ouvert() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// The categories that take files, the awaited ones first.
fn cibles(pieces: &Pieces) -> Vec<Piece> {
    let mut cibles: Vec<Piece> = pieces.elements.iter().filter(|p| mode(p).raison().is_none()).cloned().collect();
    // Stable: within each rank, the order of the page stays.
    cibles.sort_by_key(|p| match (a_fournir(p), p.demande.is_some()) {
        (true, true) => 0,
        (true, false) => 1,
        (false, _) => 2,
    });
    cibles
}

#[component]
fn Cibles(pieces: Signal<Pieces>, lot: RwSignal<Vec<Choisi>, LocalStorage>, ouvert: RwSignal<bool>) -> impl IntoView {
    let (ici, atelier) = (Ici::courant(), Atelier::courant());
    let choisir = move |p: &Piece| {
        let zone = Zone { dossier: ici.id, lieu: Lieu::Piece(p.id) };
        let remplace = mode(p).remplace();
        let regle = if remplace.is_some() { regle_de_remplacement(&regle(p)) } else { regle(p) };
        ouvert.set(false);
        atelier.choisir(Destination { zone, remplace }, &regle, lot.get_untracked());
        bientot(move || viser_zone(zone));
    };
    let liste = pieces.with_untracked(cibles);
    let contenu = lot.with_untracked(|l| decrire(l));
    view! {
        <div class="dialogue__corps">
            <p class="meta">{contenu}</p>
            <div class="cibles">
                {liste
                    .into_iter()
                    .map(|p| {
                        let (texte, signal) = precision(&p);
                        let (nom, discret) = (p.libelle.clone(), !a_fournir(&p));
                        view! {
                            <div class="nuage" class:nuage--discret=discret>
                                <Icone glyphe=Glyphe::Nuage/>
                                <button class="nuage__bouton" type="button" on:click=move |_| choisir(&p)>{nom}</button>
                                <span class="nuage__regles" class:texte-signal=signal>{texte}</span>
                            </div>
                        }
                    })
                    .collect_view()}
            </div>
        </div>
        <div class="dialogue__pied"><p class="aide">"Échap pour ne rien déposer."</p></div>
    }
}

/// « 2 fichiers : a.pdf (8,4 Mo), b.pdf (6,1 Mo) ».
fn decrire(lot: &[Choisi]) -> String {
    const NOMMES: usize = 3;
    let nombre = format::pluriel(i64::try_from(lot.len()).unwrap_or(i64::MAX), "fichier", "fichiers");
    let noms: Vec<String> =
        lot.iter().take(NOMMES).map(|c| format!("{} ({})", c.fichier.nom, phrases::octets(c.fichier.taille))).collect();
    let suite = if lot.len() > NOMMES { "…" } else { "" };
    format!("{nombre}\u{a0}: {}{suite}", noms.join(", "))
}

/// What must be known of a category before choosing it, and whether it is awaited.
fn precision(p: &Piece) -> (String, bool) {
    let avant = p.echeance.map(|j| format!(" au plus tard le {}", format::date(j))).unwrap_or_default();
    match (a_fournir(p), &p.demande, mode(p)) {
        (true, Some(_), _) => (format!("Demandée{avant}"), true),
        (true, None, _) => (format!("À fournir{avant}"), true),
        (false, _, Mode::Remplace(_)) => ("Remplace le fichier présent".to_owned(), false),
        (false, ..) => (phrases::regles(&regle(p)), false),
    }
}
