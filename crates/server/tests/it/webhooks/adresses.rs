//! Where webhooks may not go: at the creation, and again at each delivery.

use std::net::IpAddr;

use api_types::endpoint::{CreerWebhook, EssayerWebhook, ModifierWebhook};
use api_types::webhooks::CauseEchec;
use domain::webhook::Ouverture;
use test_support::{Options, Recepteur, TestApp};

use super::{creer, livraisons, saisie};
use crate::messages::envoyer;

async fn publique() -> TestApp {
    TestApp::avec(Options { webhooks: Ouverture::Publique, ..Options::default() }).await
}

fn ip(texte: &str) -> IpAddr {
    texte.parse().unwrap()
}

#[tokio::test]
async fn a_private_address_is_refused_on_its_field() {
    let t = publique().await;
    let noms = t.app().coursier().noms();
    noms.poser("interne.exemple.fr", &[ip("10.0.0.7")]);
    noms.poser("mixte.exemple.fr", &[ip("93.184.216.34"), ip("169.254.169.254")]);
    noms.poser("six.exemple.fr", &[ip("::ffff:127.0.0.1")]);
    let operation = CreerWebhook { adherent_id: t.monde().adherent_a.uuid() };
    for url in [
        "http://hooks.exemple.fr/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://localhost/",
        "https://imprimante.local/",
        "https://moi@hooks.exemple.fr/",
        "https://interne.exemple.fr/",
        "https://mixte.exemple.fr/",
        "https://six.exemple.fr/",
        "https://inconnu.exemple.fr/",
    ] {
        let refus = t.administrateur().call(&operation, &saisie(url)).await;
        assert_eq!(refus.pointeurs(), ["/url"], "{url}");
    }
    noms.poser("hooks.exemple.fr", &[ip("93.184.216.34"), ip("2606:2800:220:1::1")]);
    let cree = creer(&t, &saisie("https://hooks.exemple.fr:8443/egestion")).await;
    let modifier = ModifierWebhook { webhook_id: cree.webhook.id };
    let refus = t.administrateur().changer(&modifier, "*", &saisie("https://interne.exemple.fr/")).await;
    assert_eq!(refus.pointeurs(), ["/url"]);
}

#[tokio::test]
async fn a_name_that_comes_to_lead_inside_is_not_called() {
    let t = publique().await;
    let recepteur = Recepteur::new();
    let noms = t.app().coursier().noms();
    noms.poser("hooks.exemple.fr", &[ip("93.184.216.34")]);
    let url = format!("https://hooks.exemple.fr:{}/", recepteur.port());
    let cree = creer(&t, &saisie(&url)).await;
    noms.poser("hooks.exemple.fr", &[ip("127.0.0.1")]);
    envoyer(&t.membre(), t.monde().dossier_a1, "Bonjour").await;
    assert_eq!(t.expedier().await, 1);
    let log = livraisons(&t.administrateur(), cree.webhook.id).await;
    let essai = log[0].dernier_essai.as_ref().unwrap();
    assert_eq!((essai.cause, essai.statut_http), (Some(CauseEchec::AdresseInterdite), None));
    // One private address beside a public one is enough.
    noms.poser("hooks.exemple.fr", &[ip("93.184.216.34"), ip("127.0.0.1")]);
    let essai = t.administrateur().ok(&EssayerWebhook { webhook_id: cree.webhook.id }, &()).await.essai;
    assert_eq!(essai.cause, Some(CauseEchec::AdresseInterdite));
    noms.poser("hooks.exemple.fr", &[]);
    let essai = t.administrateur().ok(&EssayerWebhook { webhook_id: cree.webhook.id }, &()).await.essai;
    assert_eq!(essai.cause, Some(CauseEchec::Dns));
    assert!(recepteur.recus().is_empty());
    t.travailler().await;
}

#[tokio::test]
async fn an_address_written_before_the_rules_tightened_is_judged_again() {
    use db::schema::abonnements_webhook;
    use diesel::prelude::*;
    let t = publique().await;
    let recepteur = Recepteur::new();
    t.app().coursier().noms().poser("hooks.exemple.fr", &[ip("93.184.216.34")]);
    let cree = creer(&t, &saisie("https://hooks.exemple.fr/")).await;
    for url in [recepteur.url(), format!("https://127.0.0.1:{}/", recepteur.port())] {
        t.semer(move |s| {
            diesel::update(abonnements_webhook::table).set(abonnements_webhook::url.eq(url)).execute(s.conn).unwrap();
        });
        let essai = t.administrateur().ok(&EssayerWebhook { webhook_id: cree.webhook.id }, &()).await.essai;
        assert_eq!(essai.cause, Some(CauseEchec::AdresseInterdite));
    }
    assert!(recepteur.recus().is_empty());
}

#[tokio::test]
async fn a_name_is_called_at_the_addresses_that_were_judged() {
    let t = TestApp::new().await;
    let recepteur = Recepteur::new();
    // No machine has this name: only the judged address can have been called.
    t.app().coursier().noms().poser("hooks.exemple.fr", &[ip("127.0.0.1")]);
    let cree = creer(&t, &saisie(&format!("http://hooks.exemple.fr:{}/", recepteur.port()))).await;
    let essai = t.administrateur().ok(&EssayerWebhook { webhook_id: cree.webhook.id }, &()).await.essai;
    assert_eq!((essai.statut_http, essai.cause), (Some(204), None));
    assert_eq!(recepteur.recus()[0].entete("host"), format!("hooks.exemple.fr:{}", recepteur.port()));
}
