//! Messages.

use crate::enum_code;
use crate::limites::CORPS_MAX;

enum_code! {
    /// What a message is.
    pub enum Nature {
        /// Written by somebody.
        Echange = "echange",
        /// Written by the system: a change of état, a document received.
        Automatique = "automatique",
    }
}

/// The text of a message: plain, trimmed, 1 to [`CORPS_MAX`] characters, of which one at least shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Corps(String);

/// Why a text is not that of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CorpsRefuse {
    /// Nothing that shows is left once trimmed.
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
            _ if !propre.chars().any(visible) => Err(CorpsRefuse::Vide),
            n if n > CORPS_MAX => Err(CorpsRefuse::TropLong),
            _ => Ok(Self(propre.to_owned())),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a character shows: neither a space, nor a mark of format, nor a letter that is drawn empty.
fn visible(c: char) -> bool {
    let vide = matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    !c.is_whitespace() && !vide
}

impl std::fmt::Debug for Corps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Corps(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::{Corps, CorpsRefuse};
    use crate::limites::CORPS_MAX;

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
            ("\0\u{1b}\u{85}", Err(CorpsRefuse::Vide)),
            ("\u{200b} \u{202e}\u{2060}\u{feff}", Err(CorpsRefuse::Vide)),
            ("\u{61c}\u{115f}\u{180e}\u{2800}\u{3164}\u{fe0f}", Err(CorpsRefuse::Vide)),
            ("\u{202b}نعم", Ok("\u{202b}نعم")),
            (&long, Ok(long.as_str())),
            (&trop_long, Err(CorpsRefuse::TropLong)),
        ] {
            assert_eq!(Corps::parse(recu).as_ref().map(Corps::as_str), lu.as_ref().copied(), "{recu:.20?}");
        }
    }
}
