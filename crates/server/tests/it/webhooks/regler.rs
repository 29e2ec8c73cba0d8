//! Subscriptions: made, read, set, removed, paused, resumed.

use api_types::ProblemCode;
use api_types::endpoint::{
    CreerWebhook, LireWebhook, ListerTypesEvenements, ListerWebhooks, ModifierWebhook, RejouerLivraison,
    ReprendreWebhook, SupprimerWebhook, SuspendreWebhook,
};
use api_types::webhooks::{EtatAbonnement, SaisieWebhook, StatutLivraison, Webhook, WebhookType};
use futures_util::future::join_all;
use test_support::{Recepteur, TestApp};
use uuid::Uuid;

use super::{abonne, creer, livraisons, relire, saisie};
use crate::messages::envoyer;

#[tokio::test]
async fn a_subscription_is_made_read_set_and_removed() {
    let t = TestApp::new().await;
    let (m, nadia) = (t.monde(), t.administrateur());
    let adherent_id = m.adherent_a.uuid();
    let demande = SaisieWebhook {
        types: vec![WebhookType::MessageEnvoye, WebhookType::DocumentDepose, WebhookType::MessageEnvoye],
        etablissements: vec![m.etablissement_a1.uuid()],
        description: " Notre SIRH\n ".to_owned(),
        ..saisie("http://127.0.0.1:9/hooks?cle=1")
    };
    let cree = creer(&t, &demande).await;
    assert!(cree.secret.0.starts_with("whsec_") && cree.secret.0.len() == 50, "whsec_ and 44 characters");
    let w = &cree.webhook;
    assert_eq!((w.adherent_id, w.etat, w.motif), (adherent_id, EtatAbonnement::Actif, None));
    assert_eq!((w.url.as_str(), w.description.as_str()), ("http://127.0.0.1:9/hooks?cle=1", "Notre SIRH"));
    assert_eq!(w.types, [WebhookType::DocumentDepose, WebhookType::MessageEnvoye]);
    assert_eq!((w.cree_par.as_deref(), w.cree_le), (Some("Nadia Lemercier"), t.maintenant()));

    assert_eq!(relire(&nadia, w.id).await, *w);
    assert_eq!(nadia.ok(&ListerWebhooks { adherent_id }, &()).await.elements, std::slice::from_ref(w));
    let texte = nadia.call(&ListerWebhooks { adherent_id }, &()).await.texte();
    assert!(!texte.contains("whsec_"), "a secret is told once: {texte}");

    let suivante = saisie("http://127.0.0.1:9/ailleurs");
    let modifier = ModifierWebhook { webhook_id: w.id };
    nadia.call(&modifier, &suivante).await.probleme(ProblemCode::PreconditionManquante);
    let modifie: Webhook = nadia.changer(&modifier, &w.etag, &suivante).await.lire();
    assert_eq!((modifie.url.as_str(), modifie.types.len()), ("http://127.0.0.1:9/ailleurs", 0));
    assert!(modifie.etablissements.is_empty() && modifie.description.is_empty());
    assert_eq!(relire(&nadia, w.id).await, modifie);
    // Somebody who read it before would undo that without a word.
    nadia.changer(&modifier, &w.etag, &demande).await.probleme(ProblemCode::VersionPerimee);
    assert_eq!(relire(&nadia, w.id).await, modifie);

    nadia.ok(&SupprimerWebhook { webhook_id: w.id }, &()).await;
    nadia.call(&LireWebhook { webhook_id: w.id }, &()).await.probleme(ProblemCode::Absent);
    assert_eq!(t.journal(w.id), ["webhook.creer", "webhook.modifier", "webhook.supprimer"]);
}

#[tokio::test]
async fn a_secret_is_sealed_in_the_database_and_not_kept_by_caches() {
    use db::schema::abonnements_webhook;
    use diesel::prelude::*;
    let t = TestApp::new().await;
    let operation = CreerWebhook { adherent_id: t.monde().adherent_a.uuid() };
    let reponse = t.administrateur().call(&operation, &saisie("http://127.0.0.1:9/")).await;
    assert_eq!(reponse.entete("cache-control"), Some("no-store"));
    let cree: api_types::webhooks::WebhookCree = reponse.lire();
    let garde: Vec<u8> = t.lire(|c| abonnements_webhook::table.select(abonnements_webhook::secret).first(c));
    let clair = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, &cree.secret.0[6..]).unwrap();
    assert!(clair.len() == 32 && !garde.windows(32).any(|f| f == clair));
    assert!(!format!("{cree:?}").contains("whsec_"));
}

