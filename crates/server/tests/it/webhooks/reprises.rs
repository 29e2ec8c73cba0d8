//! Attempts that fail, and what follows.

use api_types::endpoint::{ReprendreWebhook, SuspendreWebhook};
use api_types::webhooks::{CauseEchec, EtatAbonnement, MotifDesactivation, StatutLivraison};
use test_support::{Reaction, TestApp};

use super::{abonne, livraisons, relire};
use crate::messages::envoyer;

const JOUR: i64 = 24 * 3600;

#[tokio::test]
async fn a_delivery_is_tried_again_over_days_then_given_up() {
    let t = TestApp::new().await;
    let (recepteur, cree) = abonne(&t).await;
    recepteur.repondre(|_, _| Reaction { corps: "panne".to_owned(), ..Reaction::statut(500) });
    envoyer(&t.membre(), t.monde().dossier_a1, "Bonjour").await;
    let debut = t.maintenant();
    assert_eq!(t.expedier().await, 1);
    assert_eq!(t.expedier().await, 0);
    let premiere = livraisons(&t.administrateur(), cree.webhook.id).await[0].prochaine_le.unwrap();
    assert!((5..=6).contains(&premiere.duration_since(debut).as_secs()), "{premiere}");
    let mut essais = 1;
    for _ in 0..80 {
        t.avancer(3600 + 1);
        essais += t.expedier().await;
    }
    // 5 s and 5 min fall in the first hour; the others each in an hour of their own.
    t.avancer(30 * 3600);
    essais += t.expedier().await;
    let log = livraisons(&t.administrateur(), cree.webhook.id).await;
    assert_eq!((essais, log[0].tentatives, log[0].statut), (10, 10, StatutLivraison::Echouee));
    let dernier = log[0].dernier_essai.as_ref().unwrap();
    assert_eq!((dernier.statut_http, dernier.cause), (Some(500), Some(CauseEchec::Reponse)));
    assert_eq!(dernier.reponse, "panne");
    assert_eq!(recepteur.recus().len(), 10);
    assert!(recepteur.recus().iter().all(|r| r.id() == log[0].webhook_id));
    t.travailler().await;
}

#[tokio::test]
async fn retry_after_is_respected() {
    let t = TestApp::new().await;
    let (recepteur, cree) = abonne(&t).await;
    recepteur.repondre(|_, rang| match rang {
        0 => Reaction { entete: Some(("retry-after", "1200".to_owned())), ..Reaction::statut(429) },
        _ => Reaction::statut(200),
    });
    envoyer(&t.membre(), t.monde().dossier_a1, "Bonjour").await;
    t.expedier().await;
    t.avancer(1199);
    assert_eq!(t.expedier().await, 0);
    t.avancer(1);
    assert_eq!(t.expedier().await, 1);
    assert_eq!(livraisons(&t.administrateur(), cree.webhook.id).await[0].statut, StatutLivraison::Livree);
    t.travailler().await;
}

#[tokio::test]
async fn a_redirection_is_not_followed() {
    let t = TestApp::new().await;
    let (recepteur, cree) = abonne(&t).await;
    let (ailleurs, _) = abonne(&t).await;
    let vers = ailleurs.url();
    recepteur.repondre(move |_, _| Reaction { entete: Some(("location", vers.clone())), ..Reaction::statut(307) });
    envoyer(&t.membre(), t.monde().dossier_a1, "Bonjour").await;
    t.expedier().await;
    assert_eq!((recepteur.recus().len(), ailleurs.recus().len()), (1, 1));
    let log = livraisons(&t.administrateur(), cree.webhook.id).await;
    let essai = log[0].dernier_essai.as_ref().unwrap();
    assert_eq!((essai.statut_http, essai.cause), (Some(307), Some(CauseEchec::Redirection)));
    t.travailler().await;
}

