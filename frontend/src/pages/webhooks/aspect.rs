//! How states, causes and types are told.

use api_types::webhooks::{
    CauseEchec, EssaiWebhook, EtatAbonnement, MotifDesactivation, StatutLivraison, Webhook, WebhookType,
};
use domain::code::Code as _;
use leptos::prelude::*;

use crate::components::icone::Glyphe;
use crate::components::pastille::{Pastille, Ton};
use crate::format;

/// The stamp of a subscription: its state, and its health while it is active.
#[component]
pub fn Sante(
    /// The subscription.
    webhook: Webhook,
) -> impl IntoView {
    let (glyphe, ton, texte) = match (webhook.etat, webhook.motif) {
        (EtatAbonnement::Actif, _) if webhook.echecs_depuis.is_some() => (Glyphe::Alerte, Ton::Signal, "En échec"),
        (EtatAbonnement::Actif, _) => (Glyphe::Check, Ton::Ok, "Actif"),
        (EtatAbonnement::Suspendu, _) => (Glyphe::Moins, Ton::Tirets, "Suspendu"),
        (EtatAbonnement::Desactive, _) => (Glyphe::Croix, Ton::Non, "Désactivé"),
    };
    view! { <Pastille glyphe ton texte/> }
}

/// What the health of a subscription means, in a sentence.
pub fn sante(w: &Webhook) -> String {
    match (w.etat, w.motif) {
        (EtatAbonnement::Desactive, Some(MotifDesactivation::Refus)) => {
            "Désactivé\u{a0}: le logiciel a répondu qu’il ne voulait plus rien (410). Ce qui arrive est retenu.".into()
        }
        (EtatAbonnement::Desactive, _) => {
            "Désactivé après plusieurs jours sans un seul envoi abouti. Ce qui arrive est retenu.".into()
        }
        (EtatAbonnement::Suspendu, _) => {
            format!("Suspendu depuis le {}. Ce qui arrive est retenu.", format::instant(w.etat_le))
        }
        (EtatAbonnement::Actif, _) => match (w.echecs_depuis, w.dernier_succes_le) {
            (Some(depuis), _) => format!("Aucun envoi n’aboutit depuis le {}.", format::instant(depuis)),
            (None, Some(le)) => format!("Dernier envoi abouti le {}.", format::instant(le)),
            (None, None) => "Rien n’a encore été envoyé.".into(),
        },
    }
}

/// The stamp of a delivery.
#[component]
pub fn PastilleLivraison(
    /// Where it stands.
    statut: StatutLivraison,
) -> impl IntoView {
    let (glyphe, ton) = match statut {
        StatutLivraison::EnAttente => (Glyphe::Reprise, Ton::Encre),
        StatutLivraison::Livree => (Glyphe::Check, Ton::Ok),
        StatutLivraison::Echouee => (Glyphe::Croix, Ton::Non),
        StatutLivraison::Retenue => (Glyphe::Moins, Ton::Tirets),
    };
    view! { <Pastille glyphe ton texte=statut_en_mots(statut)/> }
}

/// Where a delivery stands, in a word or two.
pub const fn statut_en_mots(statut: StatutLivraison) -> &'static str {
    match statut {
        StatutLivraison::EnAttente => "En attente",
        StatutLivraison::Livree => "Livré",
        StatutLivraison::Echouee => "Abandonné",
        StatutLivraison::Retenue => "Retenu",
    }
}

/// What an attempt gave, in a sentence.
pub fn resultat(essai: &EssaiWebhook) -> String {
    let duree = format!("en {}\u{a0}ms", format::nombre(essai.duree_ms.into()));
    match (essai.cause, essai.statut_http) {
        (None, Some(statut)) => format!("Reçu, {statut} {duree}"),
        (Some(CauseEchec::Reponse), Some(statut)) => format!("Refusé, {statut} {duree}"),
        (Some(CauseEchec::Redirection), Some(statut)) => format!("Redirection {statut}, qui n’est pas suivie"),
        (Some(CauseEchec::Dns), _) => "Nom inconnu du DNS".into(),
        (Some(CauseEchec::AdresseInterdite), _) => "Adresse hors de l’internet public".into(),
        (Some(CauseEchec::Delai), _) => format!("Pas de réponse à temps, {duree}"),
        (Some(_), _) | (None, None) => "Connexion impossible ou coupée".into(),
    }
}

/// The name of a type, in a few words.
pub const fn nom(nature: WebhookType) -> &'static str {
    match nature {
        WebhookType::DocumentDepose => "Document déposé",
        WebhookType::DocumentTransmis => "Document transmis",
        WebhookType::DocumentAnnule => "Dépôt annulé",
        WebhookType::DocumentInfecte => "Document bloqué par l’antivirus",
        WebhookType::DocumentExamine => "Document examiné",
        WebhookType::MessageEnvoye => "Message envoyé",
        WebhookType::PieceDemandee => "Pièce demandée",
        WebhookType::DemandeRetiree => "Demande de pièce retirée",
        WebhookType::DossierEtat => "Dossier\u{a0}: changement d’état",
        WebhookType::Essai => "Essai",
    }
}

/// The types that can be chosen.
pub fn choisissables() -> impl Iterator<Item = WebhookType> {
    WebhookType::TOUS.iter().copied().filter(|t| *t != WebhookType::Essai)
}

/// The types of a subscription, in words.
pub fn types(types: &[WebhookType]) -> String {
    if types.is_empty() {
        return "Tous les évènements".into();
    }
    types.iter().map(|t| nom(*t)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use api_types::webhooks::{CauseEchec, EssaiWebhook, WebhookType};

    use super::{choisissables, resultat, types};

    fn essai(statut_http: Option<i32>, cause: Option<CauseEchec>) -> EssaiWebhook {
        EssaiWebhook { le: jiff::Timestamp::UNIX_EPOCH, duree_ms: 1234, statut_http, cause, reponse: String::new() }
    }

    #[test]
    fn an_attempt_is_told_with_its_status_and_time() {
        for (statut, cause, dit) in [
            (Some(204), None, "Reçu, 204 en 1\u{202f}234\u{a0}ms"),
            (Some(500), Some(CauseEchec::Reponse), "Refusé, 500 en 1\u{202f}234\u{a0}ms"),
            (Some(301), Some(CauseEchec::Redirection), "Redirection 301, qui n’est pas suivie"),
            (None, Some(CauseEchec::Dns), "Nom inconnu du DNS"),
            (None, Some(CauseEchec::Connexion), "Connexion impossible ou coupée"),
        ] {
            assert_eq!(resultat(&essai(statut, cause)), dit);
        }
    }

    #[test]
    fn the_test_is_not_offered_and_no_type_is_all() {
        assert!(choisissables().all(|t| t != WebhookType::Essai));
        assert_eq!(types(&[]), "Tous les évènements");
        assert_eq!(
            types(&[WebhookType::DocumentDepose, WebhookType::MessageEnvoye]),
            "Document déposé, Message envoyé"
        );
    }
}
