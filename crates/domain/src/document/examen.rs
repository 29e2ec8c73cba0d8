//! The judgement of a file from its bytes, while they stream by.

use memchr::memmem;

use super::Format;
use super::image::Image;

/// Bytes kept from the start of the file: enough for every signature read here.
const TETE: usize = 8 * 1024;
/// Bytes kept from the end: a ZIP's end record with the longest comment, a PDF's trailer.
const QUEUE: usize = 66 * 1024;

/// What the bytes of a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Constat {
    /// The format, whatever the name or the declared type said.
    pub format: Format,
    /// The size in bytes.
    pub taille: u64,
}

/// Why a file is refused on its bytes alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FichierRefuse {
    /// No bytes.
    #[error("le fichier est vide")]
    Vide,
    /// The start is that of a known format and the end is missing.
    #[error("le fichier est incomplet : sa fin manque")]
    Tronque(Format),
    /// Not one of the known formats.
    #[error("le contenu n’est d’aucun format reconnu")]
    Inconnu,
    /// A file that is several formats at once, made to be read differently by each program.
    #[error("le fichier mêle plusieurs formats")]
    Melange,
}

/// Watches the bytes of one file go by, in constant memory, and judges it at the end.
#[derive(Debug, Default)]
pub struct Inspecteur {
    tete: Vec<u8>,
    queue: Vec<u8>,
    image: Image,
    taille: u64,
}

impl Inspecteur {
    /// Sees the next bytes.
    pub fn voir(&mut self, octets: &[u8]) {
        self.taille += octets.len() as u64;
        self.image.voir(octets);
        let reste = TETE.saturating_sub(self.tete.len());
        self.tete.extend_from_slice(&octets[..octets.len().min(reste)]);
        if octets.len() >= QUEUE {
            self.queue.clear();
            self.queue.extend_from_slice(&octets[octets.len() - QUEUE..]);
        } else {
            self.queue.extend_from_slice(octets);
            // Trimmed rarely, so that each byte is moved about once.
            if self.queue.len() > 2 * QUEUE {
                let debut = self.queue.len() - QUEUE;
                self.queue.drain(..debut);
            }
        }
    }

    /// Bytes seen so far.
    pub const fn taille(&self) -> u64 {
        self.taille
    }

    /// Judges the whole file.
    pub fn conclure(&self) -> Result<Constat, FichierRefuse> {
        if self.taille == 0 {
            return Err(FichierRefuse::Vide);
        }
        let format = self.signature().ok_or(FichierRefuse::Inconnu)?;
        let entier = match format {
            Format::Pdf => contient(fin(&self.queue, 2048), b"%%EOF"),
            Format::Jpeg => contient(fin(&self.queue, 64), &[0xff, 0xd9]) || self.image.finie(),
            Format::Png => contient(fin(&self.queue, 64), b"IEND\xaeB`\x82") || self.image.finie(),
            Format::Tiff => self.tiff_entier(),
            Format::Heic => self.heic_entier(),
            Format::Docx | Format::Xlsx | Format::Odt | Format::Ods => fin_de_zip(&self.queue),
        };
        if !entier {
            return Err(FichierRefuse::Tronque(format));
        }
        let est_zip = matches!(format, Format::Docx | Format::Xlsx | Format::Odt | Format::Ods);
        if !est_zip && fin_de_zip(&self.queue) {
            return Err(FichierRefuse::Melange);
        }
        Ok(Constat { format, taille: self.taille })
    }

    /// The format that the first bytes announce, each signature at its exact place.
    fn signature(&self) -> Option<Format> {
        let t = &self.tete;
        let sans_bom = t.strip_prefix(b"\xef\xbb\xbf").unwrap_or(t);
        if sans_bom.starts_with(b"%PDF-") {
            return Some(Format::Pdf);
        }
        if t.starts_with(b"PK\x03\x04") {
            return self.bureautique();
        }
        match infer::get(t)?.mime_type() {
            "image/jpeg" => Some(Format::Jpeg),
            "image/png" => Some(Format::Png),
            "image/tiff" => Some(Format::Tiff),
            "image/heif" | "image/heic" => Some(Format::Heic),
            _ => None,
        }
    }

