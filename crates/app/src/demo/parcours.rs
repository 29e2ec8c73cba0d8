//! The acts that lead a dossier to its état, and when.

use domain::dossier::{Acte, Etat, Refus, appliquer};
use jiff::Span;
use jiff::civil::Date;

use super::calendrier::Heure;

/// An act, its day and its time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pas {
    pub(super) acte: Acte,
    pub(super) le: Date,
    pub(super) a: Heure,
    pub(super) motif: Option<&'static str>,
}

pub(super) const fn pas(acte: Acte, le: Date, a: Heure) -> Pas {
    Pas { acte, le, a, motif: None }
}

/// The same, with its reason.
pub(super) const fn pas_motive(acte: Acte, le: Date, a: Heure, motif: &'static str) -> Pas {
    Pas { acte, le, a, motif: Some(motif) }
}

/// The acts from a brouillon to `etat`.
pub(super) const fn actes(etat: Etat) -> &'static [Acte] {
    use Acte as A;
    match etat {
        Etat::Brouillon => &[],
        Etat::Transmis => &[A::Transmettre],
        Etat::EnInstruction => &[A::Transmettre, A::Instruire],
        Etat::Incomplet => &[A::Transmettre, A::Instruire, A::DemanderComplement],
        Etat::Accorde => &[A::Transmettre, A::Instruire, A::Accorder],
        Etat::EnReglement => &[A::Transmettre, A::Instruire, A::Accorder, A::Regler],
        Etat::Regle => &[A::Transmettre, A::Instruire, A::Accorder, A::Solder],
        Etat::Cloture => &[A::Transmettre, A::Instruire, A::Accorder, A::Regler, A::Solder, A::Cloturer],
        Etat::Refuse => &[A::Transmettre, A::Instruire, A::Refuser],
        Etat::Annule => &[A::Transmettre, A::Annuler],
        Etat::SansSuite => &[A::Transmettre, A::Instruire, A::DemanderComplement, A::ClasserSansSuite],
    }
}

/// The usual course of a dossier from `debut` to `fin` that stands in `etat`.
pub(super) fn parcours(etat: Etat, debut: Date, fin: Date) -> Vec<Pas> {
    actes(etat).iter().map(|&acte| Pas { motif: motif(acte), ..usuel(acte, debut, fin) }).collect()
}

fn usuel(acte: Acte, debut: Date, fin: Date) -> Pas {
    let jour = |depart: Date, n: i32| depart.saturating_add(Span::new().days(n));
    match acte {
        Acte::Transmettre => pas(acte, jour(debut, -35), (10, 12)),
        Acte::Instruire => pas(acte, jour(debut, -30), (9, 40)),
        Acte::DemanderComplement => pas(acte, jour(debut, -26), (15, 5)),
        Acte::Completer => pas(acte, jour(debut, -22), (11, 30)),
        Acte::Accorder => pas(acte, jour(debut, -18), (11, 14)),
        Acte::Refuser => pas(acte, jour(debut, -17), (16, 2)),
        Acte::Annuler => pas(acte, jour(debut, -8), (8, 55)),
        Acte::ClasserSansSuite => pas(acte, jour(debut, 35), (14, 20)),
        Acte::Regler => pas(acte, jour(fin, 32), (9, 0)),
        Acte::Solder => pas(acte, jour(fin, 48), (9, 0)),
        Acte::Cloturer => pas(acte, jour(fin, 62), (17, 45)),
    }
}

const fn motif(acte: Acte) -> Option<&'static str> {
    match acte {
        Acte::DemanderComplement => Some("Une pièce obligatoire manque ou ne se lit pas."),
        Acte::Refuser => Some("L’action de formation ne relève pas des critères de prise en charge du plan."),
        Acte::Annuler => Some("La session est annulée par l’organisme de formation."),
        Acte::ClasserSansSuite => Some("Les compléments demandés n’ont pas été reçus dans le délai."),
        _ => None,
    }
}

/// The états that the acts lead through, in order.
pub(super) fn etats(parcours: &[Pas]) -> Result<Vec<Etat>, Refus> {
    let mut etat = Etat::Brouillon;
    parcours
        .iter()
        .map(|p| {
            etat = appliquer(etat, p.acte)?;
            Ok(etat)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::code::Code as _;
    use domain::dossier::Etat;
    use jiff::civil::date;

    use super::{etats, parcours};

    #[test]
    fn the_usual_course_follows_the_machine_and_ends_where_it_says() {
        for &etat in Etat::TOUS {
            let pas = parcours(etat, date(2026, 3, 2), date(2026, 3, 6));
            let suite = etats(&pas).unwrap();
            assert_eq!(suite.last().copied().unwrap_or(Etat::Brouillon), etat);
            assert!(pas.is_sorted_by_key(|p| (p.le, p.a)), "{etat:?}");
        }
    }
}
