//! The card of a document.

mod menu;

use api_types::documents::Document;
use api_types::endpoint::{ApercuDocument, Endpoint, TelechargerDocument};
use domain::document::{Sens, Statut, Verdict};
use domain::dossier::Etat;
use leptos::html;
use leptos::prelude::*;
use web_sys::MouseEvent;

use super::annulable::{reste, tardive};
use super::classeur::Classeur;
use super::examen::Jugement;
use super::phrases;
use super::vignette::Vignette;
use crate::components::icone::{Glyphe, Icone};
use crate::components::nom_fichier::NomFichier;
use crate::components::pastille::{Pastille, Ton};
use crate::format;
use crate::model::depot::{Regle, Zone};
use crate::pages::dossier::Ici;
use crate::pages::dossier::atelier::Atelier;
use crate::state::organisme::Organisme;
use crate::state::page::{bientot, viser};

/// The identifier of the link that names a document's card.
pub fn id_fiche(id: uuid::Uuid) -> String {
    format!("fiche-{id}")
}

/// A document's card.
#[component]
pub fn Fiche(
    /// The document.
    document: Signal<Document>,
    /// Where it is.
    zone: Zone,
    /// What a replacement must respect.
    #[prop(into)]
    regle: Signal<Regle>,
) -> impl IntoView {
    let (ici, atelier) = (Ici::courant(), Atelier::courant());
    let (reste, tardive) = (reste(document), tardive(document));
    let carte = NodeRef::<html::Li>::new();
    let d = document.get_untracked();
    let revoir = RwSignal::new(false);
    viser_si_neuve(atelier, d.id);
    let telecharger = TelechargerDocument { document_id: d.id }.path();
    let jugeable = move || ici.examine() && document.with(|d| d.sens == Sens::Adherent && d.statut == Statut::Transmis);
    let a_juger = move || jugeable() && (revoir.get() || document.with(|d| d.verdict == Verdict::AExaminer));
    let infecte = move || document.with(|d| d.statut == Statut::Infecte);
    view! {
        <li
            class="fiche"
            class:fiche--neuve=move || reste.with(Option::is_some)
            class:fiche--signal=move || document.with(|d| d.verdict == Verdict::ACompleter) && ici.membre()
            class:fiche--non=move || document.with(|d| d.verdict == Verdict::Refusee || d.statut == Statut::Infecte)
            node_ref=carte
        >
            <div class="fiche__corps">
                <Vignette format=Some(d.format)/>
                <div class="fiche__texte">
                    <p class="fiche__nom"><Nom document/></p>
                    <p class="meta"><Origine document/></p>
                    {move || document.with(pastille)}
                </div>
                {move || document.with(remarque)}
                <Show when=a_juger>
                    <Jugement document revoir/>
                </Show>
            </div>
            <div class="fiche__pied">
                <p>{move || document.with(|d| transmission(d, reste.get(), tardive.get(), ici.dossier.with(|d| d.etat == Etat::Brouillon)))}</p>
                <div class="fiche__actions">
                    <Show when=move || !infecte()>
                        <a
                            class="btn btn--nu btn--icone"
                            href=telecharger.clone()
                            download=d.nom.clone()
                            aria-label=format!("Télécharger {}", d.nom)
                        >
                            <Icone glyphe=Glyphe::Bas/>
                        </a>
                    </Show>
                    <menu::Actions document zone regle revoir/>
                </div>
            </div>
        </li>
    }
}

/// Brings the focus to a card just deposited, when its zone had it.
fn viser_si_neuve(atelier: Atelier, id: uuid::Uuid) {
    if atelier.neuf().get_untracked() == Some(id) {
        atelier.neuf().set(None);
        bientot(move || viser(&id_fiche(id)));
    }
}

/// The name: a link to the preview, which opens here unless another tab is asked for.
#[component]
fn Nom(document: Signal<Document>) -> impl IntoView {
    let classeur = Classeur::courant();
    let d = document.get_untracked();
    let (document_id, affichable) = (d.id, d.format.affichable());
    let href =
        if affichable { ApercuDocument { document_id }.path() } else { TelechargerDocument { document_id }.path() };
    let ouvrir = move |e: MouseEvent| {
        if affichable && !(e.ctrl_key() || e.meta_key() || e.shift_key()) {
            e.prevent_default();
            classeur.apercu.ouvrir(document.get_untracked());
        }
    };
    let texte = d.nom.clone();
    view! {
        <Show when=move || document.with(|d| d.statut != Statut::Infecte) fallback=move || view! { <NomFichier nom=texte.clone()/> }>
            <a
                id=id_fiche(document_id)
                href=href.clone()
                rel="external"
                download=(!affichable).then(|| d.nom.clone())
                on:click=ouvrir
            >
                <NomFichier nom=d.nom.clone()/>
            </a>
        </Show>
    }
}

