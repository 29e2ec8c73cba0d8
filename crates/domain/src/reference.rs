//! The name that a caller gives to a thing in its own software.

/// Longest reference, in characters.
pub const LONGUEUR_MAX: usize = 100;

/// A reference of a caller: 1 to [`LONGUEUR_MAX`] letters, digits and `._:@+~-`, as addresses hold them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceExterne(String);

impl ReferenceExterne {
    /// Reads a reference; `None` when the text is not one.
    pub fn parse(texte: &str) -> Option<Self> {
        let permis = |b: u8| b.is_ascii_alphanumeric() || b"._:@+~-".contains(&b);
        let bonne = (1..=LONGUEUR_MAX).contains(&texte.len()) && texte.bytes().all(permis);
        bonne.then(|| Self(texte.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::ReferenceExterne;

    #[test]
    fn references_fit_in_an_address() {
        for (texte, bonne) in [
            ("FAC-2026.001", true),
            ("a:b@c+d~e_f", true),
            (&"r".repeat(100), true),
            (&"r".repeat(101), false),
            ("", false),
            ("a b", false),
            ("a/b", false),
            ("é", false),
            ("a%20", false),
        ] {
            assert_eq!(ReferenceExterne::parse(texte).is_some(), bonne, "{texte}");
        }
    }
}
