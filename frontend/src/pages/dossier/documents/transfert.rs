//! The row of a file on its way.

mod actions;

use api_types::documents::Document;
use domain::document::Format;
use leptos::prelude::*;

use super::classeur::Classeur;
use super::phrases::{self, Constat};
use super::vignette::Vignette;
use crate::components::nom_fichier::NomFichier;
use crate::format;
use crate::model::depot::{Cause, Depot, Envoi, Phase, Zone};
use crate::pages::dossier::atelier::Atelier;
use actions::actions;

/// The rows of a zone, in the order the files were chosen.
#[component]
pub fn Transferts(
    /// The zone.
    zone: Zone,
) -> impl IntoView {
    let atelier = Atelier::courant();
    let ids = Memo::new(move |_| {
        atelier
            .depot()
            .with(|d| d.envois().iter().filter(|e| e.destination.zone == zone).map(|e| e.id).collect::<Vec<_>>())
    });
    view! {
        <For each=move || ids.get() key=|id| *id let:id>
            <Transfert id/>
        </For>
    }
}

#[component]
fn Transfert(id: u32) -> impl IntoView {
    let atelier = Atelier::courant();
    let envoi = Memo::new(move |_| atelier.depot().with(|d| d.envoi(id).cloned()));
    let premier = envoi.get_untracked();
    let nom = premier.as_ref().map(|e| e.fichier.nom.clone()).unwrap_or_default();
    let format = premier.as_ref().and_then(|e| Format::du_nom(&e.fichier.nom));
    let sorte = Memo::new(move |_| envoi.with(|e| e.as_ref().map(sorte)));
    let ton = move || match sorte.get() {
        Some(Sorte::Attente | Sorte::AChoisir | Sorte::Doublon) => "transfert transfert--signal",
        Some(Sorte::Echec | Sorte::Refus) => "transfert transfert--non",
        _ => "transfert",
    };
    view! {
        <li class=ton id=format!("envoi-{id}") tabindex="-1">
            <Vignette format/>
            <div class="transfert__corps">
                <p class="transfert__nom"><NomFichier nom/></p>
                <Barre envoi/>
                // Drawn anew only when the sort changes: an alert is read out once.
                {move || sorte.get().and_then(|s| envoi.get_untracked().map(|e| constat(s, &e)))}
            </div>
            <div class="transfert__actions">
                {move || sorte.get().and_then(|s| envoi.get_untracked().map(|e| actions(atelier, s, &e)))}
            </div>
        </li>
    }
}

/// What the row looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sorte {
    File,
    /// In one request: it is over before it could be stopped.
    Cours,
    /// In parts.
    Parties,
    Verification,
    Pause,
    AChoisir,
    Attente,
    Echec,
    Refus,
    Doublon,
}

const fn sorte(envoi: &Envoi) -> Sorte {
    match envoi.phase {
        Phase::EnFile => Sorte::File,
        Phase::EnCours(_) if envoi.reprenable() => Sorte::Parties,
        Phase::EnCours(_) => Sorte::Cours,
        Phase::Verification => Sorte::Verification,
        Phase::EnPause => Sorte::Pause,
        Phase::AChoisir => Sorte::AChoisir,
        Phase::Attente { .. } => Sorte::Attente,
        Phase::Echec(_) => Sorte::Echec,
        Phase::Refus(_) => Sorte::Refus,
        Phase::Doublon(_) => Sorte::Doublon,
    }
}

/// The bar and the figures.
#[component]
fn Barre(envoi: Memo<Option<Envoi>>) -> impl IntoView {
    let classeur = Classeur::courant();
    let nom = envoi.with_untracked(|e| e.as_ref().map(|e| e.fichier.nom.clone()).unwrap_or_default());
    let barre = Memo::new(move |_| {
        envoi.with(|e| {
            e.as_ref().is_some_and(|e| match sorte(e) {
                Sorte::Cours | Sorte::Parties | Sorte::Verification => true,
                Sorte::Attente | Sorte::Pause | Sorte::AChoisir => e.envoyes > 0,
                _ => false,
            })
        })
    });
    let pourcent = Memo::new(move |_| envoi.with(|e| e.as_ref().map_or(0, Envoi::pourcent)));
    let libelle = {
        let nom = nom.clone();
        move || {
            let verification = envoi.with(|e| e.as_ref().is_some_and(|e| e.phase == Phase::Verification));
            if verification { format!("Vérification de {nom}") } else { format!("Envoi de {nom}") }
        }
    };
    let suspendu = move || {
        let arretee = |e: &Envoi| matches!(sorte(e), Sorte::Attente | Sorte::Pause | Sorte::AChoisir);
        envoi.with(|e| e.as_ref().is_some_and(arretee))
    };
    let mesures = move || {
        envoi
            .with(|e| e.as_ref().map(|e| mesures(e, classeur)).unwrap_or_default())
            .into_iter()
            .map(|m| view! { <span>{m}</span> })
            .collect_view()
    };
    view! {
        <Show when=move || barre.get()>
            <progress
                class:est-suspendu=suspendu
                max="100"
                prop:value=move || f64::from(pourcent.get())
                aria-label=libelle.clone()
            >
                {move || format!("{}\u{a0}%", pourcent.get())}
            </progress>
        </Show>
        <p class="transfert__mesure">{mesures}</p>
    }
}

