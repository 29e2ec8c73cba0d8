//! Signatures, and the change of secret.

use api_types::endpoint::ChangerSecretWebhook;
use api_types::webhooks::ChangementSecret;
use jiff::Timestamp;
use test_support::{Options, TestApp};

use super::{abonne, relire};
use crate::messages::envoyer;

#[tokio::test]
async fn a_webhook_is_verified_by_the_library_of_the_specification() {
    let t = TestApp::avec(Options { depart: Timestamp::now(), ..Options::default() }).await;
    let (recepteur, cree) = abonne(&t).await;
    envoyer(&t.membre(), t.monde().dossier_a1, "Bonjour").await;
    t.expedier().await;
    let recu = &recepteur.recus()[0];
    let lecteur = standardwebhooks::Webhook::new(&cree.secret.0).unwrap();
    lecteur.verify(&recu.corps, &recu.entetes).unwrap();
    let mut altere = recu.corps.to_vec();
    altere.push(b' ');
    assert!(lecteur.verify(&altere, &recu.entetes).is_err());
    let autre = standardwebhooks::Webhook::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    assert!(autre.verify(&recu.corps, &recu.entetes).is_err());
    t.travailler().await;
}

#[tokio::test]
async fn two_secrets_sign_until_the_end_of_the_overlap() {
    let t = TestApp::new().await;
    let (recepteur, cree) = abonne(&t).await;
    let operation = ChangerSecretWebhook { webhook_id: cree.webhook.id };
    let change = t.administrateur().ok(&operation, &ChangementSecret { recouvrement_heures: None }).await;
    assert_ne!(change.secret, cree.secret);
    let fin = change.precedent_jusqu_a.unwrap();
    assert_eq!(fin.duration_since(t.maintenant()).as_hours(), 24);
    let w = relire(&t.administrateur(), cree.webhook.id).await;
    assert_eq!((w.secret_le, w.secret_precedent_jusqu_a), (t.maintenant(), Some(fin)));

    envoyer(&t.membre(), t.monde().dossier_a1, "Pendant").await;
    t.expedier().await;
    let recu = &recepteur.recus()[0];
    assert_eq!(recu.signatures().len(), 2);
    assert!(recu.signatures().iter().all(|s| s.starts_with("v1,")));
    assert!(recu.signe_par(&change.secret.0) && recu.signe_par(&cree.secret.0));

    t.avancer(24 * 3600);
    envoyer(&t.membre(), t.monde().dossier_a1, "Après").await;
    t.expedier().await;
    let recu = &recepteur.recus()[1];
    assert_eq!(recu.signatures().len(), 1);
    assert!(recu.signe_par(&change.secret.0) && !recu.signe_par(&cree.secret.0));
    t.travailler().await;
}

#[tokio::test]
async fn a_secret_that_leaked_is_replaced_at_once() {
    let t = TestApp::new().await;
    let (recepteur, cree) = abonne(&t).await;
    let operation = ChangerSecretWebhook { webhook_id: cree.webhook.id };
    let change = t.administrateur().ok(&operation, &ChangementSecret { recouvrement_heures: Some(0) }).await;
    assert_eq!(change.precedent_jusqu_a, None);
    envoyer(&t.membre(), t.monde().dossier_a1, "Bonjour").await;
    t.expedier().await;
    let recu = &recepteur.recus()[0];
    assert!(recu.signe_par(&change.secret.0) && !recu.signe_par(&cree.secret.0));
    for heures in [-1, 169, i64::MAX, i64::MIN] {
        let refus = t.administrateur().call(&operation, &ChangementSecret { recouvrement_heures: Some(heures) }).await;
        assert_eq!(refus.pointeurs(), ["/recouvrement_heures"]);
    }
    t.travailler().await;
}
