//! Text cut into lines.

use super::Morceau;
use super::police::{Graisse, Polices};

/// The runs of a line.
pub(super) type Ligne = Vec<(Graisse, String)>;

/// Cuts runs into lines of at most `largeur`, at spaces, or anywhere in a word that is too long.
pub(super) fn couper(polices: &Polices, morceaux: &[Morceau], corps: f32, largeur: f32) -> Vec<Ligne> {
    let mesure = |g: Graisse, t: &str| polices.de(g).largeur(t) * corps;
    let mut lignes: Vec<Ligne> = vec![Vec::new()];
    let mut reste = largeur;
    for mot in mots(morceaux, |g, t| mesure(g, t) <= largeur) {
        let large: f32 = mot.iter().map(|(g, t)| mesure(*g, t)).sum();
        let utile: f32 = mot.iter().map(|(g, t)| mesure(*g, t.trim_end_matches(' '))).sum();
        if utile > reste && lignes.last().is_some_and(|l| !l.is_empty()) {
            lignes.push(Vec::new());
            reste = largeur;
        }
        reste -= large;
        if let Some(ligne) = lignes.last_mut() {
            for (graisse, texte) in mot {
                match ligne.last_mut() {
                    Some((g, t)) if *g == graisse => t.push_str(&texte),
                    _ => ligne.push((graisse, texte)),
                }
            }
        }
    }
    lignes
}

/// The words of runs, each with the space that follows it; those that `tient` refuses are cut.
fn mots(morceaux: &[Morceau], tient: impl Fn(Graisse, &str) -> bool) -> Vec<Ligne> {
    let mut mots: Vec<Ligne> = Vec::new();
    let mut colle = false;
    for morceau in morceaux {
        let (graisse, texte) = match morceau {
            Morceau::Simple(t) => (Graisse::Normale, t),
            Morceau::Gras(t) => (Graisse::Grasse, t),
        };
        for mot in texte.split_inclusive(' ') {
            for partie in parties(mot, |t| tient(graisse, t)) {
                match mots.last_mut() {
                    Some(precedent) if colle => precedent.push((graisse, partie)),
                    _ => mots.push(vec![(graisse, partie)]),
                }
                colle = false;
            }
            colle = !mot.ends_with(' ');
        }
    }
    mots
}

fn parties(mot: &str, tient: impl Fn(&str) -> bool) -> Vec<String> {
    if tient(mot) {
        return vec![mot.to_owned()];
    }
    let mut parties = vec![String::new()];
    for c in mot.chars() {
        if let Some(partie) = parties.last_mut() {
            partie.push(c);
            if !tient(partie) && partie.chars().count() > 1 {
                partie.pop();
                parties.push(c.to_string());
            }
        }
    }
    parties
}
