//! What may be attached to a message, judged before anything is sent.

use domain::code::Code;
use domain::document::Format;
use domain::limites::{FICHIER_MAX, JOINTES_MAX};

use crate::format;

/// Largest file, in bytes.
pub const TAILLE_MAX: i64 = FICHIER_MAX.cast_signed();

/// The accepted formats, as they are read: « PDF, JPEG ou PNG ».
pub fn formats() -> String {
    let noms: Vec<&str> = Format::TOUS.iter().map(|f| f.libelle()).collect();
    match noms.split_last() {
        Some((dernier, autres)) if !autres.is_empty() => format!("{} ou {dernier}", autres.join(", ")),
        _ => noms.concat(),
    }
}

/// The `accept` attribute of the file chooser.
pub fn accept() -> String {
    let extensions = Format::TOUS.iter().flat_map(|f| f.extensions());
    extensions.map(|e| format!(".{e}")).collect::<Vec<_>>().join(",")
}

/// A size that the browser gives as a double.
#[expect(clippy::cast_possible_truncation, reason = "the size of a file fits an i64")]
pub fn octets(taille: f64) -> i64 {
    taille as i64
}

/// Keeps the files that may be attached beside `deja` others, and says why the others may not.
///
/// A name without an extension is not a reason: the server judges the bytes.
pub fn trier<F>(
    fichiers: Vec<F>,
    deja: usize,
    nom: impl Fn(&F) -> String,
    taille: impl Fn(&F) -> f64,
) -> (Vec<F>, Vec<String>) {
    let mut gardes = Vec::new();
    let mut refus = Vec::new();
    for fichier in fichiers {
        match juger(&nom(&fichier), octets(taille(&fichier)), deja + gardes.len()) {
            Ok(()) => gardes.push(fichier),
            Err(pourquoi) => refus.push(pourquoi),
        }
    }
    (gardes, refus)
}

fn juger(nom: &str, taille: i64, deja: usize) -> Result<(), String> {
    if deja >= JOINTES_MAX {
        Err(format!(
            "«\u{a0}{nom}\u{a0}» n’est pas joint\u{a0}: {JOINTES_MAX}\u{a0}fichiers au plus par message. Envoyez-le dans un second message."
        ))
    } else if taille == 0 {
        Err(format!("«\u{a0}{nom}\u{a0}» est vide. Vérifiez le fichier, puis choisissez-le de nouveau."))
    } else if taille > TAILLE_MAX {
        let (taille, max) = (format::taille(taille), format::taille(TAILLE_MAX));
        Err(format!(
            "«\u{a0}{nom}\u{a0}» fait {taille}, la limite est de {max}. Réduisez-le ou partagez-le en plusieurs."
        ))
    } else if nom.contains('.') && Format::du_nom(nom).is_none() {
        Err(format!(
            "«\u{a0}{nom}\u{a0}» n’est pas d’un format accepté ({}). Enregistrez-le en PDF, puis joignez-le.",
            formats()
        ))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{JOINTES_MAX, TAILLE_MAX, formats, juger, trier};

    #[test]
    fn a_refusal_names_the_file_the_rule_and_the_remedy() {
        assert_eq!(juger("facture.PDF", 1, 0), Ok(()));
        assert_eq!(juger("sans extension", 1, 0), Ok(()));
        let refus = |nom: &str, taille: i64, deja: usize| juger(nom, taille, deja).err().unwrap_or_default();
        assert_eq!(
            refus("plan.pdf", 32_925_286, 0),
            "«\u{a0}plan.pdf\u{a0}» fait 31,4\u{a0}Mo, la limite est de 20\u{a0}Mo. Réduisez-le ou partagez-le en plusieurs."
        );
        assert!(refus("a.pdf", 0, 0).contains("vide"));
        assert!(refus("a.exe", 1, 0).contains("PDF"));
        assert!(refus("a.pdf", TAILLE_MAX, JOINTES_MAX).contains("10"));
    }

    #[test]
    fn the_first_good_files_take_the_places_left() {
        let noms = vec!["a.pdf", "b.exe", "c.pdf", "d.pdf"];
        let (gardes, refus) = trier(noms, JOINTES_MAX - 2, |n| (*n).to_owned(), |_| 1.0);
        assert_eq!(gardes, ["a.pdf", "c.pdf"]);
        assert_eq!(refus.len(), 2);
    }

    #[test]
    fn formats_read_as_a_sentence() {
        assert!(formats().starts_with("PDF, JPEG") && formats().ends_with(" ou ODS"));
    }
}
