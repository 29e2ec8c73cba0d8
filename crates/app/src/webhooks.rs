//! Webhooks: a company's software is told what happens, by the Standard Webhooks specification.
//!
//! Events → one delivery for each subscription that may hear of them ([`distribuer`]) → attempts
//! ([`porter`]), until one is taken or the last is given up. Order is not promised.

mod charge;
mod distribuer;
mod envoyer;
mod essayer;
mod etat;
mod journal;
mod porter;
mod purger;
mod reglage;
mod rejouer;
mod secret;

pub use charge::identifiant;
pub use envoyer::{expedier, vider};
pub use essayer::{Essaye, essayer};
pub use etat::{reprendre, suspendre};
pub use journal::{lire_livraison, lister_livraisons};
pub use purger::purger;
pub use reglage::{Fiche, Saisie, creer, etiquette, lire, lister, modifier, supprimer};
pub use rejouer::{rejouer, rejouer_depuis};
pub use secret::{RECOUVREMENT_DEFAUT, RECOUVREMENT_MAX, changer_secret};

use db::journal::Trace;
use db::webhooks::Abonnement;
use domain::Acteur;
use domain::ids::{EtablissementId, WebhookId};

/// What the journal says of an act on a subscription: never its address.
fn trace(action: &'static str, id: WebhookId, details: serde_json::Value) -> Trace {
    Trace { action, objet: "webhook", objet_id: id.uuid(), dossier: None, details }
}

/// The établissements that a subscription hears of, by the rights that its bearer has now.
fn lieux(porteur: &Acteur, abonnement: &Abonnement) -> Vec<EtablissementId> {
    let mut lieux = porteur.etablissements(abonnement.ligne.adherent.0);
    if !abonnement.etablissements.is_empty() {
        lieux.retain(|l| abonnement.etablissements.contains(l));
    }
    lieux
}
