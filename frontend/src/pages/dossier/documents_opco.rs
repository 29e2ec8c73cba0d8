//! « DOCUMENTS » of the OPCO: what the other side put in the dossier.

use api_types::documents::{Document, Documents};
use api_types::endpoint::ListerDocumentsOpco;
use domain::document::Format;
use domain::limites::FICHIER_MAX;
use leptos::prelude::*;
use uuid::Uuid;

use super::Ici;
use super::atelier::{Atelier, id_zone};
use super::documents::annulable::Annulable;
use super::documents::apercu::DialogueApercu;
use super::documents::bilan::Bilans;
use super::documents::classeur::{Classeur, Sujet, secondes, suivre};
use super::documents::concerne;
use super::documents::fiche::Fiche;
use super::documents::mode::Mode;
use super::documents::transfert::Transferts;
use super::documents::versions::DialogueVersions;
use super::documents::zone::ZoneDepot;
use super::onglets;
use crate::api::lecture::{Lecture, lire};
use crate::components::chargement::Chargement;
use crate::components::vide::Vide;
use crate::model::depot::{Destination, Lieu, Regle, Zone};
use crate::routes::Onglet;
use crate::state::organisme::Organisme;
use domain::code::Code;

/// The OPCO's documents.
#[component]
pub fn DocumentsOpco() -> impl IntoView {
    let (ici, organisme) = (Ici::courant(), Organisme::courant());
    let titre = move || onglets::nom(Onglet::DocumentsOpco, ici.membre(), &organisme.nom());
    ici.titre(titre);
    let lecture = lire(move || Some(ListerDocumentsOpco { dossier_id: ici.id }));
    ici.a_l_arrivee(concerne, move || lecture.relire());
    let zone = zone_de(ici);
    Atelier::courant().ecouter(move |destination, document| {
        if destination.zone == zone {
            lecture.modifier(|l| ranger(l, destination, document));
            lecture.relire();
            ici.lecture.relire();
        }
    });
    provide_context(classeur(ici, lecture));
    view! {
        <h2 class="vh">{titre}</h2>
        <Chargement lecture quoi="les documents" let:liste>
            <Corps liste/>
        </Chargement>
    }
}

fn zone_de(ici: Ici) -> Zone {
    Zone { dossier: ici.id, lieu: Lieu::Opco }
}

fn classeur(ici: Ici, lecture: Lecture<Documents>) -> Classeur {
    Classeur {
        montrer: Callback::new(move |_: Document| lecture.relire()),
        oter: Callback::new(move |id| {
            lecture.modifier(|l| l.elements.retain(|d| d.id != id));
            lecture.relire();
            ici.lecture.relire();
        }),
        relire: Callback::new(move |()| lecture.relire()),
        peut_deposer: Signal::derive(move || ici.examine() && ici.dossier.with(|d| d.peut_contribuer)),
        seconde: secondes(),
        apercu: Sujet::nouveau(),
        versions: Sujet::nouveau(),
        examen: Sujet::nouveau(),
    }
}

/// Puts a document just acknowledged on top, or in the place of the one it replaces.
fn ranger(liste: &mut Documents, destination: &Destination, document: &Document) {
    match liste
        .elements
        .iter_mut()
        .find(|d| destination.remplace.is_some_and(|r| r.document == d.id) || d.id == document.id)
    {
        Some(place) => *place = document.clone(),
        None => liste.elements.insert(0, document.clone()),
    }
}

#[component]
fn Corps(liste: Signal<Documents>) -> impl IntoView {
    let (ici, organisme, classeur) = (Ici::courant(), Organisme::courant(), Classeur::courant());
    let zone = zone_de(ici);
    let regle = Regle { formats: Format::TOUS.to_vec(), taille_max: FICHIER_MAX, places: None };
    let regle = Signal::stored(regle);
    let ids = Memo::new(move |_| liste.with(|l| l.elements.iter().map(|d| d.id).collect::<Vec<_>>()));
    let document = move |id: Uuid| suivre(liste, move |l: &Documents| l.elements.iter().find(|d| d.id == id).cloned());
    let nom = Signal::derive(move || onglets::nom(Onglet::DocumentsOpco, ici.membre(), &organisme.nom()));
    view! {
        <section class="pile" id=id_zone(zone) aria-label=nom>
            <Show when=move || classeur.peut_deposer.get()>
                <ZoneDepot zone nom regle mode=Mode::Ouverte { discrete: false }/>
                <p class="aide">"L’adhérent reçoit le document et en est averti."</p>
            </Show>
            <Bilans zone/>
            <ul class="docs" aria-label=nom>
                <Transferts zone/>
                <For each=move || ids.get() key=|id| *id let:id>
                    {document(id).map(|document| view! { <Fiche document zone regle/> })}
                </For>
            </ul>
            <Show when=move || classeur.peut_deposer.get()>
                <For each=move || ids.get() key=|id| *id let:id>
                    {document(id).map(|document| view! { <Annulable document zone/> })}
                </For>
            </Show>
            <Show when=move || ids.with(Vec::is_empty)>
                <Vide titre="Aucun document pour le moment">
                    <p class="meta">
                        {move || format!("Les accords et les courriers de {} arrivent ici, avec un message.", organisme.nom())}
                    </p>
                </Vide>
            </Show>
        </section>
        <DialogueApercu/>
        <DialogueVersions/>
    }
}
