//! The numbers that people quote: `1819006292.01` for a dossier, `1304811` for a demande.

/// What a person typed to find a dossier by number.
///
/// A dossier's number is accepted with or without its `.NN` suffix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recherche {
    /// A whole dossier number.
    Dossier(String),
    /// The ten digits of a dossier number, without the suffix.
    RacineDossier(String),
    /// A demande number.
    Demande(String),
}

impl Recherche {
    /// Reads a number, or `None` when the text is not one.
    pub fn parse(texte: &str) -> Option<Self> {
        let t: String = texte.chars().filter(|c| !c.is_whitespace() && *c != '\u{202f}').collect();
        // Half typed, or at the end of a sentence.
        let t = t.trim_end_matches('.').to_owned();
        let chiffres = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        match t.split_once('.') {
            Some((racine, suffixe)) if racine.len() == 10 && suffixe.len() == 2 => {
                (chiffres(racine) && chiffres(suffixe)).then_some(Self::Dossier(t))
            }
            None if t.len() == 10 && chiffres(&t) => Some(Self::RacineDossier(t)),
            None if t.len() == 7 && chiffres(&t) => Some(Self::Demande(t)),
            Some(_) | None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Recherche;

    #[test]
    fn either_number_is_recognised() {
        let d = |s: &str| s.to_owned();
        for (texte, attendu) in [
            ("1819006292.01", Some(Recherche::Dossier(d("1819006292.01")))),
            (" 1819006292 ", Some(Recherche::RacineDossier(d("1819006292")))),
            ("1819006292.", Some(Recherche::RacineDossier(d("1819006292")))),
            ("1304811", Some(Recherche::Demande(d("1304811")))),
            ("1304 811", Some(Recherche::Demande(d("1304811")))),
            ("181900629.01", None),
            ("1819006292.1", None),
            ("échafaudage", None),
            ("", None),
        ] {
            assert_eq!(Recherche::parse(texte), attendu, "{texte}");
        }
    }
}