#[tokio::test]
async fn a_gone_receiver_switches_its_subscription_off_at_once() {
    let t = TestApp::new().await;
    let (recepteur, cree) = abonne(&t).await;
    recepteur.repondre(|_, rang| Reaction::statut(if rang == 0 { 410 } else { 200 }));
    envoyer(&t.membre(), t.monde().dossier_a1, "Bonjour").await;
    assert_eq!(t.expedier().await, 1);
    let w = relire(&t.administrateur(), cree.webhook.id).await;
    assert_eq!((w.etat, w.motif), (EtatAbonnement::Desactive, Some(MotifDesactivation::Refus)));
    assert_eq!((w.retenues, w.en_attente, w.etat_le), (1, 0, t.maintenant()));
    let avis: Vec<_> = t.courriels().into_iter().filter(|c| c.sujet.contains("webhooks")).collect();
    assert_eq!(avis.iter().map(|c| c.destinataire.as_str()).collect::<Vec<_>>(), ["nadia@bati-rives.example"]);
    let texte = avis[0].corps.as_deref().unwrap();
    assert!(texte.contains("410") && texte.contains(&format!("/egestion/webhooks/{}", w.id)), "{texte}");
    assert!(!texte.contains("127.0.0.1"), "{texte}");

    // Nothing is lost: what was held back, and what happened since, goes out at the resumption.
    envoyer(&t.membre(), t.monde().dossier_a1, "Encore").await;
    t.avancer(JOUR);
    assert_eq!(t.expedier().await, 0);
    t.administrateur().ok(&ReprendreWebhook { webhook_id: w.id }, &()).await;
    assert_eq!((t.expedier().await, recepteur.recus().len()), (2, 3));
    let w = relire(&t.administrateur(), w.id).await;
    assert_eq!((w.etat, w.motif), (EtatAbonnement::Actif, None));
    assert_eq!(t.journal(w.id), ["webhook.creer", "webhook.desactiver", "webhook.reprendre"]);
    t.travailler().await;
}

#[tokio::test]
async fn after_five_days_without_one_success_a_subscription_is_switched_off_with_notice() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (recepteur, cree) = abonne(&t).await;
    recepteur.repondre(|_, _| Reaction::statut(503));
    for jour in 0..5 {
        envoyer(&t.membre(), m.dossier_a1, &format!("Jour {jour}")).await;
        t.expedier().await;
        assert_eq!(relire(&t.administrateur(), cree.webhook.id).await.etat, EtatAbonnement::Actif);
        t.avancer(JOUR);
    }
    t.expedier().await;
    let w = relire(&t.administrateur(), cree.webhook.id).await;
    assert_eq!((w.etat, w.motif), (EtatAbonnement::Desactive, Some(MotifDesactivation::Echecs)));
    let avis = t.courriels().into_iter().filter(|c| c.sujet.contains("webhooks")).count();
    assert_eq!(avis, 1, "told once");
    t.travailler().await;
}

#[tokio::test]
async fn one_success_starts_the_count_anew() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (recepteur, cree) = abonne(&t).await;
    for (jour, statut) in [(0, 500), (4, 200), (5, 500), (9, 500)] {
        recepteur.repondre(move |_, _| Reaction::statut(statut));
        envoyer(&t.membre(), m.dossier_a1, &format!("Jour {jour}")).await;
        t.expedier().await;
        t.avancer(JOUR * if jour == 0 || jour == 5 { 4 } else { 1 });
    }
    let w = relire(&t.administrateur(), cree.webhook.id).await;
    assert_eq!(w.etat, EtatAbonnement::Actif);
    assert!(w.dernier_succes_le.is_some() && w.echecs_depuis.is_some());
    t.travailler().await;
}

#[tokio::test]
async fn what_is_under_way_when_its_worker_dies_is_sent_again() {
    let t = TestApp::new().await;
    let (recepteur, _) = abonne(&t).await;
    envoyer(&t.membre(), t.monde().dossier_a1, "Bonjour").await;
    // Never answered: the worker is stopped while it waits.
    recepteur.repondre(|_, rang| match rang {
        0 => Reaction { lenteur: std::time::Duration::from_secs(600), ..Reaction::statut(200) },
        _ => Reaction::statut(200),
    });
    let travail = tokio::spawn(app::webhooks::expedier(t.app().clone()));
    while recepteur.recus().is_empty() {
        tokio::task::yield_now().await;
    }
    travail.abort();
    assert_eq!(t.expedier().await, 0, "its lease is not over");
    t.avancer(31);
    assert_eq!(t.expedier().await, 1);
    let recus = recepteur.recus();
    assert_eq!((recus.len(), recus[0].id()), (2, recus[1].id()));
    t.travailler().await;
}

#[tokio::test]
async fn a_pause_stops_what_awaits_its_next_attempt() {
    let t = TestApp::new().await;
    let (recepteur, cree) = abonne(&t).await;
    recepteur.repondre(|_, _| Reaction::statut(500));
    envoyer(&t.membre(), t.monde().dossier_a1, "Bonjour").await;
    t.expedier().await;
    t.administrateur().ok(&SuspendreWebhook { webhook_id: cree.webhook.id }, &()).await;
    t.avancer(3600);
    assert_eq!(t.expedier().await, 0);
    assert_eq!(livraisons(&t.administrateur(), cree.webhook.id).await[0].statut, StatutLivraison::Retenue);
    t.travailler().await;
}
