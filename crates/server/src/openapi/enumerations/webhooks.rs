use domain::evenement::EvenementType;
use domain::webhook::{CauseEchec, EtatAbonnement, EtendueRejeu, MotifDesactivation, StatutLivraison, WebhookType};
use utoipa::openapi::Components;

use super::decrire;

/// The live stream and webhooks.
pub(super) fn ajouter(c: &mut Components) {
    decrire(c, "EvenementType", "Ce qui est arrivé, dans le fil des évènements.", evenement);
    decrire(c, "WebhookType", "Le type d’un webhook.", |t: WebhookType| t.description());
    decrire(c, "EtatAbonnement", "Où en est un abonnement.", |e: EtatAbonnement| match e {
        EtatAbonnement::Actif => "Ce qui arrive lui est envoyé.",
        EtatAbonnement::Suspendu => "Suspendu par son propriétaire : ce qui arrive est retenu.",
        EtatAbonnement::Desactive => {
            "Désactivé parce que son destinataire ne prend plus rien : ce qui arrive est retenu."
        }
    });
    decrire(c, "MotifDesactivation", "Pourquoi un abonnement a été désactivé.", |m: MotifDesactivation| match m {
        MotifDesactivation::Echecs => "Tous les essais ont échoué pendant plusieurs jours.",
        MotifDesactivation::Refus => "Le destinataire a répondu 410 Gone.",
    });
    decrire(c, "StatutLivraison", "Où en est un envoi.", |s: StatutLivraison| match s {
        StatutLivraison::EnAttente => "Il est essayé, ou le sera de nouveau.",
        StatutLivraison::Livree => "Le destinataire l’a pris (2xx).",
        StatutLivraison::Echouee => "Abandonné : il peut être rejoué.",
        StatutLivraison::Retenue => "Retenu pendant que l’abonnement est suspendu ou désactivé.",
    });
    decrire(c, "CauseEchec", "Pourquoi un essai a échoué.", |e: CauseEchec| match e {
        CauseEchec::Dns => "Le nom du destinataire est inconnu.",
        CauseEchec::AdresseInterdite => "Le nom du destinataire mène à une adresse qui n’est jamais appelée.",
        CauseEchec::Connexion => "Le destinataire ne prend pas la connexion, ou la coupe.",
        CauseEchec::Delai => "Le destinataire ne répond pas à temps.",
        CauseEchec::Redirection => "Le destinataire répond par une redirection, qui n’est pas suivie.",
        CauseEchec::Reponse => "Le destinataire répond par une erreur.",
    });
    decrire(c, "EtendueRejeu", "Quels envois sont rejoués.", |e: EtendueRejeu| match e {
        EtendueRejeu::Echecs => "Ceux qui ont échoué, seulement.",
        EtendueRejeu::Toutes => "Tous, même ceux qui ont été pris.",
    });
}

const fn evenement(e: EvenementType) -> &'static str {
    match e {
        EvenementType::DocumentDepose => "Un document est déposé.",
        EvenementType::DocumentTransmis => "Un document est transmis à l’autre partie.",
        EvenementType::DocumentAnnule => "Un document est repris.",
        EvenementType::DocumentInfecte => "Un document est trouvé infecté.",
        EvenementType::DocumentExamine => "Un document est examiné.",
        EvenementType::MessageEnvoye => "Un message est envoyé.",
        EvenementType::PieceDemandee => "Une pièce est demandée, ou sa demande modifiée.",
        EvenementType::DemandeRetiree => "La demande d’une pièce est retirée.",
        EvenementType::DossierTraite => "Ce qui était arrivé sur un dossier est traité.",
        EvenementType::DossierEtat => "Un dossier change d’état.",
    }
}
