//! Writing a message: its text, its attachments, and what they set going, in one transaction.

use db::codes::{Audience, JobNature, Reference};
use db::documents::LigneDocument;
use db::journal::Trace;
use db::messages::{Jointe, LigneMessage, MessageLu, Nouveau};
use db::types::V;
use domain::acteur::Cote;
use domain::document::{Sens, Statut, Usage, Verdict};
use domain::dossier::Etat;
use domain::evenement::{ArriveeNature, EvenementType};
use domain::ids::{DocumentId, MessageId};
use domain::message::{Corps, Nature};
use domain::nom_fichier;
use domain::permit::{Action as _, Permit};
use domain::policy::Ecrire;
use domain::reference::ReferenceExterne;

use crate::authz::rejuger;
use crate::ports::coffre::Scelle;
use crate::{App, Error, Journal, Tx, requete};

/// A file that is in the vault, to be attached to a message.
#[derive(Debug, Clone)]
pub struct NouvelleJointe {
    /// The sealed file.
    pub scelle: Scelle,
    /// Its name as received.
    pub nom: String,
}

/// Writes a message in the thread of a dossier; durable and acknowledged when this returns.
///
/// The other side has the text at once, and each attachment once it is scanned. On a brouillon, that
/// the OPCO does not see, nobody would read it: [`Error::Etat`].
pub async fn ecrire(
    app: &App,
    permit: &Permit<Ecrire>,
    corps: Corps,
    jointes: Vec<NouvelleJointe>,
    reference: Option<ReferenceExterne>,
) -> Result<MessageLu, Error> {
    let p = permit.clone();
    let recues = jointes.clone();
    let fait = app.write(permit.acteur(), move |tx| {
        // While the files arrived, the right may have been withdrawn.
        let p = rejuger(tx.conn, &p, p.sur().id, tx.maintenant)?;
        let dossier = p.sur();
        if dossier.etat == Etat::Brouillon {
            return Err(Error::Etat);
        }
        let id: MessageId = Tx::id();
        let (auteur, cote) = (p.acteur().id, p.acteur().cote());
        let nouveau = Nouveau { id, nature: Nature::Echange, auteur, cote, corps: corps.as_str(), le: tx.maintenant };
        super::distribuer(tx, dossier, &nouveau, super::NOUVEAU)?;
        let mut attachees = Vec::with_capacity(jointes.len());
        for jointe in jointes {
            attachees.push(joindre(tx, &p, id, jointe)?);
        }
        if cote == Cote::Membre {
            db::travail::arriver(tx.conn, dossier, ArriveeNature::Message, id.uuid(), tx.maintenant)?;
        }
        let trace = Trace {
            action: Ecrire::NOM,
            objet: "message",
            objet_id: id.uuid(),
            dossier: Some(dossier.id),
            details: serde_json::json!({ "documents": attachees.iter().map(|j| j.document.0.uuid()).collect::<Vec<_>>() }),
        };
        let message = LigneMessage {
            id: V(id),
            dossier_id: V(dossier.id),
            nature: V(Nature::Echange),
            auteur_id: V(auteur),
            auteur_cote: V(cote),
            corps: corps.as_str().to_owned(),
            envoye_le: V(tx.maintenant),
        };
        let reference = tx.nommer_neuf(p.acteur(), Reference::Message, id.uuid(), reference)?;
        let auteur = db::comptes::nom(tx.conn, auteur)?;
        let ecrit = MessageLu { message, auteur, non_lu: false, jointes: attachees, lectures: Vec::new(), reference };
        let journal = Journal::new(trace);
        Ok((ecrit, journal.annonce(EvenementType::MessageEnvoye, Audience::Tous, dossier, Some(id.uuid()))))
    })
    .await;
    // Of a message that was refused, or written before, nothing is kept.
    if fait.as_ref().is_err_and(Error::sans_effet) || (fait.is_ok() && requete::simulee()) {
        abandonner(app, recues).await;
    }
    fait
}

/// Makes a document of a file and attaches it; it is scanned, then shown to the other side, without delay.
fn joindre(
    tx: &mut Tx<'_>,
    permit: &Permit<Ecrire>,
    message: MessageId,
    NouvelleJointe { scelle, nom }: NouvelleJointe,
) -> Result<Jointe, Error> {
    let id: DocumentId = Tx::id();
    let maintenant = tx.maintenant;
    let ligne = LigneDocument {
        id: V(id),
        dossier_id: V(permit.sur().id),
        type_piece_id: None,
        usage: V(Usage::Message),
        sens: V(Sens::de(permit.acteur().cote())),
        nom: nom_fichier::assainir(&nom),
        format: V(scelle.constat.format),
        taille: i64::try_from(scelle.constat.taille).unwrap_or(i64::MAX),
        sha256: scelle.sha256.to_vec(),
        blob: scelle.blob,
        statut: V(Statut::Recu),
        verdict: V(Verdict::AExaminer),
        motif: None,
        depose_par: V(permit.acteur().id),
        depose_le: V(maintenant),
        transmission_prevue_le: V(maintenant),
        transmis_le: None,
        lignee_id: V(id),
        version: 1,
        remplace_le: None,
        avant: None,
    };
    db::documents::inserer(tx.conn, &ligne)?;
    db::messages::joindre(tx.conn, message, id)?;
    tx.planifier(JobNature::TransmettreDocument, id.uuid(), maintenant)?;
    Ok(Jointe { document: V(id), nom: ligne.nom, taille: ligne.taille, statut: ligne.statut })
}

/// Removes the files of a message that is refused before it is written.
pub async fn abandonner(app: &App, jointes: Vec<NouvelleJointe>) {
    for jointe in jointes {
        crate::documents::abandonner(app, &jointe.scelle.blob).await;
    }
}