    /// The office format of a ZIP, from its first entries and from its central directory.
    fn bureautique(&self) -> Option<Format> {
        for (mime, format) in [(Format::Odt.media_type(), Format::Odt), (Format::Ods.media_type(), Format::Ods)] {
            if self.tete.get(30..38) == Some(b"mimetype")
                && contient(&self.tete[..self.tete.len().min(200)], mime.as_bytes())
            {
                return Some(format);
            }
        }
        let nomme = |motif: &[u8]| contient(&self.queue, motif) || contient(&self.tete, motif);
        // Macro-enabled documents carry a program: they are none of the accepted formats.
        if !nomme(b"[Content_Types].xml") || nomme(b"vbaProject.bin") {
            return None;
        }
        match (nomme(b"word/document"), nomme(b"xl/workbook")) {
            (true, false) => Some(Format::Docx),
            (false, true) => Some(Format::Xlsx),
            _ => None,
        }
    }

    /// Whether the first directory that a TIFF points at lies inside the file.
    fn tiff_entier(&self) -> bool {
        let Some(o) = self.tete.get(..8) else { return false };
        let quatre = [o[4], o[5], o[6], o[7]];
        let place = if o[0] == b'I' { u32::from_le_bytes(quatre) } else { u32::from_be_bytes(quatre) };
        u64::from(place) >= 8 && u64::from(place) + 6 <= self.taille
    }

    /// Whether the boxes at the start of a HEIC end inside the file, `meta` included.
    fn heic_entier(&self) -> bool {
        let mut place: u64 = 0;
        let mut vu_meta = false;
        loop {
            if place == self.taille {
                return vu_meta;
            }
            let Ok(debut) = usize::try_from(place) else { return false };
            let Some(o) = self.tete.get(debut..debut + 8) else {
                // Past the kept start: the boxes read so far lie inside the file.
                return vu_meta && place < self.taille;
            };
            let taille = u64::from(u32::from_be_bytes([o[0], o[1], o[2], o[3]]));
            vu_meta |= &o[4..8] == b"meta";
            match taille {
                // To the end of the file, or a 64-bit size: only `mdat` uses one, and it comes last in practice.
                0 | 1 => return vu_meta,
                n if n >= 8 && place + n <= self.taille => place += n,
                _ => return false,
            }
        }
    }
}

fn fin(octets: &[u8], n: usize) -> &[u8] {
    &octets[octets.len().saturating_sub(n)..]
}

fn contient(octets: &[u8], motif: &[u8]) -> bool {
    memmem::find(octets, motif).is_some()
}

/// Whether the file ends as a ZIP does: an end record whose comment reaches exactly the last byte.
fn fin_de_zip(queue: &[u8]) -> bool {
    memmem::find_iter(queue, b"PK\x05\x06").any(|i| {
        let fin = &queue[i..];
        let commentaire = fin.get(20..22).map(|o| usize::from(u16::from_le_bytes([o[0], o[1]])));
        commentaire.is_some_and(|c| fin.len() == 22 + c)
    })
}

#[cfg(test)]
mod tests {
    use super::{Constat, FichierRefuse, Inspecteur};
    use crate::document::Format;

    fn juger(octets: &[u8]) -> Result<Format, FichierRefuse> {
        let mut i = Inspecteur::default();
        for morceau in octets.chunks(7) {
            i.voir(morceau);
        }
        i.conclure().map(|Constat { format, .. }| format)
    }

    fn zip(noms: &[&str]) -> Vec<u8> {
        let mut z = Vec::new();
        for n in noms {
            z.extend_from_slice(b"PK\x03\x04");
            z.extend_from_slice(&[0; 22]);
            z.extend_from_slice(&u16::try_from(n.len()).unwrap().to_le_bytes());
            z.extend_from_slice(&[0, 0]);
            z.extend_from_slice(n.as_bytes());
        }
        z.extend_from_slice(b"PK\x05\x06");
        z.extend_from_slice(&[0; 18]);
        z
    }

