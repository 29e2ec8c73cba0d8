//! What a generated dossier is: drawn from its rank alone, so that two runs give the same.

use domain::dossier::Etat;
use jiff::Span;
use jiff::civil::{Date, date};

/// Draws numbers from a seed (splitmix64).
pub(in crate::demo) struct Tirage(u64);

/// The shares of the états, in hundredths: three dossiers in four are over.
const ETATS: &[(u64, Etat)] = &[
    (62, Etat::Cloture),
    (5, Etat::Refuse),
    (4, Etat::Annule),
    (4, Etat::SansSuite),
    (3, Etat::Brouillon),
    (4, Etat::Transmis),
    (5, Etat::EnInstruction),
    (3, Etat::Incomplet),
    (5, Etat::Accorde),
    (3, Etat::EnReglement),
    (2, Etat::Regle),
];

pub(super) const INTITULES: &[&str] = &[
    "CACES R482, catégorie A",
    "CACES R482, catégorie B1",
    "Travail en hauteur et port du harnais",
    "Sauveteur secouriste du travail",
    "Habilitation électrique BR",
    "Lecture de plan et métré",
    "Montage d’échafaudages de pied (R408)",
    "Isolation thermique par l’extérieur",
    "Prévention du risque amiante, sous-section 4",
    "Soudage à l’arc, niveau 1",
    "Étanchéité liquide",
    "Pose de menuiseries RGE",
    "Réseaux enterrés (AIPR)",
    "Conduite de travaux et planification",
    "Devis et facturation électronique",
];

pub(super) const ORGANISMES: &[&str] = &[
    "Cap Chantier Formation",
    "Centre des métiers de l’Estuaire",
    "Ouest Prévention",
    "Atelier des Soudeurs de Loire",
];

impl Tirage {
    pub(in crate::demo) const fn du_rang(rang: u32) -> Self {
        Self(rang as u64)
    }

    /// A number under `n`.
    pub(super) const fn sous(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    /// One of a list that is not empty.
    pub(super) fn parmi<'a, T>(&mut self, liste: &'a [T]) -> &'a T {
        &liste[usize::try_from(self.sous(liste.len() as u64)).unwrap_or(0)]
    }

    pub(super) fn etat(&mut self) -> Etat {
        let mut reste = self.sous(100);
        for (part, etat) in ETATS {
            if reste < *part {
                return *etat;
            }
            reste -= part;
        }
        Etat::Cloture
    }

    /// First and last day, such that the usual course of `etat` lies in the past.
    pub(super) fn dates(&mut self, etat: Etat, aujourd_hui: Date) -> (Date, Date) {
        let duree = i64::try_from(self.sous(5)).unwrap_or(0);
        let (avance, anciennete) = match etat {
            Etat::Brouillon => (90, 80),
            Etat::Transmis => (34, 25),
            Etat::EnInstruction => (29, 40),
            Etat::Incomplet => (25, 40),
            Etat::Accorde => (17, 200),
            Etat::EnReglement => (-33 - duree, 90),
            Etat::Regle => (-49 - duree, 60),
            Etat::Refuse | Etat::Annule => (7, 2000),
            Etat::SansSuite => (-36, 2000),
            Etat::Cloture => (-63 - duree, 2000),
        };
        let recul = i64::try_from(self.sous(anciennete)).unwrap_or(0);
        let debut = aujourd_hui.saturating_add(Span::new().days(avance - recul));
        (debut, debut.saturating_add(Span::new().days(duree)))
    }

    pub(super) fn dispositif(&mut self, debut: Date) -> &'static str {
        match self.sous(100) {
            0..70 => "PLAN",
            70..82 => "C PRO",
            82..96 => "APPRENTISSAGE",
            _ if debut < date(2026, 1, 1) => "PRO-A",
            _ => "RECONVERSION",
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::code::Code as _;
    use domain::dossier::Etat;
    use domain::siret::{Siret, avec_cle};
    use jiff::civil::date;

    use super::{ETATS, Tirage};
    use crate::demo::parcours::parcours;

    #[test]
    fn generated_sirets_are_valid() {
        for n in [0, 1, 42, 1999, 99_999] {
            let siren = avec_cle(&format!("997{n:05}"));
            assert!(Siret::parse(&avec_cle(&format!("{siren}0001"))).is_ok(), "{siren}");
        }
    }

    #[test]
    fn generated_histories_lie_in_the_past() {
        let jour = date(2026, 11, 23);
        for rang in 0..2000 {
            let mut t = Tirage::du_rang(rang);
            for &etat in Etat::TOUS {
                let (debut, fin) = t.dates(etat, jour);
                assert!(debut <= fin);
                assert!(parcours(etat, debut, fin).iter().all(|p| p.le <= jour), "{etat:?} {debut}");
            }
        }
        assert_eq!(ETATS.iter().map(|(p, _)| p).sum::<u64>(), 100);
    }
}