/// « Déposé le 23/06/2020, 214 Ko, par Nadia Lemercier, version 2 ».
#[component]
fn Origine(document: Signal<Document>) -> impl IntoView {
    let classeur = Classeur::courant();
    let texte = move || {
        document.with(|d| {
            format!("Déposé le {}, {}, par {}", format::jour(d.depose_le), format::taille(d.taille), d.depose_par)
        })
    };
    view! {
        {texte}
        <Show when=move || document.with(|d| d.version > 1)>
            ", "
            <button class="lien-btn" type="button" on:click=move |_| classeur.versions.ouvrir(document.get_untracked())>
                {move || document.with(|d| format!("version\u{a0}{}", d.version))}
                <span class="vh">{move || document.with(|d| format!(" de {}", d.nom))}</span>
            </button>
        </Show>
    }
}

/// The stamp of a document.
pub fn pastille(d: &Document) -> AnyView {
    let (glyphe, ton, texte) = match (d.statut, d.verdict) {
        (Statut::Infecte, _) => (Glyphe::Alerte, Ton::Non, "Fichier infecté"),
        (Statut::Annule, _) => (Glyphe::Moins, Ton::Tirets, "Dépôt annulé"),
        (_, Verdict::AExaminer) => (Glyphe::Check, Ton::Neutre, "Reçue"),
        (_, Verdict::Acceptee) => (Glyphe::Check, Ton::Ok, "Acceptée"),
        (_, Verdict::ACompleter) => (Glyphe::Drapeau, Ton::Signal, "À compléter"),
        (_, Verdict::Refusee) => (Glyphe::Croix, Ton::Non, "Refusée"),
    };
    let texte = if d.sens == Sens::Opco && texte == "Reçue" { "Reçu" } else { texte };
    view! { <Pastille glyphe ton texte/> }.into_any()
}

/// Why the document must be put right, and by when.
fn remarque(d: &Document) -> Option<AnyView> {
    if d.statut == Statut::Infecte {
        return Some(
            view! {
                <div class="fiche__remarque" role="alert">
                    <p class="texte-non">"L’antivirus a trouvé un logiciel malveillant. Ce fichier n’a pas été transmis."</p>
                    <p class="aide">"Prévenez la personne qui vous l’a envoyé et demandez-lui un nouvel exemplaire."</p>
                </div>
            }
            .into_any(),
        );
    }
    let motif = d.motif.clone().filter(|m| !m.is_empty())?;
    let aujourd_hui = format::aujourd_hui();
    let terme = d
        .avant
        .map(|j| format!("À corriger au plus tard le {} ({}).", format::date(j), format::distance(j, aujourd_hui)));
    Some(
        view! {
            <div class="motif fiche__remarque">
                <p><span class="vh">"Motif\u{a0}: "</span>{motif}</p>
                {terme.map(|terme| view! { <p><b>{terme}</b></p> })}
            </div>
        }
        .into_any(),
    )
}

/// Where the document is: in its undo window, on its way, or with the other side. With a brouillon it waits.
fn transmission(d: &Document, reste: Option<u64>, tardive: bool, brouillon: bool) -> AnyView {
    let nom = Organisme::courant().nom();
    let vers = if d.sens == Sens::Adherent { format!("à {nom}") } else { "à l’adhérent".to_owned() };
    let (debut, moment) = match (d.statut, d.transmis_le, reste) {
        (Statut::Infecte | Statut::Annule, ..) => ("Non transmis".to_owned(), String::new()),
        (_, Some(le), _) => (format!("Transmis {vers} "), format!("le {}", format::instant(le))),
        (..) if brouillon => (format!("Sera transmis {vers} avec le dossier"), String::new()),
        (_, None, Some(s)) => (format!("Transmission {vers} "), format!("dans {}", phrases::duree(s))),
        (_, None, None) if tardive => {
            (format!("Transmission {vers} retardée\u{a0}: elle sera faite dès que possible"), String::new())
        }
        (_, None, None) => (format!("Transmission {vers} en cours"), String::new()),
    };
    view! { <Icone glyphe=Glyphe::Envoi/><span>{debut}<span class="insecable">{moment}</span></span> }.into_any()
}
