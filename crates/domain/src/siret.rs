//! SIRET numbers.

use serde::{Deserialize, Serialize};

/// A well-formed SIRET: 14 digits that satisfy its check rule.
///
/// The rule is Luhn's over the 14 digits with a valid SIREN; establishments of La Poste
/// (SIREN 356000000) may instead have a sum of digits that is a multiple of 5 (Insee).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Siret(String);

/// Why a text is not a SIRET.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SiretError {
    /// Not 14 digits once spaces and dots are removed.
    #[error("le SIRET compte 14 chiffres")]
    Longueur,
    /// The check digit does not match.
    #[error("ce numéro n’est pas un SIRET : la clé de contrôle ne correspond pas")]
    Cle,
}

impl Siret {
    /// Reads a SIRET, ignoring spaces, no-break spaces and dots.
    pub fn parse(texte: &str) -> Result<Self, SiretError> {
        let chiffres: String = texte.chars().filter(|c| !c.is_whitespace() && *c != '.' && *c != '\u{202f}').collect();
        if chiffres.len() != 14 || !chiffres.bytes().all(|b| b.is_ascii_digit()) {
            return Err(SiretError::Longueur);
        }
        let (siren, _) = chiffres.split_at(9);
        let somme: u32 = chiffres.bytes().map(|b| u32::from(b - b'0')).sum();
        let poste = siren == "356000000" && somme.is_multiple_of(5);
        let juste = |chiffres: &str| luhn(chiffres).is_multiple_of(10);
        if juste(siren) && (juste(&chiffres) || poste) { Ok(Self(chiffres)) } else { Err(SiretError::Cle) }
    }

    /// The 14 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The SIREN: the first 9 digits, which name the company.
    pub fn siren(&self) -> &str {
        &self.0[..9]
    }
}

impl TryFrom<String> for Siret {
    type Error = SiretError;
    fn try_from(texte: String) -> Result<Self, SiretError> {
        Self::parse(&texte)
    }
}

impl From<Siret> for String {
    fn from(siret: Siret) -> Self {
        siret.0
    }
}

/// ASCII digits, followed by the key that makes the Luhn sum of all a multiple of 10 (ISO/IEC 7812-1).
pub fn avec_cle(chiffres: &str) -> String {
    let cle = (10 - luhn(&format!("{chiffres}0")) % 10) % 10;
    format!("{chiffres}{cle}")
}

/// Luhn's sum: of the digits, every second one from the right being doubled and its own digits added.
fn luhn(chiffres: &str) -> u32 {
    let valeurs = chiffres.bytes().rev().map(|b| u32::from(b - b'0'));
    valeurs.enumerate().map(|(i, d)| if i % 2 == 1 { d * 2 / 10 + d * 2 % 10 } else { d }).sum()
}

#[cfg(test)]
mod tests {
    use super::{Siret, SiretError, avec_cle};

    #[test]
    fn known_numbers_are_judged_rightly() {
        for bon in ["73282932000074", "55208131766522", "35600000000048", "35600000049837", "732 829 320 00074"] {
            assert!(Siret::parse(bon).is_ok(), "{bon}");
        }
        for (mauvais, cause) in [
            ("73282932000079", SiretError::Cle),
            ("35600000049838", SiretError::Cle),
            ("12345678901234", SiretError::Cle),
            ("7328293200007", SiretError::Longueur),
            ("7328293200007a", SiretError::Longueur),
            ("", SiretError::Longueur),
        ] {
            assert_eq!(Siret::parse(mauvais), Err(cause), "{mauvais}");
        }
    }

    #[test]
    fn a_key_makes_a_number_right() {
        for (chiffres, attendus) in [("73282932", "732829320"), ("7328293200007", "73282932000074"), ("", "0")] {
            assert_eq!(avec_cle(chiffres), attendus);
        }
    }
}
