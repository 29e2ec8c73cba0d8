//! Webhooks: subscriptions, signatures, attempts, log.

mod adresses;
mod journal;
mod livrer;
mod perimetre;
mod regler;
mod reprises;
mod secret;

use api_types::endpoint::{CreerWebhook, LireWebhook, ListerLivraisons};
use api_types::webhooks::{FiltreLivraisons, Livraison, SaisieWebhook, Webhook, WebhookCree};
use test_support::{Client, Recepteur, TestApp};
use uuid::Uuid;

/// Everything, of all établissements, to `url`.
pub(crate) fn saisie(url: &str) -> SaisieWebhook {
    SaisieWebhook { url: url.to_owned(), types: Vec::new(), etablissements: Vec::new(), description: String::new() }
}

/// A subscription of company A.
pub(crate) async fn creer(t: &TestApp, saisie: &SaisieWebhook) -> WebhookCree {
    let reponse = t.administrateur().call(&CreerWebhook { adherent_id: t.monde().adherent_a.uuid() }, saisie).await;
    assert_eq!(reponse.code(), 201, "{}", reponse.texte());
    reponse.lire()
}

/// A subscription of company A to everything, and its receiver.
async fn abonne(t: &TestApp) -> (Recepteur, WebhookCree) {
    let recepteur = Recepteur::new();
    let cree = creer(t, &saisie(&recepteur.url())).await;
    (recepteur, cree)
}

/// A subscription as it is now.
async fn relire(client: &Client, id: Uuid) -> Webhook {
    client.ok(&LireWebhook { webhook_id: id }, &()).await
}

/// The first page of the log.
pub(crate) async fn livraisons(client: &Client, id: Uuid) -> Vec<Livraison> {
    client.ok(&ListerLivraisons { webhook_id: id, query: FiltreLivraisons::default() }, &()).await.elements
}
