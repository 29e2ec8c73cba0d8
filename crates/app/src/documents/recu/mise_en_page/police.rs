//! The two weights of the font: shaping, measuring, and characters that it lacks.

use std::collections::BTreeSet;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, GlyphBuffer, UnicodeBuffer};

use crate::Error;

const NORMALE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/archivo-eg-400.ttf"));
const GRASSE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/archivo-eg-700.ttf"));

/// Stands for a character that the font lacks.
const INCONNU: char = '?';

/// Width of a character of fixed width, as a share of the size.
const CHASSE: f32 = 0.62;
/// Characters of fixed width are grouped by this many.
const GROUPE: usize = 8;
/// Blank between two groups, as a share of the size.
const ENTRE_GROUPES: f32 = 0.45;

/// A weight of the font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Graisse {
    /// Running text.
    Normale,
    /// Headings, values.
    Grasse,
}

/// One weight, ready to measure and to draw.
pub struct Police {
    pub(super) font: Font,
    face: Face<'static>,
}

/// Both weights.
pub struct Polices {
    normale: Police,
    grasse: Police,
}

impl Polices {
    /// Reads the fonts that the program carries.
    pub fn charger() -> Result<Self, Error> {
        Ok(Self { normale: Police::lire(NORMALE)?, grasse: Police::lire(GRASSE)? })
    }

    /// The font of a weight.
    pub const fn de(&self, graisse: Graisse) -> &Police {
        match graisse {
            Graisse::Normale => &self.normale,
            Graisse::Grasse => &self.grasse,
        }
    }
}

impl Police {
    fn lire(octets: &'static [u8]) -> Result<Self, Error> {
        let illisible = || Error::Interne("police illisible".to_owned());
        let font = Font::new(octets.into(), 0).ok_or_else(illisible)?;
        Ok(Self { font, face: Face::from_slice(octets, 0).ok_or_else(illisible)? })
    }

    fn former(&self, texte: &str) -> GlyphBuffer {
        let mut tampon = UnicodeBuffer::new();
        tampon.push_str(texte);
        tampon.guess_segment_properties();
        tampon.set_direction(Direction::LeftToRight);
        rustybuzz::shape(&self.face, &[], tampon)
    }

    #[expect(clippy::cast_precision_loss, reason = "font units are small numbers")]
    fn em(&self, unites: i32) -> f32 {
        unites as f32 / self.face.units_per_em() as f32
    }

    /// The width of a text, at a size of 1.
    pub fn largeur(&self, texte: &str) -> f32 {
        self.em(self.former(texte).glyph_positions().iter().map(|p| p.x_advance).sum())
    }

    /// The text, with a mark in place of each character that the font lacks, and of those that are drawn with it: an
    /// emoji and its skin tone, a letter and a mark that it never bears.
    pub fn lisible(&self, texte: &str) -> String {
        let formes = self.former(texte);
        let groupes: BTreeSet<usize> = formes.glyph_infos().iter().map(|g| g.cluster as usize).collect();
        let absents: BTreeSet<usize> =
            formes.glyph_infos().iter().filter(|g| g.glyph_id == 0).map(|g| g.cluster as usize).collect();
        let absent = |i: usize| groupes.range(..=i).next_back().is_some_and(|groupe| absents.contains(groupe));
        texte.char_indices().map(|(i, c)| if absent(i) { INCONNU } else { c }).collect()
    }

    /// The glyphs of a text; at a fixed width, each stands in the middle of it, by groups of eight.
    pub fn glyphes(&self, texte: &str, chasse_fixe: bool) -> Vec<KrillaGlyph> {
        let formes = self.former(texte);
        let infos = formes.glyph_infos();
        let fin = |i: usize| {
            let suivant = infos[i..].iter().find(|g| g.cluster != infos[i].cluster);
            suivant.map_or(texte.len(), |g| g.cluster as usize)
        };
        let mut glyphes = Vec::with_capacity(infos.len());
        for (i, (info, place)) in infos.iter().zip(formes.glyph_positions()).enumerate() {
            let propre = self.em(place.x_advance);
            let blanc = if (i + 1).is_multiple_of(GROUPE) { ENTRE_GROUPES } else { 0.0 };
            let (avance, retrait) = if chasse_fixe { (CHASSE + blanc, (CHASSE - propre) / 2.0) } else { (propre, 0.0) };
            glyphes.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                avance,
                self.em(place.x_offset) + retrait,
                self.em(place.y_offset),
                0.0,
                info.cluster as usize..fin(i),
                None,
            ));
        }
        glyphes
    }
}