fn mesures(e: &Envoi, classeur: Classeur) -> Vec<String> {
    let taille = phrases::octets(e.fichier.taille);
    let sur = || format!("{} sur {taille}", phrases::octets(e.envoyes));
    match &e.phase {
        Phase::EnFile => vec!["En attente de son tour".to_owned(), taille],
        Phase::EnCours(mesure) => {
            let debit = mesure.debit().map(|d| format!("{}/s", phrases::octets(d)));
            let reste = mesure.reste_secondes(e.fichier.taille).map(|s| format!("encore {}", phrases::duree(s)));
            [Some(format!("{}\u{a0}%", e.pourcent())), Some(sur()), debit, reste].into_iter().flatten().collect()
        }
        Phase::EnPause => vec![format!("En pause à {}\u{a0}%", e.pourcent()), sur()],
        Phase::AChoisir => vec!["Interrompu".to_owned(), taille],
        Phase::Verification => vec!["Reçu, vérification en cours".to_owned(), taille],
        Phase::Attente { cause, jusqu_a } => {
            // Follows the seconds that pass.
            let reste = (jusqu_a - classeur.seconde.get()).max(0.0) / 1_000.0;
            let en_ligne = Atelier::courant().depot().with_untracked(Depot::en_ligne);
            let essai = if en_ligne {
                format!("Nouvel essai dans {}", phrases::duree(secondes(reste)))
            } else {
                "En attente de réseau".to_owned()
            };
            let coupe = match cause {
                Cause::Reseau if e.envoyes > 0 => Some(format!("Connexion perdue à {}\u{a0}%", e.pourcent())),
                Cause::Reseau => Some("Connexion perdue".to_owned()),
                _ => None,
            };
            coupe.into_iter().chain([sur(), essai]).collect()
        }
        Phase::Echec(_) | Phase::Refus(_) | Phase::Doublon(_) => Vec::new(),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a short wait, never negative")]
fn secondes(reste: f64) -> u64 {
    reste.ceil() as u64
}

/// What happened and what to do, read out when it appears.
fn constat(sorte: Sorte, e: &Envoi) -> Option<AnyView> {
    let nom = e.fichier.nom.clone();
    let dire = |classe: &'static str, role: &'static str, Constat { fait, remede }: Constat| {
        view! {
            <div role=role>
                <p class=classe><span class="vh">{nom.clone()}"\u{a0}: "</span>{fait}</p>
                <p class="aide">{remede}</p>
            </div>
        }
        .into_any()
    };
    match (&e.phase, sorte) {
        (Phase::Refus(refus), _) => Some(dire("texte-non", "alert", phrases::refus(&e.fichier, refus))),
        (Phase::Echec(cause), _) => Some(dire("texte-non", "alert", phrases::echec(cause, e.essais))),
        (Phase::Doublon(premier), _) => Some(dire("texte-signal", "alert", doublon(premier.as_deref()))),
        (Phase::AChoisir, _) => {
            let fait = "Cet envoi s’est arrêté quand la page a été quittée.".to_owned();
            let remede =
                "Choisissez de nouveau le même fichier\u{a0}: ce qui est déjà reçu n’est pas renvoyé.".to_owned();
            Some(dire("texte-signal", "status", Constat { fait, remede }))
        }
        (Phase::Attente { cause: Cause::Reseau, .. }, _) => {
            Some(view! { <p class="aide">"L’envoi reprendra seul dès le retour du réseau."</p> }.into_any())
        }
        (Phase::Attente { cause, .. }, _) => {
            Some(view! { <p class="aide">{phrases::echec(cause, 1).fait}" L’envoi reprendra seul."</p> }.into_any())
        }
        _ => None,
    }
}

fn doublon(premier: Option<&Document>) -> Constat {
    let fait = premier.map_or_else(
        || "Ce fichier est déjà dans le dossier.".to_owned(),
        |d| format!("Ce fichier est identique à «\u{a0}{}\u{a0}», déposé le {}.", d.nom, format::jour(d.depose_le)),
    );
    Constat { fait, remede: "Vous pouvez en rester là, ou le déposer une seconde fois.".to_owned() }
}
