use db::documents::{DemandePiece, Fiche};
use domain::code::Code as _;
use domain::document::Statut;

use crate::Error;
use crate::version::{self, Attendue};

/// [`Error::Perimee`] when the document is not as it was read.
///
/// Its transmission counts for no change: nobody decided it in between, and it may come while a new version is being sent.
pub(super) fn verifier(attendue: &Attendue, fiche: &Fiche) -> Result<(), Error> {
    let admise = |f: &Fiche| attendue.admet(&etiquette(f));
    if admise(fiche) || avant_transmission(fiche).is_some_and(|f| admise(&f)) { Ok(()) } else { Err(Error::Perimee) }
}

/// The validator of a document: it changes with everything that may change of its card.
pub fn etiquette(fiche: &Fiche) -> String {
    let d = &fiche.document;
    let texte = format!(
        "{}\n{}\n{}\n{:?}\n{:?}\n{:?}\n{:?}\n{}",
        d.id.0,
        d.statut.0.code(),
        d.verdict.0.code(),
        d.motif,
        d.avant.map(|jour| jour.0),
        d.transmis_le.map(|t| t.0.as_microsecond()),
        fiche.remplace_le.map(jiff::Timestamp::as_microsecond),
        fiche.depose_par
    );
    version::etiquette(&texte)
}

/// The validator of a request for a piece.
pub fn etiquette_demande(demande: &DemandePiece) -> String {
    let DemandePiece { type_piece, motif, avant, le, prenom, nom } = demande;
    let (le, avant) = (le.0.as_microsecond(), avant.map(|jour| jour.0));
    version::etiquette(&format!("{}\n{le}\n{avant:?}\n{motif:?}\n{prenom} {nom}", type_piece.0))
}

fn avant_transmission(fiche: &Fiche) -> Option<Fiche> {
    let mut avant = fiche.clone();
    avant.document.transmis_le.take()?;
    avant.document.statut.0 = Statut::Recu;
    Some(avant)
}
