use jiff::civil::Date;

use super::Etat;
use crate::enum_code;
use crate::ids::TypePieceId;

enum_code! {
    /// Whether a category of pieces must be filled.
    pub enum Exigence {
        /// Always due.
        Obligatoire = "obligatoire",
        /// Never due.
        Facultative = "facultative",
        /// Due once a gestionnaire asked for it, with a reason (arrêté du 21/12/2018).
        SurDemande = "sur_demande",
    }
}

enum_code! {
    /// What a category of pieces is for.
    pub enum EtapePiece {
        /// The funding request.
        Demande = "demande",
        /// The payment.
        Paiement = "paiement",
        /// Whatever else the member wishes to send.
        Libre = "libre",
    }
}

/// A category of pieces as the rule of completeness sees it.
#[derive(Debug, Clone)]
pub struct Attendue {
    /// The category.
    pub type_piece: TypePieceId,
    /// Whether it must be filled.
    pub exigence: Exigence,
    /// What it is for.
    pub etape: EtapePiece,
    /// The day a gestionnaire's open request for it falls due.
    pub demandee_avant: Option<Date>,
    /// Whether a gestionnaire's request for it is open.
    pub demandee: bool,
    /// The day it is due by rule, when the dispositif sets one.
    pub due_avant: Option<Date>,
    /// Whether the gestionnaire wants a document of it put right.
    pub a_corriger: bool,
    /// The day by which it must be, when that was said after the request for the category.
    pub corriger_avant: Option<Date>,
    /// Whether at least one document fills it; not one that was there when it was asked for.
    pub fournie: bool,
}

/// How complete a dossier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Completude {
    /// Categories due at this stage.
    pub dues: i32,
    /// Categories due and filled.
    pub fournies: i32,
    /// The nearest day at which something missing falls due.
    pub echeance: Option<Date>,
}

impl Attendue {
    /// Whether the category is due for a dossier in `etat`.
    pub fn due(&self, etat: Etat) -> bool {
        let au_stade = match self.etape {
            EtapePiece::Demande => true,
            EtapePiece::Paiement => etat.apres_accord(),
            EtapePiece::Libre => false,
        };
        self.demandee || self.a_corriger || (self.exigence == Exigence::Obligatoire && au_stade)
    }

    /// The day the category falls due: a gestionnaire's own date before the rule's, that of what must be put right before
    /// that of the request which it answered.
    pub fn echeance(&self) -> Option<Date> {
        self.corriger_avant.or(self.demandee_avant).or(self.due_avant)
    }
}

/// Counts what is due, what is there, and finds the nearest due day of what is missing.
pub fn completude(etat: Etat, attendues: &[Attendue]) -> Completude {
    let dues: Vec<_> = attendues.iter().filter(|a| a.due(etat)).collect();
    let nombre = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    Completude {
        dues: nombre(dues.len()),
        fournies: nombre(dues.iter().filter(|a| a.fournie).count()),
        echeance: dues.iter().filter(|a| !a.fournie).filter_map(|a| a.echeance()).min(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::{Attendue, Completude, EtapePiece, Exigence, completude};
    use crate::dossier::Etat;

    fn piece(exigence: Exigence, etape: EtapePiece, fournie: bool) -> Attendue {
        Attendue {
            type_piece: Uuid::nil().into(),
            exigence,
            etape,
            demandee_avant: None,
            demandee: false,
            due_avant: None,
            a_corriger: false,
            corriger_avant: None,
            fournie,
        }
    }

    #[test]
    fn what_is_to_be_put_right_is_due_whatever_it_is_for() {
        let mut libre = piece(Exigence::Facultative, EtapePiece::Libre, false);
        assert!(!libre.due(Etat::EnInstruction));
        libre.a_corriger = true;
        assert_eq!(
            completude(Etat::EnInstruction, &[libre.clone()]),
            Completude { dues: 1, fournies: 0, echeance: None }
        );
        let jour = date(2026, 12, 9);
        libre.demandee = true;
        libre.demandee_avant = Some(date(2026, 12, 2));
        libre.corriger_avant = Some(jour);
        assert_eq!(
            completude(Etat::EnInstruction, &[libre]),
            Completude { dues: 1, fournies: 0, echeance: Some(jour) }
        );
    }

    #[test]
    fn pieces_for_payment_are_due_after_the_agreement_only() {
        let pieces = [
            piece(Exigence::Obligatoire, EtapePiece::Demande, true),
            piece(Exigence::Obligatoire, EtapePiece::Paiement, false),
            piece(Exigence::Facultative, EtapePiece::Demande, false),
            piece(Exigence::SurDemande, EtapePiece::Paiement, false),
        ];
        assert_eq!(completude(Etat::EnInstruction, &pieces), Completude { dues: 1, fournies: 1, echeance: None });
        assert_eq!(completude(Etat::Accorde, &pieces), Completude { dues: 2, fournies: 1, echeance: None });
    }

    #[test]
    fn the_nearest_missing_date_counts_and_a_request_overrides_the_rule() {
        let mut regle = piece(Exigence::Obligatoire, EtapePiece::Demande, false);
        regle.due_avant = Some(date(2026, 12, 11));
        let mut demandee = piece(Exigence::SurDemande, EtapePiece::Paiement, false);
        demandee.demandee = true;
        demandee.demandee_avant = Some(date(2026, 12, 2));
        let mut fournie = piece(Exigence::Obligatoire, EtapePiece::Demande, true);
        fournie.due_avant = Some(date(2026, 11, 1));
        assert_eq!(
            completude(Etat::EnInstruction, &[regle, demandee, fournie]),
            Completude { dues: 3, fournies: 1, echeance: Some(date(2026, 12, 2)) }
        );
    }
}
