//! The transmission: after the undo window, the document is scanned and shown to the other side.

use db::codes::Audience;
use db::journal::Trace;
use domain::document::{Sens, Statut, Usage};
use domain::evenement::{ArriveeNature, EvenementType};
use domain::ids::DocumentId;
use futures_util::TryStreamExt as _;

use super::recalculer;
use crate::ports::antivirus::Analyse;
use crate::{App, Error, Journal};

/// Scans a received document and shows it to the other side; nothing when it was taken back.
///
/// Run by the worker, as often as it takes: the second time it finds the work done.
pub async fn transmettre(app: &App, id: DocumentId) -> Result<(), Error> {
    let Some(document) = app.read(move |conn| Ok(db::documents::a_transmettre(conn, id)?)).await? else {
        return Ok(());
    };
    let taille = u64::try_from(document.taille).unwrap_or(0);
    let contenu = app.coffre().lire(&document.blob, 0..taille).await?.into_stream();
    let statut = match app.antivirus().analyser(contenu).await? {
        Analyse::Saine => Statut::Transmis,
        Analyse::Infectee => Statut::Infecte,
    };
    let organisme = app.reglages().organisme.clone();
    let fait = app
        .write_systeme(move |tx| {
            let dossier = db::portee::document(tx.conn, id)?.dossier;
            db::dossiers::prendre(tx.conn, &dossier)?;
            if !db::documents::transmettre(tx.conn, id, statut, tx.maintenant)? {
                // Taken back while it was scanned: nothing to do, and nothing to trace twice.
                return Err(Error::TropTard);
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
                _ if !piece => {}
                (Statut::Transmis, Sens::Adherent) => {
                    db::travail::arriver(tx.conn, &dossier, ArriveeNature::Document, id.uuid(), tx.maintenant)?;
                }
                (Statut::Transmis, Sens::Opco) => {
                    let texte = format!("{organisme} a ajouté un document à votre dossier : {}", document.nom);
                    let journal = crate::messages::avertir(tx, journal, &dossier, document.depose_par.0, &texte)?;
                    return Ok(((), journal));
                }
                _ => {}
            }
            Ok(((), journal))
        })
        .await;
    match fait {
        Err(Error::TropTard) => Ok(()),
        autre => autre,
    }
}
