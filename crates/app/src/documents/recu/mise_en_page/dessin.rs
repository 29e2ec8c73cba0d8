//! From placed lines to an archival, tagged PDF (PDF/A-2a and PDF/UA-1).

use jiff::Timestamp;
use jiff::tz::TimeZone;
use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TagGroup, TagKind, TagTree};

use super::police::{Graisse, Polices};
use super::{Encre, Identite};
use crate::Error;

/// Width and height of A4, in points.
pub(super) const A4: (f32, f32) = (595.28, 841.89);

/// Something placed on a page.
pub(super) enum Trace {
    /// A run of text.
    Texte(Texte),
    /// A straight line, which means nothing by itself.
    Filet { de: (f32, f32), vers: (f32, f32), epaisseur: f32, encre: Encre },
}

/// A run of text on one line.
pub(super) struct Texte {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) graisse: Graisse,
    pub(super) corps: f32,
    pub(super) encre: Encre,
    pub(super) dessine: String,
    /// What is read in place of the drawn characters, when they differ.
    pub(super) lu: Option<String>,
    /// Whether every character takes the same width.
    pub(super) chasse_fixe: bool,
    /// Page furniture, left out of the reading order.
    pub(super) artefact: bool,
}

/// The reading order: groups over runs, named by page and rank.
pub(super) enum Noeud {
    Groupe(TagKind, Vec<Self>),
    Feuille(usize, usize),
}

/// A heading of the outline: its text, its page and its height on it.
pub(super) type Repere = (String, usize, f32);

/// Writes the PDF.
pub(super) fn ecrire(
    identite: &Identite<'_>,
    polices: &Polices,
    pages: &[Vec<Trace>],
    lecture: Vec<Noeud>,
    reperes: Vec<Repere>,
) -> Result<Vec<u8>, Error> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|e| echec(&e))?;
    let mut pdf =
        Document::new_with(SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() });
    let format = PageSettings::from_wh(A4.0, A4.1).ok_or_else(|| Error::Interne("page sans dimensions".to_owned()))?;
    let mut marques: Vec<Vec<Option<Identifier>>> = Vec::with_capacity(pages.len());
    for traces in pages {
        let mut page = pdf.start_page_with(format.clone());
        let mut surface = page.surface();
        marques.push(traces.iter().map(|t| tracer(&mut surface, polices, t)).collect());
        surface.finish();
        page.finish();
    }
    let mut arbre = TagTree::new().with_lang(Some("fr-FR".to_owned()));
    for noeud in lecture {
        if let Some(groupe) = groupe(noeud, &mut marques) {
            arbre.push(groupe);
        }
    }
    pdf.set_tag_tree(arbre);
    let mut sommaire = Outline::new();
    for (texte, page, y) in reperes {
        sommaire.push_child(OutlineNode::new(texte, XyzDestination::new(page, Point::from_xy(0.0, y))));
    }
    pdf.set_outline(sommaire);
    pdf.set_metadata(
        Metadata::new()
            .title(identite.titre.to_owned())
            .description(identite.sujet.to_owned())
            .authors(vec![identite.auteur.to_owned()])
            .creator("eGestion".to_owned())
            .language("fr-FR".to_owned())
            .document_id(identite.numero.to_owned())
            .creation_date(date(identite.date)),
    );
    pdf.finish().map_err(|e| echec(&e))
}

fn groupe(noeud: Noeud, marques: &mut [Vec<Option<Identifier>>]) -> Option<krilla::tagging::Node> {
    match noeud {
        Noeud::Feuille(page, rang) => Some(marques.get_mut(page)?.get_mut(rang)?.take()?.into()),
        Noeud::Groupe(genre, enfants) => {
            let mut groupe_pdf = TagGroup::new(genre);
            for enfant in enfants {
                if let Some(n) = groupe(enfant, marques) {
                    groupe_pdf.push(n);
                }
            }
            Some(groupe_pdf.into())
        }
    }
}

fn tracer(surface: &mut Surface<'_>, polices: &Polices, trace: &Trace) -> Option<Identifier> {
    match trace {
        Trace::Texte(t) => {
            let police = polices.de(t.graisse);
            let marque = if t.artefact {
                ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther))
            } else {
                ContentTag::Span(SpanTag::empty().with_actual_text(t.lu.as_deref()))
            };
            let id = surface.start_tagged(marque);
            surface.set_stroke(None);
            surface.set_fill(Some(Fill { paint: couleur(t.encre).into(), ..Fill::default() }));
            let glyphes = police.glyphes(&t.dessine, t.chasse_fixe);
            surface.draw_glyphs(Point::from_xy(t.x, t.y), &glyphes, police.font.clone(), &t.dessine, t.corps, false);
            surface.end_tagged();
            (!t.artefact).then_some(id)
        }
        Trace::Filet { de, vers, epaisseur, encre } => {
            let mut chemin = PathBuilder::new();
            chemin.move_to(de.0, de.1);
            chemin.line_to(vers.0, vers.1);
            if let Some(chemin) = chemin.finish() {
                surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: couleur(*encre).into(),
                    width: *epaisseur,
                    opacity: NormalizedF32::ONE,
                    ..Stroke::default()
                }));
                surface.draw_path(&chemin);
                surface.end_tagged();
            }
            None
        }
    }
}

fn couleur(encre: Encre) -> rgb::Color {
    let (r, v, b) = encre.teinte();
    rgb::Color::new(r, v, b)
}

fn date(le: Timestamp) -> DateTime {
    let utc = le.to_zoned(TimeZone::UTC);
    let octet = |n: i8| u8::try_from(n).unwrap_or(0);
    DateTime::new(u16::try_from(utc.year()).unwrap_or(0))
        .month(octet(utc.month()))
        .day(octet(utc.day()))
        .hour(octet(utc.hour()))
        .minute(octet(utc.minute()))
        .second(octet(utc.second()))
        .utc_offset_hour(0)
}

fn echec(e: &impl std::fmt::Debug) -> Error {
    Error::Interne(format!("pdf : {e:?}"))
}