#[tokio::test]
async fn what_is_wrong_is_told_field_by_field() {
    let t = TestApp::new().await;
    let m = t.monde();
    let operation = CreerWebhook { adherent_id: m.adherent_a.uuid() };
    let faux = SaisieWebhook {
        url: "https://intranet/".to_owned(),
        types: vec![WebhookType::Essai],
        etablissements: vec![m.etablissement_b.uuid()],
        description: "a".repeat(201),
    };
    let refus = t.administrateur().call(&operation, &faux).await;
    assert_eq!(refus.pointeurs(), ["/url", "/types", "/etablissements", "/description"]);
    // An établissement of another company and one that never existed are one answer.
    let inconnu = SaisieWebhook { etablissements: vec![Uuid::new_v4()], ..faux };
    assert_eq!(t.administrateur().call(&operation, &inconnu).await.corps, refus.corps);
    let requete = t.administrateur().nue(api_types::Method::Post, &api_types::Endpoint::path(&operation));
    let etrange = t.administrateur().envoyer(requete.json(&serde_json::json!({ "url": "x", "secret": "y" }))).await;
    etrange.probleme(ProblemCode::RequeteIllisible);
}

#[tokio::test]
async fn a_company_has_twenty_subscriptions_at_most() {
    let t = TestApp::new().await;
    for n in 0..19 {
        creer(&t, &saisie(&format!("http://127.0.0.1:9/{n}"))).await;
    }
    let (nadia, operation) = (t.administrateur(), CreerWebhook { adherent_id: t.monde().adherent_a.uuid() });
    // However many are asked for at once, one alone is the twentieth.
    let demande = saisie("http://127.0.0.1:9/");
    let derniers = join_all((0..8).map(|_| nadia.call(&operation, &demande))).await;
    let (faits, refus): (Vec<_>, Vec<_>) = derniers.into_iter().partition(|r| r.code() == 201);
    assert_eq!(faits.len(), 1);
    for r in refus {
        assert_eq!(r.pointeurs(), ["/url"]);
    }
}

#[tokio::test]
async fn a_foreign_subscription_is_absent_and_a_member_without_the_role_is_refused() {
    let t = TestApp::new().await;
    let m = t.monde();
    let cree = creer(&t, &saisie("http://127.0.0.1:9/")).await;
    let etrangere = t.autre_membre().call(&LireWebhook { webhook_id: cree.webhook.id }, &()).await;
    etrangere.probleme(ProblemCode::Absent);
    let absente = t.autre_membre().call(&LireWebhook { webhook_id: Uuid::new_v4() }, &()).await;
    assert_eq!((etrangere.code(), &etrangere.corps), (absente.code(), &absente.corps));
    let chez_a = CreerWebhook { adherent_id: m.adherent_a.uuid() };
    t.autre_membre().call(&chez_a, &saisie("http://127.0.0.1:9/")).await.probleme(ProblemCode::Absent);
    for client in [t.membre(), t.lecteur(), t.gestionnaire(), t.opco_admin()] {
        client.call(&chez_a, &saisie("http://127.0.0.1:9/")).await.probleme(ProblemCode::Interdit);
        client.call(&LireWebhook { webhook_id: cree.webhook.id }, &()).await.probleme(ProblemCode::Interdit);
    }
}

#[tokio::test]
async fn a_paused_subscription_holds_back_what_happens_and_lets_it_go_when_resumed() {
    let t = TestApp::new().await;
    let (m, nadia) = (t.monde(), t.administrateur());
    let (recepteur, cree) = abonne(&t).await;
    let webhook_id = cree.webhook.id;
    nadia.ok(&SuspendreWebhook { webhook_id }, &()).await;
    nadia.ok(&SuspendreWebhook { webhook_id }, &()).await;
    envoyer(&t.membre(), m.dossier_a1, "Un").await;
    envoyer(&t.membre(), m.dossier_a2, "Deux").await;
    assert_eq!((t.expedier().await, recepteur.recus().len()), (0, 0));
    let w = relire(&nadia, webhook_id).await;
    assert_eq!((w.etat, w.retenues, w.en_attente), (EtatAbonnement::Suspendu, 2, 0));
    assert!(livraisons(&nadia, webhook_id).await.iter().all(|l| l.statut == StatutLivraison::Retenue));

    t.avancer(10 * 24 * 3600);
    let nadia = t.administrateur();
    nadia.ok(&ReprendreWebhook { webhook_id }, &()).await;
    assert_eq!((t.expedier().await, recepteur.recus().len()), (2, 2));
    let w = relire(&nadia, webhook_id).await;
    assert_eq!((w.etat, w.retenues, w.dernier_succes_le), (EtatAbonnement::Actif, 0, Some(t.maintenant())));
    t.travailler().await;
}

