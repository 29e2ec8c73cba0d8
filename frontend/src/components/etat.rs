//! The stamp of a dossier's état.

use api_types::dossiers::Attente;
use domain::dossier::Etat;
use leptos::prelude::*;

use super::icone::Glyphe;
use super::pastille::{Pastille, Ton};

/// How an état is shown: icon, tone, words.
pub const fn aspect(etat: Etat) -> (Glyphe, Ton, &'static str) {
    match etat {
        Etat::Brouillon => (Glyphe::Crayon, Ton::Tirets, "Brouillon"),
        Etat::Transmis => (Glyphe::Envoi, Ton::Encre, "Transmis"),
        Etat::EnInstruction => (Glyphe::Recherche, Ton::Encre, "En cours d’instruction"),
        Etat::Incomplet => (Glyphe::Drapeau, Ton::Signal, "Pièces attendues"),
        Etat::Accorde => (Glyphe::Check, Ton::Ok, "Accordé"),
        Etat::EnReglement => (Glyphe::Euro, Ton::Encre, "En règlement"),
        Etat::Regle => (Glyphe::Double, Ton::Ok, "Réglé"),
        Etat::Cloture => (Glyphe::Cadenas, Ton::Tirets, "Clôturé"),
        Etat::Refuse => (Glyphe::Croix, Ton::Non, "Refusé"),
        Etat::Annule => (Glyphe::Moins, Ton::Tirets, "Annulé"),
        Etat::SansSuite => (Glyphe::Moins, Ton::Tirets, "Sans suite"),
    }
}

/// The stamp of an état; « Pièces attendues » when it is the member's turn on a dossier that was sent.
#[component]
pub fn PastilleEtat(
    /// Where the dossier stands.
    etat: Etat,
    /// Whose turn it is.
    #[prop(default = Attente::Personne)]
    attente: Attente,
) -> impl IntoView {
    let montre = if attente == Attente::Adherent && etat != Etat::Brouillon { Etat::Incomplet } else { etat };
    let (glyphe, ton, texte) = aspect(montre);
    view! { <Pastille glyphe ton texte/> }
}
