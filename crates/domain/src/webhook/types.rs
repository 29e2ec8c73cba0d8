//! What a webhook may tell.

use crate::enum_code;
use crate::evenement::EvenementType;

enum_code! {
    /// The type of a webhook.
    pub enum WebhookType {
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
        /// A dossier changed état.
        DossierEtat = "dossier.etat",
        /// Sent by the test button, and by nothing else.
        Essai = "webhook.essai",
    }
}

impl WebhookType {
    /// The webhook that tells an event; `None` for what concerns the OPCO alone.
    pub const fn du_fil(evenement: EvenementType) -> Option<Self> {
        Some(match evenement {
            EvenementType::DocumentDepose => Self::DocumentDepose,
            EvenementType::DocumentTransmis => Self::DocumentTransmis,
            EvenementType::DocumentAnnule => Self::DocumentAnnule,
            EvenementType::DocumentInfecte => Self::DocumentInfecte,
            EvenementType::DocumentExamine => Self::DocumentExamine,
            EvenementType::MessageEnvoye => Self::MessageEnvoye,
            EvenementType::PieceDemandee => Self::PieceDemandee,
            EvenementType::DemandeRetiree => Self::DemandeRetiree,
            EvenementType::DossierEtat => Self::DossierEtat,
            EvenementType::DossierTraite => return None,
        })
    }

    /// What it tells, in French.
    pub const fn description(self) -> &'static str {
        match self {
            Self::DocumentDepose => "Un document est déposé par votre entreprise ; il peut encore être repris.",
            Self::DocumentTransmis => {
                "Un document est transmis : à l’OPCO s’il vient de vous, à vous s’il vient de l’OPCO."
            }
            Self::DocumentAnnule => "Un document est repris pendant le délai d’annulation.",
            Self::DocumentInfecte => "Un document est bloqué par l’antivirus : il n’est pas transmis.",
            Self::DocumentExamine => "Un document de votre entreprise est accepté ou refusé par le gestionnaire.",
            Self::MessageEnvoye => "Un message est ajouté au fil d’un dossier, par vous ou par l’OPCO.",
            Self::PieceDemandee => "Le gestionnaire demande une pièce, ou modifie sa demande.",
            Self::DemandeRetiree => "Le gestionnaire retire sa demande d’une pièce.",
            Self::DossierEtat => "Un dossier change d’état.",
            Self::Essai => "Envoi d’essai, déclenché par le bouton « Envoyer un essai ».",
        }
    }

    /// What it tells, in English.
    pub const fn description_en(self) -> &'static str {
        match self {
            Self::DocumentDepose => "A document was deposited by your company; it may still be taken back.",
            Self::DocumentTransmis => {
                "A document was transmitted: to the OPCO if it is yours, to you if it is the OPCO's."
            }
            Self::DocumentAnnule => "A document was taken back during the undo window.",
            Self::DocumentInfecte => "A document was blocked by the antivirus and is not transmitted.",
            Self::DocumentExamine => "A document of your company was accepted or refused by the case manager.",
            Self::MessageEnvoye => "A message was added to the thread of a dossier, by you or by the OPCO.",
            Self::PieceDemandee => "The case manager asked for a supporting document, or changed the request.",
            Self::DemandeRetiree => "The case manager withdrew the request for a supporting document.",
            Self::DossierEtat => "A dossier changed state.",
            Self::Essai => "A test, sent by the test button.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WebhookType;
    use crate::code::Code as _;
    use crate::evenement::EvenementType;

    #[test]
    fn an_event_keeps_its_code_and_every_type_but_the_test_is_an_event() {
        for e in EvenementType::TOUS {
            if let Some(w) = WebhookType::du_fil(*e) {
                assert_eq!(w.code(), e.code());
            }
        }
        let sans_evenement: Vec<_> =
            WebhookType::TOUS.iter().filter(|w| EvenementType::du_code(w.code()).is_none()).collect();
        assert_eq!(sans_evenement, [&WebhookType::Essai]);
    }
}
