//! Money.

use crate::enum_code;

enum_code! {
    /// The currency of amounts (ISO 4217).
    pub enum Devise {
        /// Euro: amounts are whole numbers of cents.
        Eur = "EUR",
    }
}

/// An amount of euros, in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Centimes(pub i64);

impl std::fmt::Display for Centimes {
    /// `1 234,56 €`, with the no-break spaces of French typography.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let euros = (self.0.unsigned_abs() / 100).to_string();
        let mut groupes = String::new();
        for (i, c) in euros.chars().enumerate() {
            if i > 0 && (euros.len() - i).is_multiple_of(3) {
                groupes.push('\u{202f}');
            }
            groupes.push(c);
        }
        let signe = if self.0 < 0 { "-" } else { "" };
        write!(f, "{signe}{groupes},{:02}\u{a0}€", self.0.unsigned_abs() % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::Centimes;

    #[test]
    fn amounts_read_as_in_french() {
        for (cents, texte) in [
            (0, "0,00\u{a0}€"),
            (5, "0,05\u{a0}€"),
            (336_000, "3\u{202f}360,00\u{a0}€"),
            (123_456_789, "1\u{202f}234\u{202f}567,89\u{a0}€"),
            (-150, "-1,50\u{a0}€"),
        ] {
            assert_eq!(Centimes(cents).to_string(), texte);
        }
    }
}
