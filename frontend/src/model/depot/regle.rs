//! What a zone accepts, judged before the first byte leaves.

use api_types::problem::Problem;
use domain::document::Format;

/// Most files taken from one gesture.
pub const LOT_MAX: usize = 200;

/// A file as the browser describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fichier {
    /// Its name.
    pub nom: String,
    /// Its size, in bytes.
    pub taille: u64,
    /// Its media type, often empty.
    pub mime: String,
}

/// The rule of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regle {
    /// Accepted formats.
    pub formats: Vec<Format>,
    /// Largest file, in bytes.
    pub taille_max: u64,
    /// Most documents at once, and how many of them may still come.
    pub places: Option<Places>,
}

/// A zone that holds a limited number of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// Most documents at once.
    pub max: usize,
    /// How many may still come.
    pub libres: usize,
}

/// Why a file cannot be deposited as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Refus {
    /// It has no bytes.
    Vide,
    /// Its format is not accepted there.
    Format {
        /// The format that its name announces, if it is a known one.
        annonce: Option<Format>,
        /// What is accepted.
        acceptes: Vec<Format>,
    },
    /// It is over the limit, in bytes.
    TropLourd {
        /// Largest file, in bytes.
        max: u64,
    },
    /// The zone already holds, or would hold, more documents than it may.
    TropDeFichiers {
        /// Most documents at once.
        max: usize,
    },
    /// The server refused it and said why.
    Serveur(Box<Problem>),
    /// Something on the way refused it with this HTTP status, without a word.
    Muet(u16),
}

impl Regle {
    /// Judges one file on its own: its size, then its format.
    pub fn juger(&self, fichier: &Fichier) -> Result<(), Refus> {
        if fichier.taille == 0 {
            return Err(Refus::Vide);
        }
        let annonce = Format::du_nom(&fichier.nom);
        let reconnu = annonce.or_else(|| self.formats.iter().copied().find(|f| f.media_type() == fichier.mime));
        if !reconnu.is_some_and(|f| self.formats.contains(&f)) {
            return Err(Refus::Format { annonce, acceptes: self.formats.clone() });
        }
        if fichier.taille > self.taille_max {
            return Err(Refus::TropLourd { max: self.taille_max });
        }
        Ok(())
    }

    /// Judges the files of one gesture together: the first good ones take the free places.
    pub fn juger_tous(&self, fichiers: Vec<Fichier>) -> Vec<(Fichier, Result<(), Refus>)> {
        let mut pris = 0;
        let admettre = |fichier: Fichier| {
            let verdict = self.juger(&fichier).and_then(|()| match self.places {
                Some(places) if pris >= places.libres => Err(Refus::TropDeFichiers { max: places.max }),
                _ => {
                    pris += 1;
                    Ok(())
                }
            });
            (fichier, verdict)
        };
        fichiers.into_iter().map(admettre).collect()
    }

    /// The `accept` attribute of the file chooser: extensions and media types.
    pub fn accept(&self) -> String {
        let mut parties: Vec<String> = Vec::new();
        for f in &self.formats {
            parties.extend(f.extensions().iter().map(|e| format!(".{e}")));
            parties.push(f.media_type().to_owned());
        }
        parties.join(",")
    }

    /// Whether a photo may be deposited.
    pub fn accepte_photo(&self) -> bool {
        self.formats.iter().any(|f| matches!(f, Format::Jpeg | Format::Heic | Format::Png))
    }
}

/// The files kept from a folder or a large gesture, and what was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toleres<T> {
    /// The files kept.
    pub gardes: Vec<T>,
    /// How many files of the system were left out.
    pub systeme: usize,
    /// How many files were left out because there are too many.
    pub en_trop: usize,
}

/// Leaves out the files that systems hide in folders, and what exceeds [`LOT_MAX`].
pub fn ranger<T>(fichiers: Vec<T>, nom: impl Fn(&T) -> String) -> Toleres<T> {
    let total = fichiers.len();
    let mut gardes: Vec<T> = fichiers.into_iter().filter(|f| !cache(&nom(f))).collect();
    let systeme = total - gardes.len();
    let en_trop = gardes.len().saturating_sub(LOT_MAX);
    gardes.truncate(LOT_MAX);
    Toleres { gardes, systeme, en_trop }
}

fn cache(nom: &str) -> bool {
    [".DS_Store", "Thumbs.db", "desktop.ini"].iter().any(|n| n.eq_ignore_ascii_case(nom)) || nom.starts_with("._")
}

#[cfg(test)]
mod tests {
    use domain::document::Format;

    use super::{Fichier, LOT_MAX, Places, Refus, Regle, ranger};

    fn regle(places: Option<Places>) -> Regle {
        Regle { formats: vec![Format::Pdf, Format::Jpeg], taille_max: 20_000_000, places }
    }

    fn fichier(nom: &str, taille: u64, mime: &str) -> Fichier {
        Fichier { nom: nom.to_owned(), taille, mime: mime.to_owned() }
    }

    #[test]
    fn a_file_is_judged_on_its_size_and_its_format() {
        let acceptes = vec![Format::Pdf, Format::Jpeg];
        let format = |annonce| Err(Refus::Format { annonce, acceptes: acceptes.clone() });
        for (f, attendu) in [
            (fichier("a.pdf", 10, "application/pdf"), Ok(())),
            (fichier("A.PDF", 20_000_000, ""), Ok(())),
            (fichier("photo.JPEG", 10, "image/jpeg"), Ok(())),
            (fichier("image", 10, "image/jpeg"), Ok(())),
            (fichier("a.pdf", 0, "application/pdf"), Err(Refus::Vide)),
            (fichier("a.docx", 10, ""), format(Some(Format::Docx))),
            (fichier("a.exe", 10, ""), format(None)),
            (fichier("sans extension", 10, ""), format(None)),
            (fichier("a.pdf", 20_000_001, ""), Err(Refus::TropLourd { max: 20_000_000 })),
        ] {
            assert_eq!(regle(None).juger(&f), attendu, "{}", f.nom);
        }
    }

    #[test]
    fn the_first_good_files_take_the_free_places() {
        let lot = ["a.exe", "b.pdf", "c.pdf"].map(|n| fichier(n, 10, "")).to_vec();
        let verdicts = regle(Some(Places { max: 3, libres: 1 })).juger_tous(lot);
        assert!(matches!(verdicts[0].1, Err(Refus::Format { .. })));
        assert_eq!(verdicts[1].1, Ok(()));
        assert_eq!(verdicts[2].1, Err(Refus::TropDeFichiers { max: 3 }));
    }

    #[test]
    fn the_chooser_is_told_extensions_and_media_types() {
        assert_eq!(regle(None).accept(), ".pdf,application/pdf,.jpg,.jpeg,image/jpeg");
    }

    #[test]
    fn folders_lose_the_files_of_the_system_and_stop_at_the_cap() {
        let noms = [".DS_Store", "Thumbs.db", "._a.pdf", "a.pdf"].map(str::to_owned).to_vec();
        let tri = ranger(noms, Clone::clone);
        assert_eq!((tri.gardes, tri.systeme, tri.en_trop), (vec!["a.pdf".to_owned()], 3, 0));
        let beaucoup: Vec<usize> = (0..LOT_MAX + 7).collect();
        let tri = ranger(beaucoup, ToString::to_string);
        assert_eq!((tri.gardes.len(), tri.en_trop), (LOT_MAX, 7));
    }
}
