//! What a category of pieces asks and accepts, in words and rules.

use api_types::documents::{Piece, PieceDemandee};
use domain::document::Verdict;
use domain::dossier::{EtapePiece, Exigence};
use jiff::civil::Date;

use crate::components::icone::Glyphe;
use crate::format;
use crate::model::depot::{Places, Regle, Remplace};

/// What a zone does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// It takes files; discreet when nothing more is needed there.
    Ouverte {
        /// Whether it is drawn small.
        discrete: bool,
    },
    /// It is full: it takes one file in the place of this document.
    Remplace(Remplace),
    /// It takes nothing, for this reason.
    Fermee(String),
}

impl Mode {
    /// The document that a file would replace.
    pub const fn remplace(&self) -> Option<Remplace> {
        if let Self::Remplace(document) = self { Some(*document) } else { None }
    }

    /// Why nothing is taken.
    pub fn raison(&self) -> Option<String> {
        if let Self::Fermee(raison) = self { Some(raison.clone()) } else { None }
    }
}

/// What the zone of a category does for somebody who may deposit in the dossier.
pub fn mode(p: &Piece) -> Mode {
    match regle(p).places {
        Some(Places { max, libres: 0 }) => pleine(p, max),
        _ => Mode::Ouverte { discrete: if p.due { p.fournie } else { p.etape != EtapePiece::Libre } },
    }
}

fn pleine(p: &Piece, max: usize) -> Mode {
    let mut presents = p.documents.iter().filter(|d| d.statut.compte());
    match (presents.next(), max) {
        (Some(seul), 1) if seul.verdict == Verdict::Acceptee && !a_fournir(p) => {
            Mode::Fermee("Pièce acceptée. Pour la remplacer, écrivez à votre gestionnaire.".to_owned())
        }
        (Some(seul), 1) => Mode::Remplace(Remplace::de(seul)),
        _ => Mode::Fermee(format!("{max}\u{a0}fichiers au plus, tous déposés. Remplacez l’un d’eux par son menu.")),
    }
}

/// The rule of a category.
pub fn regle(p: &Piece) -> Regle {
    let presents = p.documents.iter().filter(|d| d.statut.compte()).count();
    let places = p
        .nombre_max
        .and_then(|n| usize::try_from(n).ok())
        .map(|max| Places { max, libres: max.saturating_sub(presents) });
    Regle { formats: p.formats.clone(), taille_max: u64::try_from(p.taille_max).unwrap_or(0), places }
}

/// The rule of one file that takes the place of another.
#[must_use]
pub fn regle_de_remplacement(regle: &Regle) -> Regle {
    let places = Some(Places { max: 1, libres: 1 });
    Regle { places, ..regle.clone() }
}

/// Whether the category awaits a file.
pub const fn a_fournir(p: &Piece) -> bool {
    p.due && !p.fournie
}

/// The gestionnaire's request for it that nothing answered yet.
pub fn demande_en_cours(p: &Piece) -> Option<&PieceDemandee> {
    p.demande.as_ref().filter(|_| a_fournir(p))
}

/// What a category asks: an icon, strong words, the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Attendu {
    /// Its icon.
    pub glyphe: Glyphe,
    /// Whether a file is awaited.
    pub presse: bool,
    /// What must be read first.
    pub fort: String,
    /// The rest.
    pub suite: String,
}

/// What a category asks, on the day `aujourd_hui`.
pub fn attendu(p: &Piece, organisme: &str, aujourd_hui: Date) -> Attendu {
    let terme =
        p.echeance.map(|j| format!("au plus tard le {} ({})", format::date(j), format::distance(j, aujourd_hui)));
    let avant = terme.as_ref().map(|t| format!(", {t}")).unwrap_or_default();
    let aide = p.aide.as_deref().map(|a| format!(". {}", a.trim_end_matches('.'))).unwrap_or_default();
    let dire =
        |glyphe, presse, fort: String, suite: String| Attendu { glyphe, presse, fort, suite: format!("{suite}{aide}") };
    if let Some(demande) = demande_en_cours(p) {
        let fort = format!("Demandée par {}", demande.par);
        let avant = terme.map(|t| format!(", à fournir {t}")).unwrap_or_default();
        return dire(Glyphe::Drapeau, true, fort, format!(" le {}{avant}", format::jour(demande.le)));
    }
    let vide = String::new;
    match (p.exigence, p.due, p.fournie) {
        (Exigence::Obligatoire, _, true) => dire(Glyphe::Check, false, vide(), "Obligatoire, fournie".to_owned()),
        (_, true, true) => dire(Glyphe::Check, false, vide(), "Demandée, fournie".to_owned()),
        (Exigence::Obligatoire, true, false) => dire(Glyphe::Drapeau, true, "Obligatoire, à fournir".to_owned(), avant),
        (_, true, false) => dire(Glyphe::Drapeau, true, "À fournir".to_owned(), avant),
        (Exigence::Obligatoire, false, false) if p.etape == EtapePiece::Paiement => {
            dire(Glyphe::Vide, false, vide(), "Obligatoire après l’accord".to_owned())
        }
        (Exigence::Obligatoire, false, false) => dire(Glyphe::Vide, false, vide(), "Non fournie".to_owned()),
        (Exigence::Facultative, false, _) => dire(Glyphe::Vide, false, vide(), "Facultative".to_owned()),
        (Exigence::SurDemande, false, _) => {
            dire(Glyphe::Vide, false, vide(), format!("Seulement si {organisme} la demande"))
        }
    }
}

