//! A category of pieces: its requirement and its zone on one side, its documents on the other.

use api_types::documents::{Piece, Pieces};
use leptos::prelude::*;
use uuid::Uuid;

use super::annulable::Annulable;
use super::bilan::Bilans;
use super::classeur::{Classeur, Sujet, suivre};
use super::fiche::Fiche;
use super::mode::{self, demande_en_cours};
use super::transfert::Transferts;
use super::zone::ZoneDepot;
use crate::components::icone::{Glyphe, Icone};
use crate::format;
use crate::model::depot::{Depot, Lieu, Zone};
use crate::pages::dossier::Ici;
use crate::pages::dossier::atelier::{Atelier, id_zone};
use crate::state::organisme::Organisme;

/// A category.
#[component]
pub fn LignePiece(
    /// Its identifier.
    id: Uuid,
    /// All categories.
    pieces: Signal<Pieces>,
    /// The dialog of the gestionnaire's requests.
    demande: Sujet<Uuid>,
) -> impl IntoView {
    suivre(pieces, move |p: &Pieces| p.elements.iter().find(|p| p.id == id).cloned())
        .map(|piece| view! { <Ligne piece demande/> })
}

#[component]
fn Ligne(piece: Signal<Piece>, demande: Sujet<Uuid>) -> impl IntoView {
    let (ici, classeur) = (Ici::courant(), Classeur::courant());
    let (id, nom) = piece.with_untracked(|p| (p.id, p.libelle.clone()));
    let zone = Zone { dossier: ici.id, lieu: Lieu::Piece(id) };
    let lieu = StoredValue::new(nom.clone());
    let titre = format!("{}-titre", id_zone(zone));
    let regle = Memo::new(move |_| piece.with(mode::regle));
    let mode = Memo::new(move |_| piece.with(mode::mode));
    let nombre = Memo::new(move |_| piece.with(|p| p.documents.len()));
    let attendue = move || ici.membre() && piece.with(mode::a_fournir);
    let demandable = move || ici.examine() && ici.dossier.with(|d| d.etat.accepte_pieces());
    view! {
        <section class="piece" class:piece--demandee=attendue id=id_zone(zone) aria-labelledby=titre>
            <div class="piece__cote">
                <div class="piece__tete">
                    <h3 id=titre.clone()>{nom.clone()}" "<span>{move || format!("({})", nombre.get())}</span></h3>
                    <Attendu piece/>
                </div>
                <Show when=move || classeur.peut_deposer.get()>
                    <ZoneDepot zone nom=lieu.get_value() regle mode/>
                </Show>
                <Show when=demandable>
                    <Demander piece demande/>
                </Show>
            </div>
            <div class="pile-serree">
                <Bilans zone/>
                <Motif piece/>
                <Documents piece zone regle/>
            </div>
        </section>
    }
}

/// What the category asks.
#[component]
fn Attendu(piece: Signal<Piece>) -> impl IntoView {
    let (ici, organisme) = (Ici::courant(), Organisme::courant());
    move || {
        let dit = piece.with(|p| mode::attendu(p, &organisme.nom(), format::aujourd_hui()));
        view! {
            <p class="exigence" class:exigence--demandee=dit.presse && ici.membre()>
                <Icone glyphe=dit.glyphe classe="icone--s"/>
                <span><b>{dit.fort}</b>{dit.suite}</span>
            </p>
        }
    }
}

#[component]
fn Demander(piece: Signal<Piece>, demande: Sujet<Uuid>) -> impl IntoView {
    let (id, nom) = piece.with_untracked(|p| (p.id, p.libelle.clone()));
    let en_cours = Memo::new(move |_| piece.with(|p| demande_en_cours(p).is_some()));
    view! {
        <button class="btn btn--petit piece__demander" type="button" on:click=move |_| demande.ouvrir(id)>
            <Icone glyphe=Glyphe::Drapeau classe="icone--s"/>
            {move || if en_cours.get() { "Modifier la demande" } else { "Demander à l’adhérent" }}
            <span class="vh">{format!("\u{a0}: {nom}")}</span>
        </button>
    }
}

/// Why the piece was asked for.
#[component]
fn Motif(piece: Signal<Piece>) -> impl IntoView {
    let motif = Memo::new(move |_| piece.with(|p| p.demande.as_ref().map(|d| d.motif.clone())));
    move || motif.get().map(|m| view! { <p class="motif"><b>"Motif\u{a0}: "</b>{m}</p> })
}

/// Files on their way, then documents, then what can still be undone.
#[component]
fn Documents(piece: Signal<Piece>, zone: Zone, regle: Memo<crate::model::depot::Regle>) -> impl IntoView {
    let (ici, atelier, classeur) = (Ici::courant(), Atelier::courant(), Classeur::courant());
    let ids = Memo::new(move |_| piece.with(|p| p.documents.iter().map(|d| d.id).collect::<Vec<_>>()));
    let voyage = Memo::new(move |_| atelier.depot().with(|d| en_voyage(d, zone)));
    let vide = move || ids.with(Vec::is_empty) && !voyage.get();
    let document = move |id: Uuid| suivre(piece, move |p: &Piece| p.documents.iter().find(|d| d.id == id).cloned());
    view! {
        <ul class="docs" class:docs--vide=vide aria-label=move || format!("Documents de «\u{a0}{}\u{a0}»", piece.with(|p| p.libelle.clone()))>
            <Transferts zone/>
            <For each=move || ids.get() key=|id| *id let:id>
                {document(id).map(|document| view! { <Fiche document zone regle/> })}
            </For>
        </ul>
        <Show when=vide>
            <p class="docs__vide">"Aucun document."</p>
        </Show>
        <Show when=move || ici.membre() && classeur.peut_deposer.get()>
            <For each=move || ids.get() key=|id| *id let:id>
                {document(id).map(|document| view! { <Annulable document zone/> })}
            </For>
        </Show>
    }
}

fn en_voyage(depot: &Depot, zone: Zone) -> bool {
    depot.envois().iter().any(|e| e.destination.zone == zone)
}
