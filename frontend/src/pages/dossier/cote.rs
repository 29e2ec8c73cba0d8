//! The dimension line: the four steps of a dossier, and who is awaited.

use api_types::dossiers::{Attente, Dossier, EtapeDossier};
use domain::dossier::{Etape, EtapeEtat};
use domain::montant::Centimes;
use leptos::prelude::*;

use super::Ici;
use crate::components::etat::aspect;
use crate::components::icone::{Glyphe, Icone};
use crate::format;
use crate::state::organisme::Organisme;

/// The steps of the dossier.
#[component]
pub fn Cote() -> impl IntoView {
    let ici = Ici::courant();
    let organisme = Organisme::courant();
    move || {
        let nom = organisme.nom();
        ici.dossier.with(|d| {
            let attente = attente(d, ici.membre(), &nom);
            let legende = legende(d, attente.as_deref());
            let etapes = d.etapes.iter().map(|e| ligne(d, e, attente.clone(), ici.membre())).collect_view();
            view! {
                <ol class="cote" aria-label="Avancement du dossier">{etapes}</ol>
                <p class="cote-legende"><b>{legende.0}</b>{legende.1}</p>
            }
        })
    }
}

fn ligne(d: &Dossier, e: &EtapeDossier, attente: Option<String>, membre: bool) -> impl IntoView + use<> {
    let (code, mot) = match e.avancement {
        EtapeEtat::Fait => ("fait", ", fait"),
        EtapeEtat::Cours => ("cours", ", en cours"),
        EtapeEtat::Venir => ("venir", ", à venir"),
    };
    let courante = e.avancement == EtapeEtat::Cours;
    // The signal tells the reader that something is expected from him: members only.
    let signal = (courante && membre && d.attente == Attente::Adherent).then_some("adherent");
    let detail = if courante { attente.unwrap_or_default() } else { fait_le(d, e) };
    view! {
        <li data-etat=code data-attente=signal aria-current=courante.then_some("step")>
            <span class="cote__nom">
                {(e.avancement == EtapeEtat::Fait).then(|| view! { <Icone glyphe=Glyphe::Check classe="icone--s"/> })}
                {nom(e.etape)}
                <span class="vh">{mot}</span>
            </span>
            <span class="meta">{detail}</span>
        </li>
    }
}

const fn nom(etape: Etape) -> &'static str {
    match etape {
        Etape::Transmission => "Transmission",
        Etape::Instruction => "Instruction",
        Etape::Accord => "Accord",
        Etape::Paiement => "Paiement",
    }
}

fn fait_le(d: &Dossier, e: &EtapeDossier) -> String {
    let jour = e.le.map(format::date);
    match (e.etape, d.montant_accorde, jour) {
        (Etape::Accord, Some(montant), Some(jour)) => format!("{} le {jour}", Centimes(montant)),
        (_, _, jour) => jour.unwrap_or_default(),
    }
}

/// Who waits for whom, as the reader says it.
fn attente(d: &Dossier, membre: bool, organisme: &str) -> Option<String> {
    let manquent = i64::from((d.pieces_dues - d.pieces_fournies).max(0));
    let pieces = format::pluriel(manquent, "pièce attendue", "pièces attendues");
    match (d.attente, membre) {
        (Attente::Adherent, true) if manquent > 0 => Some(format!("{pieces} de votre part")),
        (Attente::Adherent, false) if manquent > 0 => Some(format!("{pieces} de l’adhérent")),
        (Attente::Adherent, true) => Some("Une action attendue de votre part".to_owned()),
        (Attente::Adherent, false) => Some("Une action attendue de l’adhérent".to_owned()),
        (Attente::Opco, true) => Some(format!("Réponse de {organisme}")),
        (Attente::Opco, false) => Some("Réponse attendue de votre côté".to_owned()),
        (Attente::Personne, _) => None,
    }
}

/// One sentence for narrow screens: what is in progress, then who is awaited.
fn legende(d: &Dossier, attente: Option<&str>) -> (String, String) {
    let total = d.etapes.len();
    let Some(rang) = d.etapes.iter().position(|e| e.avancement == EtapeEtat::Cours) else {
        let depuis = d.historique.first().map(|h| format!(" le {}", format::jour(h.le))).unwrap_or_default();
        return (format!("{}{depuis}", aspect(d.etat).2), String::new());
    };
    let etape = nom(d.etapes[rang].etape).to_lowercase();
    let suite = attente.map(|a| format!("\u{a0}: {a}")).unwrap_or_default();
    (format!("Étape {} sur {total}, {etape}", rang + 1), suite)
}
