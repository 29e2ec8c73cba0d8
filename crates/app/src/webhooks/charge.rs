//! What is sent: identifiers and links, never a name, a text or a file name.

use db::webhooks::livraisons::Livraison;
use domain::code::Code as _;
use domain::ids::LivraisonId;
use domain::webhook::WebhookType;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::Error;

#[derive(Serialize)]
struct Charge {
    r#type: &'static str,
    timestamp: Timestamp,
    data: Donnees,
}

#[derive(Serialize)]
struct Donnees {
    #[serde(skip_serializing_if = "Option::is_none")]
    dossier_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    etablissement_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    objet_id: Option<Uuid>,
    liens: Liens,
}

#[derive(Serialize)]
struct Liens {
    #[serde(skip_serializing_if = "Option::is_none")]
    dossier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    objet: Option<String>,
}

/// The identifier of a webhook, the same over all its attempts and replays.
pub fn identifiant(livraison: LivraisonId) -> String {
    format!("msg_{}", livraison.uuid().simple())
}

/// The body of a delivery, the same at each attempt.
pub(super) fn corps(livraison: &Livraison, url_publique: &str) -> Result<Vec<u8>, Error> {
    let api = format!("{url_publique}/api/v1");
    let dossier = livraison.dossier.map(|d| d.0.uuid());
    let objet = livraison.objet.map(|o| o.0.uuid());
    let lien = dossier.map(|d| format!("{api}/dossiers/{d}"));
    let vers_objet = lien.as_ref().zip(objet).and_then(|(d, o)| chemin(livraison.nature.0, &api, d, o));
    let charge = Charge {
        r#type: livraison.nature.0.code(),
        timestamp: livraison.le.0,
        data: Donnees {
            dossier_id: dossier,
            etablissement_id: livraison.etablissement.map(|e| e.0.uuid()),
            objet_id: objet,
            liens: Liens { dossier: lien, objet: vers_objet },
        },
    };
    serde_json::to_vec(&charge).map_err(|e| Error::Interne(format!("webhook : {e}")))
}

/// Where what a webhook tells of is read.
fn chemin(nature: WebhookType, api: &str, dossier: &str, objet: Uuid) -> Option<String> {
    match nature {
        WebhookType::DocumentDepose
        | WebhookType::DocumentTransmis
        | WebhookType::DocumentAnnule
        | WebhookType::DocumentInfecte
        | WebhookType::DocumentExamine => Some(format!("{api}/documents/{objet}")),
        WebhookType::MessageEnvoye => Some(format!("{dossier}/messages")),
        WebhookType::PieceDemandee | WebhookType::DemandeRetiree => Some(format!("{dossier}/pieces")),
        WebhookType::DossierEtat | WebhookType::Essai => None,
    }
}