#[cfg(test)]
mod tests {
    use api_types::documents::{Document, Piece};
    use domain::document::{Format, Sens, Statut, Verdict};
    use domain::dossier::{EtapePiece, Exigence};
    use jiff::Timestamp;
    use jiff::civil::date;
    use uuid::Uuid;

    use super::{Mode, a_fournir, attendu, mode};
    use crate::components::icone::Glyphe;

    fn piece() -> Piece {
        Piece {
            id: Uuid::nil(),
            libelle: "Devis".into(),
            etape: EtapePiece::Demande,
            exigence: Exigence::Obligatoire,
            due: true,
            fournie: false,
            echeance: Some(date(2026, 11, 30)),
            demande: None,
            aide: Some("Signé.".into()),
            formats: vec![Format::Pdf],
            taille_max: 1024,
            nombre_max: None,
            documents: Vec::new(),
        }
    }

    fn document(verdict: Verdict, statut: Statut) -> Document {
        Document {
            id: Uuid::max(),
            dossier_id: Uuid::nil(),
            piece_id: Some(Uuid::nil()),
            sens: Sens::Adherent,
            nom: "devis.pdf".into(),
            format: Format::Pdf,
            taille: 10,
            sha256: String::new(),
            statut,
            verdict,
            motif: None,
            avant: None,
            depose_par: String::new(),
            depose_le: Timestamp::UNIX_EPOCH,
            remplace_le: None,
            annulable_jusqu_a: None,
            transmis_le: None,
            version: 1,
            recu: String::new(),
            etag: "\"e\"".into(),
            reference_externe: None,
        }
    }

    #[test]
    fn a_full_zone_offers_to_replace_and_never_refuses_without_a_word() {
        let seul =
            |verdict, statut| Piece { nombre_max: Some(1), documents: vec![document(verdict, statut)], ..piece() };
        assert_eq!(mode(&piece()), Mode::Ouverte { discrete: false });
        assert_eq!(mode(&Piece { fournie: true, ..piece() }), Mode::Ouverte { discrete: true });
        let remplace = mode(&seul(Verdict::AExaminer, Statut::Transmis)).remplace().unwrap();
        assert_eq!((remplace.document, remplace.etag()), (Uuid::max(), "\"e\""));
        // What was accepted stays, unless something else was asked for since.
        let acceptee = Piece { fournie: true, ..seul(Verdict::Acceptee, Statut::Transmis) };
        assert!(matches!(mode(&acceptee), Mode::Fermee(_)));
        assert!(mode(&Piece { fournie: false, ..acceptee }).remplace().is_some());
        assert!(matches!(mode(&seul(Verdict::AExaminer, Statut::Infecte)), Mode::Ouverte { .. }));
        let deux = [Verdict::AExaminer, Verdict::AExaminer].map(|v| document(v, Statut::Recu)).to_vec();
        assert!(matches!(mode(&Piece { nombre_max: Some(2), documents: deux, ..piece() }), Mode::Fermee(_)));
    }

    #[test]
    fn what_is_awaited_is_said_with_its_day() {
        let dit = attendu(&piece(), "Constructys", date(2026, 11, 23));
        assert_eq!((dit.glyphe, dit.presse), (Glyphe::Drapeau, true));
        assert_eq!(
            dit.fort + &dit.suite,
            "Obligatoire, à fournir, au plus tard le 30/11/2026 (dans 7\u{a0}jours). Signé"
        );
        let close = Piece { due: false, echeance: None, aide: None, ..piece() };
        assert!(!a_fournir(&close));
        assert_eq!(attendu(&close, "Constructys", date(2026, 11, 23)).suite, "Non fournie");
        let plus_tard = Piece { etape: EtapePiece::Paiement, ..close };
        assert_eq!(attendu(&plus_tard, "Constructys", date(2026, 11, 23)).suite, "Obligatoire après l’accord");
        let libre = Piece { exigence: Exigence::SurDemande, ..plus_tard };
        assert_eq!(attendu(&libre, "Constructys", date(2026, 11, 23)).suite, "Seulement si Constructys la demande");
    }
}
