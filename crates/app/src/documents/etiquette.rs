use db::documents::Fiche;
use domain::code::Code as _;
use domain::document::Statut;
use sha2::{Digest as _, Sha256};

use super::deposer::hex;
use crate::Error;

/// The version of a document that somebody has read and is about to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attendue {
    /// Whatever it is now.
    Toute,
    /// One of these, by their validators.
    Parmi(Vec<String>),
}

impl Attendue {
    /// [`Error::Perimee`] when the document has changed since.
    ///
    /// Its transmission counts for no change: nobody decided it in between, and it may come while a
    /// new version is being sent.
    pub(super) fn verifier(&self, fiche: &Fiche) -> Result<(), Error> {
        let Self::Parmi(attendues) = self else { return Ok(()) };
        let admise = |f: &Fiche| attendues.contains(&etiquette(f));
        if admise(fiche) || avant_transmission(fiche).is_some_and(|f| admise(&f)) {
            Ok(())
        } else {
            Err(Error::Perimee)
        }
    }
}

/// The validator of a document: it changes with everything that may change of its card.
pub fn etiquette(fiche: &Fiche) -> String {
    let d = &fiche.document;
    let texte = format!(
        "{}\n{}\n{}\n{:?}\n{:?}\n{:?}\n{}",
        d.id.0,
        d.statut.0.code(),
        d.verdict.0.code(),
        d.motif,
        d.transmis_le.map(|t| t.0.as_microsecond()),
        d.remplace_le.map(|t| t.0.as_microsecond()),
        fiche.depose_par
    );
    format!("\"{}\"", hex(&Sha256::digest(texte.as_bytes())[..12]))
}

fn avant_transmission(fiche: &Fiche) -> Option<Fiche> {
    let mut avant = fiche.clone();
    avant.document.transmis_le.take()?;
    avant.document.statut.0 = Statut::Recu;
    Some(avant)
}
