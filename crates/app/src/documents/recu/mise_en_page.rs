//! A small layout engine: blocks of French text to an A4 PDF that lasts and reads aloud.
//!
//! Pure: the same blocks give the same bytes. Slow enough (a few milliseconds) to be called off
//! the asynchronous threads.

mod coupe;
mod dessin;
mod metteur;
mod police;

use jiff::Timestamp;

use metteur::Metteur;
use police::Polices;

use crate::Error;

/// What a PDF says of itself.
pub struct Identite<'a> {
    /// Its title.
    pub titre: &'a str,
    /// What it is about, in a sentence.
    pub sujet: &'a str,
    /// Who gives it.
    pub auteur: &'a str,
    /// What names it among all others.
    pub numero: &'a str,
    /// Its date.
    pub date: Timestamp,
}

/// The colours of the product.
#[derive(Debug, Clone, Copy)]
pub enum Encre {
    /// Running text.
    Texte,
    /// Labels and notes.
    Second,
    /// Brand and headings.
    Marque,
    /// Lines between things.
    Trait,
    /// Lines around things.
    Cadre,
}

impl Encre {
    const fn teinte(self) -> (u8, u8, u8) {
        match self {
            Self::Texte => (0x17, 0x20, 0x2a),
            Self::Second => (0x4d, 0x56, 0x5f),
            Self::Marque => (0x14, 0x46, 0x84),
            Self::Trait => (0xd5, 0xd2, 0xca),
            Self::Cadre => (0x75, 0x7a, 0x80),
        }
    }
}

/// A run of running text.
#[derive(Debug, Clone)]
pub enum Morceau {
    /// Plain.
    Simple(String),
    /// Bold.
    Gras(String),
}

/// Plain running text.
pub fn simple(texte: impl Into<String>) -> Morceau {
    Morceau::Simple(texte.into())
}

/// Bold running text.
pub fn gras(texte: impl Into<String>) -> Morceau {
    Morceau::Gras(texte.into())
}

/// A labelled value.
#[derive(Debug, Clone)]
pub struct Case {
    /// The label.
    pub libelle: String,
    /// The value.
    pub valeur: String,
    /// Whether the value's characters are set at a fixed width, by groups of eight.
    pub chasse_fixe: bool,
}

/// A labelled value.
pub fn case(libelle: impl Into<String>, valeur: impl Into<String>) -> Case {
    Case { libelle: libelle.into(), valeur: valeur.into(), chasse_fixe: false }
}

/// A block of a document.
#[derive(Debug, Clone)]
pub enum Bloc {
    /// The brand on the left, lines on the right, a thick rule under them.
    Tete {
        /// The brand.
        marque: String,
        /// The lines; the first is bold.
        lignes: Vec<String>,
    },
    /// The document's title.
    Titre(String),
    /// A heading.
    Intertitre(String),
    /// A paragraph.
    Texte(Vec<Morceau>),
    /// Numbered steps.
    Etapes(Vec<String>),
    /// Labelled values, one or two to a row, in a frame.
    Cases(Vec<Vec<Case>>),
    /// Small print.
    Note(String),
}

/// Lays blocks out and gives the PDF.
pub fn rendre(identite: &Identite<'_>, blocs: &[Bloc]) -> Result<Vec<u8>, Error> {
    let polices = Polices::charger()?;
    let mut m = Metteur::new(&polices);
    for bloc in blocs {
        m.bloc(bloc);
    }
    m.folios();
    let Metteur { pages, lecture, reperes, .. } = m;
    dessin::ecrire(identite, &polices, &pages, lecture, reperes)
}
