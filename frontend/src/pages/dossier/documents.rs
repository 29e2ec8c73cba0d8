//! « MES DOCUMENTS »: the categories of pieces of a dossier, their zones and what fills them.

pub mod annulable;
pub mod apercu;
pub mod bilan;
mod choix;
pub mod classeur;
mod demande;
mod entete;
pub mod examen;
pub mod fiche;
pub mod fichiers;
pub mod mode;
pub mod phrases;
mod piece;
pub mod transfert;
pub mod versions;
pub mod vignette;
pub mod zone;

use std::time::Duration;

use api_types::documents::{Document, Pieces};
use api_types::endpoint::ListerPieces;
use api_types::travail::EvenementType;
use domain::acteur::RoleMembre;
use domain::dossier::EtapePiece;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use uuid::Uuid;

use super::Ici;
use super::atelier::Atelier;
use super::onglets;
use crate::api::lecture::{Lecture, lire};
use crate::components::alerte::Alerte;
use crate::components::chargement::Chargement;
use crate::components::etat::aspect;
use crate::components::icone::{Glyphe, Icone};
use crate::components::vide::Vide;
use crate::format;
use crate::model::depot::{Destination, Lieu};
use crate::routes::{Onglet, Route};
use crate::state::page::{bientot, reprendre_si_perdu, viser};
use crate::state::session::Session;
use classeur::{Classeur, Sujet, secondes};

/// The member's documents.
#[component]
pub fn Documents() -> impl IntoView {
    let ici = Ici::courant();
    let titre = move || onglets::nom(Onglet::Documents, ici.membre(), "");
    ici.titre(titre);
    let lecture = lire(move || Some(ListerPieces { dossier_id: ici.id }));
    ici.a_l_arrivee(concerne, move || lecture.relire());
    Atelier::courant().ecouter(move |destination, document| {
        if destination.zone.dossier == ici.id {
            lecture.modifier(|pieces| ranger(pieces, destination, document));
            lecture.relire();
            ici.lecture.relire();
        }
    });
    provide_context(classeur(ici, lecture));
    view! {
        <h2 class="vh">{titre}</h2>
        <Chargement lecture quoi="les documents" let:pieces>
            <Corps pieces/>
        </Chargement>
    }
}

/// The events that change documents and what is asked.
pub const fn concerne(nature: EvenementType) -> bool {
    !matches!(nature, EvenementType::MessageEnvoye | EvenementType::DossierTraite)
}

fn classeur(ici: Ici, lecture: Lecture<Pieces>) -> Classeur {
    let peut_deposer = move || lecture.donnee().with(|p| p.as_ref().is_some_and(|p| p.peut_deposer)) && ici.membre();
    Classeur {
        montrer: Callback::new(move |document: Document| {
            lecture.modifier(|pieces| {
                if let Some(place) =
                    pieces.elements.iter_mut().flat_map(|p| &mut p.documents).find(|d| d.id == document.id)
                {
                    *place = document;
                }
            });
            lecture.relire();
            ici.lecture.relire();
        }),
        oter: Callback::new(move |id| {
            lecture.modifier(|pieces| pieces.elements.iter_mut().for_each(|p| p.documents.retain(|d| d.id != id)));
            lecture.relire();
            ici.lecture.relire();
        }),
        relire: Callback::new(move |()| lecture.relire()),
        peut_deposer: Signal::derive(peut_deposer),
        seconde: secondes(),
        apercu: Sujet::nouveau(),
        versions: Sujet::nouveau(),
        examen: Sujet::nouveau(),
    }
}

/// Puts a document just acknowledged in its category, or in the place of the one it replaces.
fn ranger(pieces: &mut Pieces, destination: &Destination, document: &Document) {
    let Lieu::Piece(id) = destination.zone.lieu else { return };
    let Some(piece) = pieces.elements.iter_mut().find(|p| p.id == id) else { return };
    let remplace = piece
        .documents
        .iter_mut()
        .find(|d| destination.remplace.is_some_and(|r| r.document == d.id) || d.id == document.id);
    match remplace {
        Some(place) => *place = document.clone(),
        None => piece.documents.push(document.clone()),
    }
    piece.fournie = true;
}

