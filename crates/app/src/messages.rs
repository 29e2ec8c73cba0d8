//! Messages between the two sides of a dossier: writing, the thread, the inbox, the read state.

mod ecrire;
mod lire;
mod marquer;

pub use ecrire::{NouvelleJointe, abandonner, ecrire};
pub use lire::{boite, fil};
pub use marquer::marquer;

use db::codes::Audience;
use db::messages::Nouveau;
use domain::acteur::Cote;
use domain::evenement::EvenementType;
use domain::ids::{MessageId, UtilisateurId};
use domain::message::Nature;
use domain::policy::DossierScope;

use crate::{Error, Journal, Tx};

/// Writes an automatic message of the OPCO on a dossier, in the transaction of what it tells: the last event of the
/// journal. Both sides read it, so that its words address neither.
pub(crate) fn avertir(
    tx: &mut Tx<'_>,
    journal: Journal,
    dossier: &DossierScope,
    auteur: UtilisateurId,
    texte: &str,
) -> Result<Journal, Error> {
    let id: MessageId = Tx::id();
    let nouveau =
        Nouveau { id, nature: Nature::Automatique, auteur, cote: Cote::Gestionnaire, corps: texte, le: tx.maintenant };
    let sujet = match journal.derniere() {
        Some(EvenementType::PieceDemandee) => "Pièce demandée",
        Some(EvenementType::DemandeRetiree) => "Demande de pièce retirée",
        Some(EvenementType::DocumentExamine) => "Document examiné",
        Some(EvenementType::DocumentTransmis) => "Nouveau document",
        _ => NOUVEAU,
    };
    distribuer(tx, dossier, &nouveau, sujet)?;
    Ok(journal.annonce(EvenementType::MessageEnvoye, Audience::Tous, dossier, Some(id.uuid())))
}

/// What the notice of a message that somebody wrote is about.
const NOUVEAU: &str = "Nouveau message";

/// Writes a message, gives it to the people of the dossier, and sends a notice about `sujet` to the other side.
fn distribuer(tx: &mut Tx<'_>, dossier: &DossierScope, nouveau: &Nouveau<'_>, sujet: &str) -> Result<(), Error> {
    let destinataires = db::messages::destinataires(tx.conn, dossier, nouveau.cote)?;
    db::messages::inserer(tx.conn, dossier, nouveau, &destinataires)?;
    let en_face = destinataires.iter().filter(|d| d.en_face && d.id != nouveau.auteur);
    let adresses: Vec<&str> = en_face.filter_map(|d| d.email.as_deref()).collect();
    crate::courriel::avis_de_message(tx, dossier, sujet, &adresses)
}