#[tokio::test]
async fn nothing_that_happens_while_a_subscription_resumes_stays_held_back() {
    let t = TestApp::new().await;
    let (m, nadia, membre) = (t.monde(), t.administrateur(), t.membre());
    let (recepteur, cree) = abonne(&t).await;
    let webhook_id = cree.webhook.id;
    let reprendre = ReprendreWebhook { webhook_id };
    for tour in 1..=4 {
        nadia.ok(&SuspendreWebhook { webhook_id }, &()).await;
        let envois = join_all((0..6).map(|_| envoyer(&membre, m.dossier_a1, "Bonjour")));
        tokio::join!(envois, t.expedier(), nadia.ok(&reprendre, &()));
        t.expedier().await;
        assert_eq!((relire(&nadia, webhook_id).await.retenues, recepteur.recus().len()), (0, 6 * tour));
    }
    t.travailler().await;
}

#[tokio::test]
async fn a_removed_subscription_is_sent_nothing_more() {
    let t = TestApp::new().await;
    let (recepteur, cree) = abonne(&t).await;
    envoyer(&t.membre(), t.monde().dossier_a1, "Un").await;
    t.expedier().await;
    envoyer(&t.membre(), t.monde().dossier_a1, "Deux").await;
    t.administrateur().ok(&SupprimerWebhook { webhook_id: cree.webhook.id }, &()).await;
    assert_eq!((t.expedier().await, recepteur.recus().len()), (0, 1));
    t.travailler().await;
}

#[tokio::test]
async fn the_types_are_told_in_both_languages() {
    let t = TestApp::new().await;
    let types = t.lecteur().ok(&ListerTypesEvenements {}, &()).await.elements;
    assert!(types.iter().all(|e| !e.description.is_empty() && e.description != e.description_en));
    let document: serde_json::Value = serde_json::from_str(&server::openapi::json()).unwrap();
    let annonces = document["webhooks"].as_object().unwrap();
    let servis: Vec<String> =
        types.iter().map(|e| serde_json::to_value(e.nature).unwrap().as_str().unwrap().to_owned()).collect();
    let mut decrits: Vec<&String> = annonces.keys().collect();
    let mut servis: Vec<&String> = servis.iter().collect();
    decrits.sort();
    servis.sort();
    assert_eq!(decrits, servis);
    for (nom, entree) in annonces {
        let schema = &entree["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        assert_eq!(schema, "#/components/schemas/WebhookMessage", "{nom}");
    }
    assert!(document["components"]["schemas"]["WebhookMessage"]["properties"]["data"].is_object());
}

#[tokio::test]
async fn the_test_button_tells_what_the_receiver_answers() {
    use api_types::endpoint::EssayerWebhook;
    use api_types::webhooks::CauseEchec;
    use test_support::Reaction;
    let t = TestApp::new().await;
    let nadia = t.administrateur();
    let recepteur = Recepteur::new();
    let cree = creer(&t, &saisie(&recepteur.url())).await;
    let essai = EssayerWebhook { webhook_id: cree.webhook.id };
    recepteur.repondre(|_, _| Reaction { corps: "reçu\u{0} cinq".to_owned(), ..Reaction::statut(202) });
    let bon = nadia.ok(&essai, &()).await;
    assert_eq!((bon.essai.statut_http, bon.essai.cause), (Some(202), None));
    assert_eq!(bon.essai.reponse, "reçu cinq");
    let recu = &recepteur.recus()[0];
    assert!(recu.signe_par(&cree.secret.0));
    let message = recu.message();
    assert_eq!((message.nature, message.data.dossier_id), (WebhookType::Essai, None));

    recepteur.repondre(|_, _| Reaction::statut(500));
    let mauvais = nadia.ok(&essai, &()).await;
    assert_eq!((mauvais.essai.statut_http, mauvais.essai.cause), (Some(500), Some(CauseEchec::Reponse)));
    // Sent once: a test is not tried again, says nothing of the health, and works while paused.
    nadia.ok(&SuspendreWebhook { webhook_id: cree.webhook.id }, &()).await;
    t.avancer(3600);
    assert_eq!(t.expedier().await, 0);
    drop(recepteur);
    let muet = t.administrateur().ok(&essai, &()).await;
    assert_eq!((muet.essai.statut_http, muet.essai.cause), (None, Some(CauseEchec::Connexion)));
    let w = relire(&t.administrateur(), cree.webhook.id).await;
    assert_eq!((w.dernier_succes_le, w.echecs_depuis, w.etat), (None, None, EtatAbonnement::Suspendu));
    assert_eq!(w.echouees, 0);
    let lues: Vec<_> = livraisons(&t.administrateur(), cree.webhook.id).await.iter().map(|l| l.statut).collect();
    assert_eq!(lues, [StatutLivraison::Echouee, StatutLivraison::Echouee, StatutLivraison::Livree]);
    let webhook_id = cree.webhook.id;
    t.administrateur().ok(&ReprendreWebhook { webhook_id }, &()).await;
    let livraison_id = livraisons(&t.administrateur(), webhook_id).await[0].id;
    let rejeu = RejouerLivraison { webhook_id, livraison_id };
    t.administrateur().call(&rejeu, &()).await.probleme(ProblemCode::EtatIncompatible);
}
