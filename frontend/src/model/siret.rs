//! What is wrong with a SIRET, and which one was probably meant.

use domain::siret::{Siret, SiretError};

use crate::format;

/// What is wrong with `texte`, and how to put it right; `None` for a SIRET.
pub fn faute_siret(texte: &str) -> Option<String> {
    match Siret::parse(texte) {
        Ok(_) => None,
        Err(SiretError::Longueur) => Some(match chiffres(texte).len() {
            0 => "Saisissez les 14\u{a0}chiffres du SIRET.".to_owned(),
            14 => "Ce numéro a un caractère qui n’est pas un chiffre. Le SIRET compte 14\u{a0}chiffres.".to_owned(),
            n => format!("Ce numéro compte {n}\u{a0}chiffre{}, le SIRET en compte 14.", if n > 1 { "s" } else { "" }),
        }),
        Err(SiretError::Cle) => {
            let debut = "Ce numéro n’est pas un SIRET\u{a0}: la clé de contrôle ne correspond pas.";
            Some(match proche(&chiffres(texte)) {
                Some(siret) => {
                    format!("{debut} Avez-vous voulu écrire {}\u{202f}?", format::siret(siret.as_str()))
                }
                None => format!("{debut} Relisez-le."),
            })
        }
    }
}

fn chiffres(texte: &str) -> String {
    texte.chars().filter(char::is_ascii_digit).collect()
}

/// The SIRET that differs by its last digit, when the SIREN is right: most slips are there.
fn proche(chiffres: &str) -> Option<Siret> {
    let racine = chiffres.get(..13)?;
    (0..10).find_map(|cle| Siret::parse(&format!("{racine}{cle}")).ok())
}

#[cfg(test)]
mod tests {
    use super::faute_siret;

    #[test]
    fn a_slip_is_named_and_the_likely_number_offered() {
        assert_eq!(faute_siret("998 412 308 00012"), None);
        let dit = |texte: &str| faute_siret(texte).unwrap_or_default();
        assert!(dit("998 412 308 00013").ends_with("écrire 998\u{202f}412\u{202f}308\u{202f}00012\u{202f}?"));
        assert!(dit("998 412 309 00013").ends_with("Relisez-le."));
        assert!(dit("998 412 308").contains("9\u{a0}chiffres"));
        assert!(dit("99841230800012x").contains("caractère"));
        assert!(dit("").starts_with("Saisissez"));
    }
}
