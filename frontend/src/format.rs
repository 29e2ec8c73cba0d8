//! Dates, times, sizes and numbers, written as in French.

mod horloge;

pub use horloge::{aujourd_hui, dernier_jour, fin_du_jour, maintenant, paris};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// No-break space.
const INSECABLE: char = '\u{a0}';
/// Narrow no-break space: between groups of digits, before `;`, `!` and `?`.
const FINE: char = '\u{202f}';

const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MOIS_COURTS: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."];
const JOURS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// `18/11/2026`.
pub fn date(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// `Lundi 23 novembre 2026`, for the head of a page.
pub fn date_longue(date: Date) -> String {
    let jour = majuscule(JOURS[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs()) % 7]);
    let premier = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    format!("{jour} {premier}{INSECABLE}{} {}", mois(&MOIS, date), date.year())
}

/// The text with a capital first letter.
pub fn majuscule(texte: &str) -> String {
    let mut lettres = texte.chars();
    lettres.next().into_iter().flat_map(char::to_uppercase).chain(lettres).collect()
}

/// The day and the short month, for a calendar leaf: `("2", "déc.")`.
pub fn jour_et_mois(date: Date) -> (String, &'static str) {
    (date.day().to_string(), mois(&MOIS_COURTS, date))
}

fn mois(noms: &'static [&'static str; 12], date: Date) -> &'static str {
    noms[usize::from(date.month().unsigned_abs().saturating_sub(1)) % 12]
}

/// `16 h 20`.
pub fn heure(quand: DateTime) -> String {
    format!("{:02}{INSECABLE}h{INSECABLE}{:02}", quand.hour(), quand.minute())
}

/// `18/11/2026 à 16 h 20`, in Paris.
pub fn instant(quand: Timestamp) -> String {
    let local = paris(quand);
    format!("{} à {}", date(local.date()), heure(local))
}

/// `18/11/2026`, in Paris.
pub fn jour(quand: Timestamp) -> String {
    date(paris(quand).date())
}

/// The shortest that tells a past instant from today: `16 h 20`, `18/11` or `18/11/2025`.
pub fn repere(quand: Timestamp) -> String {
    repere_civil(paris(quand), aujourd_hui())
}

fn repere_civil(local: DateTime, aujourd_hui: Date) -> String {
    if local.date() == aujourd_hui {
        heure(local)
    } else if local.year() == aujourd_hui.year() {
        format!("{:02}/{:02}", local.day(), local.month())
    } else {
        date(local.date())
    }
}

/// An instant for a `datetime` attribute.
pub fn machine(quand: Timestamp) -> String {
    quand.to_string()
}

/// Days from `aujourd_hui` to `date`; negative once it has passed.
pub fn jours_jusqu_a(date: Date, aujourd_hui: Date) -> i64 {
    aujourd_hui.duration_until(date).as_hours() / 24
}

/// `dans 7 jours`, `demain`, `aujourd’hui`, `en retard de 3 jours`.
pub fn distance(date: Date, aujourd_hui: Date) -> String {
    match jours_jusqu_a(date, aujourd_hui) {
        0 => "aujourd’hui".into(),
        1 => "demain".into(),
        n if n > 1 => format!("dans {}", pluriel(n, "jour", "jours")),
        n => format!("en retard de {}", pluriel(-n, "jour", "jours")),
    }
}

/// `1 234`.
pub fn nombre(n: i64) -> String {
    let chiffres = n.unsigned_abs().to_string();
    let mut groupes = String::with_capacity(chiffres.len() * 2);
    if n < 0 {
        groupes.push('-');
    }
    for (i, c) in chiffres.chars().enumerate() {
        if i > 0 && (chiffres.len() - i).is_multiple_of(3) {
            groupes.push(FINE);
        }
        groupes.push(c);
    }
    groupes
}

/// A number and its noun: `1 pièce`, `2 pièces`; zero is singular, as in French.
pub fn pluriel(n: i64, un: &str, plusieurs: &str) -> String {
    format!("{}{INSECABLE}{}", nombre(n), accord(n, un, plusieurs))
}

/// The noun or adjective that agrees with a number.
pub const fn accord<'a>(n: i64, un: &'a str, plusieurs: &'a str) -> &'a str {
    if n > 1 || n < -1 { plusieurs } else { un }
}

/// A number of bytes: `186 Ko`, `1,8 Mo`.
pub fn taille(octets: i64) -> String {
    const KO: i64 = 1024;
    const MO: i64 = KO * 1024;
    match octets {
        n if n < KO => pluriel(n, "octet", "octets"),
        n if n < MO => format!("{}{INSECABLE}Ko", nombre(((n + KO / 2) / KO).min(1023))),
        n => {
            let dixiemes = (n * 10 + MO / 2) / MO;
            let (entiers, reste) = (nombre(dixiemes / 10), dixiemes % 10);
            if reste == 0 { format!("{entiers}{INSECABLE}Mo") } else { format!("{entiers},{reste}{INSECABLE}Mo") }
        }
    }
}

/// A wait: `45 secondes`, `15 minutes`, `2 heures`.
pub fn attente(secondes: u32) -> String {
    let s = i64::from(secondes);
    match s {
        0..60 => pluriel(s.max(1), "seconde", "secondes"),
        60..5400 => pluriel((s + 59) / 60, "minute", "minutes"),
        _ => pluriel((s + 3599) / 3600, "heure", "heures"),
    }
}

/// A SIRET in groups: `998 412 308 00012`.
pub fn siret(chiffres: &str) -> String {
    let coupe = |i: usize| matches!(i, 3 | 6 | 9);
    let mut groupes = String::with_capacity(chiffres.len() + 9);
    for (i, c) in chiffres.chars().enumerate() {
        if coupe(i) {
            groupes.push(FINE);
        }
        groupes.push(c);
    }
    groupes
}

/// Initials of a name: `CA`.
pub fn initiales(nom: &str) -> String {
    nom.split([' ', '-']).filter_map(|mot| mot.chars().next()).take(2).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests;