#[component]
fn Corps(pieces: Signal<Pieces>) -> impl IntoView {
    let ici = Ici::courant();
    let retenues = RwSignal::new(None::<Vec<Uuid>>);
    let demande = Sujet::nouveau();
    // The step of the moment first, chosen once: a category never moves under the reader's eyes.
    let etapes = if ici.dossier.with_untracked(|d| d.etat.apres_accord()) {
        [EtapePiece::Paiement, EtapePiece::Demande, EtapePiece::Libre]
    } else {
        [EtapePiece::Demande, EtapePiece::Paiement, EtapePiece::Libre]
    };
    viser_l_ancre();
    let ferme = Memo::new(move |_| ici.membre() && !pieces.with(|p| p.peut_deposer));
    let dessine = StoredValue::new(false);
    Effect::new(move |_| {
        // The zones go, and the focus with them.
        if ferme.get() && dessine.get_value() {
            bientot(reprendre_si_perdu);
        }
        dessine.set_value(true);
    });
    let aucune = Memo::new(move |_| retenues.with(|r| r.as_ref().is_some_and(Vec::is_empty)));
    view! {
        <entete::Entete pieces retenues/>
        <Show when=move || ferme.get()>
            <DepotFerme apparait=dessine.get_value()/>
        </Show>
        {etapes.map(|etape| view! { <Groupe etape pieces retenues demande/> }).collect_view()}
        <Show when=move || aucune.get()>
            <Vide titre="Aucune pièce dans ce choix"/>
        </Show>
        {ici.membre().then(|| view! { <choix::ChoixCategorie pieces/> })}
        {ici.examine()
            .then(|| view! { <demande::DialogueDemande pieces sujet=demande/><examen::DialogueExamen/> })}
        <apercu::DialogueApercu/>
        <versions::DialogueVersions/>
    }
}

/// A link such as « Déposer » on the home page leads to a category: its zone gets the focus, once it is drawn.
fn viser_l_ancre() {
    let ancre = use_location().hash.get_untracked().trim_start_matches('#').to_owned();
    if !ancre.is_empty() {
        set_timeout(move || viser(&format!("{ancre}-deposer")), Duration::from_millis(100));
    }
}

/// Why a member may not deposit, its role, else the dossier's état; and what to do.
#[component]
fn DepotFerme(
    /// Whether the page was drawn before.
    apparait: bool,
) -> impl IntoView {
    let (ici, session) = (Ici::courant(), Session::courante());
    let dit = move || {
        let etablissement = ici.dossier.with(|d| d.etablissement_id);
        if session.de_moi(|m| m.etablissements.iter().find(|e| e.id == etablissement).map(|e| e.role))
            == Some(RoleMembre::Lecteur)
        {
            return "Votre rôle permet de lire, pas de déposer. Un contributeur de votre entreprise peut le faire\u{a0}; l’administrateur peut changer votre rôle."
                .into_any();
        }
        let etat = ici.dossier.with(|d| aspect(d.etat).2.to_lowercase());
        view! {
            {format!("Dossier {etat}. Pour y ajouter un document, ")}
            <a href=Route::Dossier(ici.id, Onglet::Messages).href()>"écrivez à votre gestionnaire"</a>
            "."
        }
        .into_any()
    };
    view! { <Alerte glyphe=Glyphe::Cadenas titre="Dépôt fermé" apparait><p>{dit}</p></Alerte> }
}

#[component]
fn Groupe(
    etape: EtapePiece,
    pieces: Signal<Pieces>,
    retenues: entete::Retenues,
    demande: Sujet<Uuid>,
) -> impl IntoView {
    let (id, nom) = match etape {
        EtapePiece::Paiement => ("groupe-paiement", "Pour le paiement"),
        EtapePiece::Demande => ("groupe-demande", "À la demande de prise en charge"),
        EtapePiece::Libre => ("groupe-libre", "Compléments libres"),
    };
    let ids = Memo::new(move |_| {
        let admise = |id: &Uuid| retenues.with(|r| r.as_ref().is_none_or(|r| r.contains(id)));
        pieces.with(|p| p.elements.iter().filter(|p| p.etape == etape).map(|p| p.id).filter(admise).collect::<Vec<_>>())
    });
    let compte = Memo::new(move |_| {
        pieces.with(|p| {
            let dues = p.elements.iter().filter(|p| p.etape == etape && p.due);
            (dues.clone().count(), dues.filter(|p| !p.fournie).count())
        })
    });
    view! {
        <Show when=move || ids.with(|i| !i.is_empty())>
            <section class="groupe" aria-labelledby=id>
                <div class="groupe__tete"><h2 id=id>{nom}</h2>{move || bilan(compte.get())}</div>
                <For each=move || ids.get() key=|id| *id let:id>
                    <piece::LignePiece id pieces demande/>
                </For>
            </section>
        </Show>
    }
}

/// What a group still awaits.
fn bilan((dues, manquent): (usize, usize)) -> Option<AnyView> {
    let membre = Ici::courant().membre();
    let n = i64::try_from(manquent).unwrap_or(i64::MAX);
    match (dues, manquent) {
        (0, _) => None,
        (_, 0) => Some(
            view! { <p class="exigence exigence--ok"><Icone glyphe=Glyphe::Check classe="icone--s"/>"Complet"</p> }.into_any(),
        ),
        _ => Some(
            view! { <p class="meta" class:texte-signal=membre>{format::pluriel(n, "pièce attendue", "pièces attendues")}</p> }
                .into_any(),
        ),
    }
}
