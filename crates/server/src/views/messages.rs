//! Messages.

use api_types::ProblemCode;
use api_types::messages as wire;
use db::messages::{Jointe, Lecture, LigneBoite, MessageLu, PageBoite, PageFil};
use domain::Acteur;
use domain::ids::Id;
use domain::limites::RECHERCHE_MAX;

use super::dossiers;
use crate::problem::ApiError;

/// Longest start of a message in the inbox, in characters.
const EXTRAIT_MAX: usize = 200;

/// A text to look for; an empty one asks for nothing.
pub fn recherche(q: Option<String>) -> Result<Option<String>, ApiError> {
    if q.as_ref().is_some_and(|q| q.chars().count() > RECHERCHE_MAX) {
        let detail = format!("Le paramètre « q » compte {RECHERCHE_MAX} caractères au plus.");
        return Err(ApiError::new(ProblemCode::RequeteIllisible).detail(detail));
    }
    Ok(q.filter(|q| !q.trim().is_empty()))
}

/// Reads where a page starts, and its size.
pub fn page<T>(curseur: Option<&str>, limite: Option<u32>, defaut: u32) -> Result<(Option<Id<T>>, usize), ApiError> {
    let faux = |_| {
        ApiError::new(ProblemCode::RequeteIllisible).detail("Le curseur n’est pas celui d’une page de cette liste.")
    };
    let apres = curseur.map(|c| uuid::Uuid::try_parse(c).map(Id::new)).transpose().map_err(faux)?;
    Ok((apres, dossiers::limite(limite, defaut)?))
}

/// Writes where the next page starts.
pub fn curseur<T>(dernier: Id<T>) -> String {
    dernier.uuid().simple().to_string()
}

/// A page of a thread, for its reader.
pub fn fil(page: PageFil, lecteur: &Acteur) -> wire::Fil {
    wire::Fil {
        elements: page.messages.into_iter().map(|m| message(m, lecteur)).collect(),
        suivant: page.suivant.map(curseur),
    }
}

/// A message, for its reader.
pub fn message(lu: MessageLu, lecteur: &Acteur) -> wire::Message {
    let m = lu.message;
    wire::Message {
        id: m.id.0.uuid(),
        dossier_id: m.dossier_id.0.uuid(),
        nature: m.nature.0,
        auteur: lu.auteur,
        auteur_cote: m.auteur_cote.0,
        de_moi: m.auteur_id.0 == lecteur.id,
        corps: m.corps,
        envoye_le: m.envoye_le.0,
        non_lu: lu.non_lu,
        pieces_jointes: lu.jointes.into_iter().map(jointe).collect(),
        reference_externe: lu.reference,
        lectures: lu.lectures.into_iter().map(|Lecture { par, le }| wire::Lecture { par, le }).collect(),
    }
}

fn jointe(j: Jointe) -> wire::PieceJointe {
    wire::PieceJointe { document_id: j.document.0.uuid(), nom: j.nom, taille: j.taille, statut: j.statut.0 }
}

/// A page of the inbox, for its owner.
pub fn boite(page: PageBoite, lecteur: &Acteur) -> wire::Boite {
    wire::Boite {
        elements: page.lignes.into_iter().map(|l| resume(l, lecteur)).collect(),
        non_lus: page.non_lus,
        suivant: page.suivant.map(curseur),
    }
}

/// A message in the inbox.
pub fn resume(l: LigneBoite, lecteur: &Acteur) -> wire::MessageResume {
    let m = l.message;
    wire::MessageResume {
        id: m.id.0.uuid(),
        dossier_id: m.dossier_id.0.uuid(),
        numero: l.numero,
        intitule: l.intitule,
        adherent: l.adherent,
        nature: m.nature.0,
        auteur: l.auteur,
        de_moi: m.auteur_id.0 == lecteur.id,
        extrait: extrait(&m.corps),
        envoye_le: m.envoye_le.0,
        non_lu: l.non_lu,
        pieces_jointes: i64::try_from(l.jointes).unwrap_or(i64::MAX),
    }
}

/// The start of a text on one line, ended at a word.
fn extrait(corps: &str) -> String {
    let ligne = corps.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((fin, _)) = ligne.char_indices().nth(EXTRAIT_MAX) else { return ligne };
    // One character is kept for the ellipsis.
    let debut: String = ligne[..fin].chars().take(EXTRAIT_MAX - 1).collect();
    let entier = ligne[debut.len()..].starts_with(' ');
    // A text without a space is cut where it must be.
    let coupe = if entier { debut.len() } else { debut.rfind(' ').unwrap_or(debut.len()) };
    format!("{}…", debut[..coupe].trim_end())
}

#[cfg(test)]
mod tests {
    use super::{EXTRAIT_MAX, extrait};

    #[test]
    fn an_extract_is_one_line_of_whole_words() {
        let mots = "été ".repeat(60);
        for (corps, attendu) in [
            ("Bonjour,\n\nvoici  la facture.".to_owned(), "Bonjour, voici la facture.".to_owned()),
            ("é".repeat(200), "é".repeat(200)),
            ("é".repeat(201), format!("{}…", "é".repeat(199))),
            (mots, format!("{}…", ["été"; 50].join(" "))),
            (format!("{} fin", "a".repeat(197)), format!("{}…", "a".repeat(197))),
            (format!("{} fin de phrase", "a".repeat(195)), format!("{} fin…", "a".repeat(195))),
        ] {
            let rendu = extrait(&corps);
            assert_eq!(rendu, attendu);
            assert!(rendu.chars().count() <= EXTRAIT_MAX);
        }
    }
}
