//! The transmission: after the undo window, the document is scanned and shown to the other side.
//!
//! On a brouillon nothing goes to the OPCO before the dossier itself: its documents wait, and go with it.

use db::codes::{Audience, JobNature};
use db::journal::Trace;
use domain::document::{Sens, Statut, Usage};
use domain::dossier::Etat;
use domain::evenement::{ArriveeNature, EvenementType};
use domain::ids::DocumentId;
use domain::policy::DossierScope;
use futures_util::TryStreamExt as _;

use super::recalculer;
use crate::ports::antivirus::Analyse;
use crate::{App, Error, Journal, Tx, courriel};

/// Plans the transmission of what a brouillon holds, in the transaction that transmits the dossier.
pub fn transmettre_avec_le_dossier(tx: &mut Tx<'_>, dossier: &DossierScope) -> Result<(), Error> {
    let maintenant = tx.maintenant;
    for document in db::documents::recus(tx.conn, dossier)? {
        tx.planifier(JobNature::TransmettreDocument, document.uuid(), maintenant)?;
    }
    Ok(())
}

/// Plans the transmission of the version that the end of another put back in its place, if it was never transmitted.
pub(super) fn reprendre(tx: &mut Tx<'_>, id: DocumentId) -> Result<(), Error> {
    match db::documents::present_a_transmettre(tx.conn, id)? {
        Some((present, prevue)) => tx.planifier(JobNature::TransmettreDocument, present.uuid(), prevue),
        None => Ok(()),
    }
}

/// Scans a received document and shows it to the other side; nothing when it was taken back or replaced, or
/// while its dossier is a brouillon.
///
/// Run by the worker, as often as it takes: the second time it finds the work done.
pub async fn transmettre(app: &App, id: DocumentId) -> Result<(), Error> {
    let a_transmettre = app.read(move |conn| {
        let dossier = db::portee::document(conn, id)?.dossier;
        Ok(db::documents::a_transmettre(conn, id)?.filter(|_| dossier.etat != Etat::Brouillon))
    });
    let Some(document) = a_transmettre.await? else { return Ok(()) };
    let taille = u64::try_from(document.taille).unwrap_or(0);
    let contenu = app.coffre().lire(&document.blob, 0..taille).await?.into_stream();
    let statut = match app.antivirus().analyser(contenu, taille).await? {
        Analyse::Saine => Statut::Transmis,
        Analyse::Infectee => Statut::Infecte,
    };
    let organisme = app.reglages().organisme.clone();
    let fait = app
        .ecrire(None, move |tx| {
            let dossier = db::portee::document(tx.conn, id)?.dossier;
            db::dossiers::prendre(tx.conn, &dossier)?;
            if dossier.etat == Etat::Brouillon || !db::documents::transmettre(tx.conn, id, statut, tx.maintenant)? {
                // Nothing to trace twice.
                return Err(Arret::SansObjet);
            }
            if statut == Statut::Infecte {
                reprendre(tx, id)?;
            }
            // An attachment is told by its message, and fills no category.
            let piece = document.usage.0 == Usage::Piece;
            if piece && document.sens.0 == Sens::Adherent {
                recalculer(tx, &dossier)?;
            }
            let trace = Trace {
                action: "document.transmettre",
                objet: "document",
                objet_id: id.uuid(),
                dossier: Some(dossier.id),
                details: serde_json::json!({ "infecte": statut == Statut::Infecte }),
            };
            let chez_soi = if document.sens.0 == Sens::Adherent { Audience::Adherent } else { Audience::Opco };
            let (nature, audience) = match statut {
                Statut::Infecte => (EvenementType::DocumentInfecte, chez_soi),
                _ => (EvenementType::DocumentTransmis, Audience::Tous),
            };
            let journal = Journal::new(trace).annonce(nature, audience, &dossier, Some(id.uuid()));
            match (statut, document.sens.0) {
                (Statut::Infecte, _) => {
                    if let Some(email) = db::comptes::email(tx.conn, document.depose_par.0)? {
                        courriel::avis_d_infection(tx, &dossier, piece, &email)?;
                    }
                }
                _ if !piece => {}
                (Statut::Transmis, Sens::Adherent) => {
                    db::travail::arriver(tx.conn, &dossier, ArriveeNature::Document, id.uuid(), tx.maintenant)?;
                }
                (Statut::Transmis, Sens::Opco) => {
                    let texte = format!("{organisme} a ajouté un document au dossier : {}", document.nom);
                    let journal = crate::messages::avertir(tx, journal, &dossier, document.depose_par.0, &texte)?;
                    return Ok(((), journal));
                }
                _ => {}
            }
            Ok(((), journal))
        })
        .await;
    match fait {
        Ok(()) | Err(Arret::SansObjet) => Ok(()),
        Err(Arret::Erreur(e)) => Err(e),
    }
}

/// Why a document was not transmitted.
enum Arret {
    /// It was taken back, replaced or transmitted while it was scanned.
    SansObjet,
    /// It failed.
    Erreur(Error),
}

impl<E: Into<Error>> From<E> for Arret {
    fn from(e: E) -> Self {
        Self::Erreur(e.into())
    }
}