    #[test]
    fn formats_are_told_from_the_bytes() {
        let pdf = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n".to_vec();
        let odt = {
            let mut z = zip(&["mimetype"]);
            let ici = 38;
            z.splice(ici..ici, b"application/vnd.oasis.opendocument.text".iter().copied());
            z
        };
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0IEND\xaeB`\x82".to_vec();
        let cas: Vec<(Vec<u8>, Result<Format, FichierRefuse>)> = vec![
            (pdf.clone(), Ok(Format::Pdf)),
            (pdf[..20].to_vec(), Err(FichierRefuse::Tronque(Format::Pdf))),
            ([b"\xff\xd8\xff\xe0".as_slice(), &[0; 20], b"\xff\xd9"].concat(), Ok(Format::Jpeg)),
            ([b"\xff\xd8\xff\xe0".as_slice(), &[0; 20]].concat(), Err(FichierRefuse::Tronque(Format::Jpeg))),
            (png.clone(), Ok(Format::Png)),
            (png[..png.len() - 8].to_vec(), Err(FichierRefuse::Tronque(Format::Png))),
            ([b"II*\0\x08\0\0\0".as_slice(), &[0; 12]].concat(), Ok(Format::Tiff)),
            ([b"II*\0\xff\0\0\0".as_slice(), &[0; 12]].concat(), Err(FichierRefuse::Tronque(Format::Tiff))),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x0cmeta\0\0\0\0".to_vec(), Ok(Format::Heic)),
            (
                b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\x10\x0cmeta\0\0\0\0".to_vec(),
                Err(FichierRefuse::Tronque(Format::Heic)),
            ),
            (zip(&["[Content_Types].xml", "word/document.xml"]), Ok(Format::Docx)),
            (zip(&["[Content_Types].xml", "xl/workbook.xml"]), Ok(Format::Xlsx)),
            (zip(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), Err(FichierRefuse::Inconnu)),
            (zip(&["a.txt"]), Err(FichierRefuse::Inconnu)),
            (odt, Ok(Format::Odt)),
            (Vec::new(), Err(FichierRefuse::Vide)),
            (b"<html><script>alert(1)</script>".to_vec(), Err(FichierRefuse::Inconnu)),
            (b"MZ\x90\0".to_vec(), Err(FichierRefuse::Inconnu)),
            ([b"junk %PDF-1.7 ".as_slice(), b"%%EOF"].concat(), Err(FichierRefuse::Inconnu)),
            ([pdf.as_slice(), &zip(&["a.txt"])].concat(), Err(FichierRefuse::Melange)),
        ];
        for (octets, attendu) in cas {
            assert_eq!(juger(&octets), attendu, "{:?}", String::from_utf8_lossy(&octets));
        }
    }

    #[test]
    fn a_large_file_is_judged_on_its_ends() {
        let mut i = Inspecteur::default();
        i.voir(b"%PDF-1.4\n");
        for _ in 0..1000 {
            i.voir(&[b'x'; 4096]);
        }
        assert_eq!(i.conclure(), Err(FichierRefuse::Tronque(Format::Pdf)));
        i.voir(b"\n%%EOF");
        assert_eq!(i.conclure().map(|c| c.taille), Ok(9 + 4096 * 1000 + 6));
    }

    /// A picture of a telephone: a thumbnail with an end of its own, the picture, and what the telephone adds after it.
    fn photo(suite: &[u8]) -> Vec<u8> {
        let segment = |code: u8, contenu: &[u8]| {
            let taille = u16::try_from(contenu.len() + 2).unwrap().to_be_bytes();
            [&[0xff, code], taille.as_slice(), contenu].concat()
        };
        [
            b"\xff\xd8".as_slice(),
            &segment(0xe1, b"Exif\0\0\xff\xd8\xff\xd9"),
            &segment(0xc2, &[0; 15]),
            &segment(0xda, &[0; 10]),
            b"data\xff\x00data\xff\xd0data",
            &segment(0xc4, &[0xff; 4]),
            &segment(0xda, &[0; 10]),
            b"the rest\xff\xff\xd9",
            suite,
        ]
        .concat()
    }

    #[test]
    fn what_a_telephone_writes_after_a_picture_does_not_hide_its_end() {
        let film = [b"SEFH".as_slice(), &[7; 5_000], b"SEFT"].concat();
        let entiere = photo(&film);
        assert_eq!(juger(&entiere), Ok(Format::Jpeg));
        // Cut anywhere, the picture is not whole, whatever the thumbnail says.
        let image = photo(b"");
        for coupe in 70..image.len() {
            let suivie = [&image[..coupe], &[b' '; 100]].concat();
            assert_eq!(juger(&suivie), Err(FichierRefuse::Tronque(Format::Jpeg)), "{coupe}");
        }
        let bloc = |nature: &[u8], contenu: &[u8]| {
            [&u32::try_from(contenu.len()).unwrap().to_be_bytes(), nature, contenu, b"crc!"].concat()
        };
        let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &bloc(b"IHDR", &[0; 13]), &bloc(b"IDAT", b"IEND")].concat();
        let fin = bloc(b"IEND", b"");
        assert_eq!(juger(&[png.as_slice(), &fin, &film].concat()), Ok(Format::Png));
        for coupe in 0..fin.len() {
            let coupee = [png.as_slice(), &fin[..coupe]].concat();
            assert_eq!(juger(&coupee), Err(FichierRefuse::Tronque(Format::Png)), "{coupe}");
        }
    }
}
