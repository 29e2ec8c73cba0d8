//! A day as people type it: jj/mm/aaaa.

use jiff::civil::Date;

/// The first year that a day can be of.
const ANNEE_MIN: i16 = 1_900;

/// Why a text is not a day, or not the one awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JourInvalide {
    /// It is not written jj/mm/aaaa.
    Forme,
    /// The calendar has no such day.
    Inexistant {
        /// The day as it was understood, jj/mm/aaaa.
        jour: String,
    },
    /// An end comes before its beginning.
    Envers,
}

impl JourInvalide {
    /// What is wrong and how to put it right.
    pub fn dire(&self, exemple: Date) -> String {
        match self {
            Self::Forme => format!("Écrivez la date ainsi\u{a0}: {}.", ecrire_jour(exemple)),
            Self::Inexistant { jour } => format!("Le {jour} n’existe pas. Vérifiez le jour et le mois."),
            Self::Envers => "La date de fin est avant la date de début.".to_owned(),
        }
    }

    /// Refuses an end that comes before its beginning.
    pub fn si_envers(debut: Option<Date>, fin: Option<Date>) -> Result<(), Self> {
        if debut.zip(fin).is_some_and(|(debut, fin)| fin < debut) { Err(Self::Envers) } else { Ok(()) }
    }
}

/// Reads a day; an empty text is no day.
///
/// One-digit days and months, years of two digits (20yy), other separators, the year first and eight digits in a row
/// are understood. No year is before `ANNEE_MIN`: it is a slip, and tells on which side of eight digits the year is.
pub fn lire_jour(texte: &str) -> Result<Option<Date>, JourInvalide> {
    let texte = texte.trim();
    if texte.is_empty() {
        return Ok(None);
    }
    let colle = texte.len() == 8 && texte.bytes().all(|b| b.is_ascii_digit());
    let parties: Vec<&str> = match colle {
        true if nombre(&texte[4..], 4)? < ANNEE_MIN => vec![&texte[..4], &texte[4..6], &texte[6..]],
        true => vec![&texte[..2], &texte[2..4], &texte[4..]],
        false => texte.split(['/', '-', '.', ' ']).collect(),
    };
    let (jour, mois, annee) = match parties.as_slice() {
        [annee, mois, jour] if annee.len() == 4 => (jour, mois, annee),
        [jour, mois, annee] => (jour, mois, annee),
        _ => return Err(JourInvalide::Forme),
    };
    let siecle = if annee.len() == 2 { 2_000 } else { 0 };
    let (jour, mois, annee) = (nombre(jour, 2)?, nombre(mois, 2)?, siecle + nombre(annee, 4)?);
    if annee < ANNEE_MIN {
        return Err(JourInvalide::Forme);
    }
    let petit = |n: i16| i8::try_from(n).unwrap_or(0);
    Date::new(annee, petit(mois), petit(jour))
        .map(Some)
        .map_err(|_| JourInvalide::Inexistant { jour: format!("{jour:02}/{mois:02}/{annee}") })
}

/// Writes a day jj/mm/aaaa.
pub fn ecrire_jour(jour: Date) -> String {
    format!("{:02}/{:02}/{}", jour.day(), jour.month(), jour.year())
}

fn nombre(chiffres: &str, au_plus: usize) -> Result<i16, JourInvalide> {
    let bien = (1..=au_plus).contains(&chiffres.len()) && chiffres.bytes().all(|b| b.is_ascii_digit());
    if bien { chiffres.parse().map_err(|_| JourInvalide::Forme) } else { Err(JourInvalide::Forme) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{JourInvalide, ecrire_jour, lire_jour};

    #[test]
    fn days_are_read_as_people_type_them() {
        let forme = || Err(JourInvalide::Forme);
        let inexistant = |jour: &str| Err(JourInvalide::Inexistant { jour: jour.to_owned() });
        for (texte, attendu) in [
            ("", Ok(None)),
            ("  ", Ok(None)),
            ("01/07/2019", Ok(Some(date(2019, 7, 1)))),
            (" 1/7/2019 ", Ok(Some(date(2019, 7, 1)))),
            ("01-07-2019", Ok(Some(date(2019, 7, 1)))),
            ("01.07.2019", Ok(Some(date(2019, 7, 1)))),
            ("01072019", Ok(Some(date(2019, 7, 1)))),
            ("29/02/2024", Ok(Some(date(2024, 2, 29)))),
            ("29/02/2025", inexistant("29/02/2025")),
            ("31/04/2026", inexistant("31/04/2026")),
            ("00/01/2026", inexistant("00/01/2026")),
            ("12/13/2026", inexistant("12/13/2026")),
            ("2026-07-01", Ok(Some(date(2026, 7, 1)))),
            ("2026/7/1", Ok(Some(date(2026, 7, 1)))),
            ("1/1/26", Ok(Some(date(2026, 1, 1)))),
            ("01/07/19", Ok(Some(date(2019, 7, 1)))),
            ("31/02/26", inexistant("31/02/2026")),
            ("2026-02-31", inexistant("31/02/2026")),
            ("31022026", inexistant("31/02/2026")),
            ("20261220", Ok(Some(date(2026, 12, 20)))),
            ("20121110", Ok(Some(date(2012, 11, 10)))),
            ("20261320", inexistant("20/13/2026")),
            ("01071899", forme()),
            ("01/07/1899", forme()),
            ("1899-07-01", forme()),
            ("01/07/1900", Ok(Some(date(1900, 7, 1)))),
            ("01/07/9", forme()),
            ("01/07/019", forme()),
            ("01/07/0019", forme()),
            ("2026-07-2026", forme()),
            ("010726", forme()),
            ("01/07", forme()),
            ("1er juillet", forme()),
            ("é1/07/19", forme()),
        ] {
            assert_eq!(lire_jour(texte), attendu, "{texte:?}");
        }
    }

    #[test]
    fn an_end_comes_on_the_day_of_its_beginning_or_after() {
        let (tot, tard) = (Some(date(2026, 1, 1)), Some(date(2026, 1, 2)));
        assert_eq!(JourInvalide::si_envers(tard, tot), Err(JourInvalide::Envers));
        for (debut, fin) in [(tot, tard), (tot, tot), (None, tot), (tot, None), (None, None)] {
            assert_eq!(JourInvalide::si_envers(debut, fin), Ok(()));
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_the_way_to_put_it_right() {
        let dire = |refus: JourInvalide| refus.dire(date(2026, 11, 23));
        assert_eq!(dire(JourInvalide::Forme), "Écrivez la date ainsi\u{a0}: 23/11/2026.");
        let inexistant = JourInvalide::Inexistant { jour: "31/02/2026".to_owned() };
        assert_eq!(dire(inexistant), "Le 31/02/2026 n’existe pas. Vérifiez le jour et le mois.");
    }

    #[test]
    fn a_day_is_written_in_full() {
        assert_eq!(ecrire_jour(date(2019, 7, 1)), "01/07/2019");
    }
}
