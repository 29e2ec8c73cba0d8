//! What happens on a dossier, as it is told to those who follow it.

use crate::enum_code;

enum_code! {
    /// What arrived.
    pub enum ArriveeNature {
        /// A document was transmitted.
        Document = "document",
        /// A message was sent.
        Message = "message",
    }
}

enum_code! {
    /// What happened, in the live stream.
    pub enum EvenementType {
        /// A document was deposited.
        DocumentDepose = "document.depose",
        /// A document was transmitted to the other side.
        DocumentTransmis = "document.transmis",
        /// A document was taken back.
        DocumentAnnule = "document.annule",
        /// A document was found infected.
        DocumentInfecte = "document.infecte",
        /// A document was judged.
        DocumentExamine = "document.examine",
        /// A message was sent.
        MessageEnvoye = "message.envoye",
        /// A piece was asked for, or the request for it was modified.
        PieceDemandee = "piece.demandee",
        /// A request for a piece was withdrawn.
        DemandeRetiree = "piece.demande_retiree",
        /// What arrived on a dossier was treated.
        DossierTraite = "dossier.traite",
        /// A dossier changed état.
        DossierEtat = "dossier.etat",
    }
}
