//! Messages.

use crate::enum_code;

enum_code! {
    /// What a message is.
    pub enum Nature {
        /// Written by somebody.
        Echange = "echange",
        /// Written by the system: a change of état, a document received.
        Automatique = "automatique",
    }
}

/// Longest message, in characters.
pub const CORPS_MAX: usize = 10_000;

/// The text of a message: plain, trimmed, 1 to [`CORPS_MAX`] characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Corps(String);

/// Why a text is not that of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CorpsRefuse {
    /// Nothing is left once trimmed.
    #[error("message vide")]
    Vide,
    /// It is over [`CORPS_MAX`] characters.
    #[error("message trop long")]
    TropLong,
}

impl Corps {
    /// Reads a text: line ends become `\n`, control characters other than the tab are removed.
    pub fn parse(texte: &str) -> Result<Self, CorpsRefuse> {
        // Forms send `\r\n` whatever was typed: counted as one, like the page counts it.
        let lignes = texte.replace("\r\n", "\n").replace('\r', "\n");
        let propre: String = lignes.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect();
        let propre = propre.trim();
        match propre.chars().count() {
            0 => Err(CorpsRefuse::Vide),
            n if n > CORPS_MAX => Err(CorpsRefuse::TropLong),
            _ => Ok(Self(propre.to_owned())),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Corps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Corps(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::{CORPS_MAX, Corps, CorpsRefuse};

    #[test]
    fn texts_are_read_or_refused() {
        let long = "é".repeat(CORPS_MAX);
        let trop_long = "é".repeat(CORPS_MAX + 1);
        for (recu, lu) in [
            (" Bonjour ", Ok("Bonjour")),
            ("a\r\nb\rc\n", Ok("a\nb\nc")),
            ("a\0b\u{7}\tc", Ok("ab\tc")),
            (" \r\n\t\0 ", Err(CorpsRefuse::Vide)),
            ("", Err(CorpsRefuse::Vide)),
            (&long, Ok(long.as_str())),
            (&trop_long, Err(CorpsRefuse::TropLong)),
        ] {
            assert_eq!(Corps::parse(recu).as_ref().map(Corps::as_str), lu.as_ref().copied(), "{recu:.20?}");
        }
    }
}
