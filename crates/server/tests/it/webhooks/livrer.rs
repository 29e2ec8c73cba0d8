//! What is sent, once taken.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use api_types::Endpoint as _;
use api_types::endpoint::{LireDocument, LireDossier};
use api_types::webhooks::{StatutLivraison, WebhookType};
use db::codes::Audience;
use db::journal::{Annonce, annoncer};
use domain::evenement::EvenementType;
use domain::policy::DossierScope;
use test_support::{Reaction, Recepteur, TestApp};
use uuid::Uuid;

use super::{abonne, creer, livraisons, saisie};
use crate::messages::{deposer, envoyer};

/// The dossier of A1, as events name it.
fn dossier(t: &TestApp) -> DossierScope {
    let m = t.monde();
    DossierScope {
        id: m.dossier_a1,
        adherent: m.adherent_a,
        etablissement: m.etablissement_a1,
        gestionnaire: Some(m.gestionnaire),
        etat: domain::dossier::Etat::EnInstruction,
    }
}

#[tokio::test]
async fn a_webhook_holds_identifiers_and_links_and_nothing_of_the_persons() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (recepteur, _) = abonne(&t).await;
    let document = deposer(&t.membre(), m.dossier_a1, m.piece("PLAN", "autres"), "piece").await;
    assert_eq!(t.expedier().await, 1);
    let recu = &recepteur.recus()[0];
    assert_eq!(recu.entete("content-type"), "application/json");
    assert!(recu.entete("user-agent").starts_with("eGestion-Webhooks/"));
    assert!(recu.id().starts_with("msg_"));
    assert_eq!(recu.entete("webhook-timestamp"), t.maintenant().as_second().to_string());
    let message = recu.message();
    assert_eq!((message.nature, message.timestamp), (WebhookType::DocumentDepose, t.maintenant()));
    assert_eq!(message.data.dossier_id, Some(m.dossier_a1.uuid()));
    assert_eq!(message.data.etablissement_id, Some(m.etablissement_a1.uuid()));
    assert_eq!(message.data.objet_id, Some(document.id));
    let api = |chemin: String| Some(format!("{}{chemin}", t.app().reglages().url_publique));
    assert_eq!(message.data.liens.dossier, api(LireDossier { dossier_id: m.dossier_a1.uuid() }.path()));
    assert_eq!(message.data.liens.objet, api(LireDocument { document_id: document.id }.path()));
    let texte = String::from_utf8_lossy(&recu.corps).to_lowercase();
    for mot in ["piece.pdf", "marc", "guérin", "benali", "échafaud", "bati", "rives", "181900"] {
        assert!(!texte.contains(mot), "{mot}: {texte}");
    }
    assert!(recu.corps.len() < 1024);
    t.avancer(60);
    t.travailler().await;
    t.expedier().await;
    let recus: Vec<_> = recepteur.recus().iter().map(|r| r.message().nature).collect();
    assert_eq!(recus, [WebhookType::DocumentDepose, WebhookType::DocumentTransmis]);
}

#[tokio::test]
async fn an_event_is_delivered_once_to_each_subscription_and_not_again() {
    let t = TestApp::new().await;
    let (un, cree) = abonne(&t).await;
    let (deux, _) = abonne(&t).await;
    envoyer(&t.membre(), t.monde().dossier_a1, "Bonjour").await;
    assert_eq!(t.expedier().await, 2);
    assert_eq!(t.expedier().await, 0);
    assert_eq!((un.recus().len(), deux.recus().len()), (1, 1));
    let log = livraisons(&t.administrateur(), cree.webhook.id).await;
    assert_eq!((log.len(), log[0].statut, log[0].tentatives), (1, StatutLivraison::Livree, 1));
    assert_eq!((log[0].webhook_id.as_str(), log[0].terminee_le), (un.recus()[0].id(), Some(t.maintenant())));
    t.travailler().await;
}

#[tokio::test]
async fn a_receiver_that_fails_three_times_in_ten_gets_each_of_five_hundred_events() {
    const EVENEMENTS: u128 = 500;
    let t = TestApp::new().await;
    let (recepteur, cree) = abonne(&t).await;
    let pris: Arc<Mutex<HashMap<Uuid, usize>>> = Arc::default();
    let compte = Arc::clone(&pris);
    recepteur.repondre(move |recu, rang| {
        // Three of each ten, whatever they are, and each in its own way.
        match rang % 10 {
            2 => Reaction::statut(500),
            5 => Reaction::statut(429),
            9 => Reaction { entete: Some(("retry-after", "20".to_owned())), ..Reaction::statut(503) },
            _ => {
                *compte.lock().unwrap().entry(recu.message().data.objet_id.unwrap()).or_default() += 1;
                Reaction::statut(200)
            }
        }
    });
    let scope = dossier(&t);
    t.semer(move |s| {
        for n in 0..EVENEMENTS {
            let annonce = Annonce {
                nature: EvenementType::DossierEtat,
                audience: Audience::Tous,
                dossier: scope.clone(),
                objet: Some(Uuid::from_u128(n + 1)),
            };
            annoncer(s.conn, s.le, &annonce).unwrap();
        }
    });
    let mut essais = t.expedier().await;
    assert_eq!(essais, 500);
    while pris.lock().unwrap().len() < 500 {
        t.avancer(3600);
        essais += t.expedier().await;
        assert!(essais < 5000, "retries do not end");
    }
    let recus = recepteur.recus();
    assert_eq!(recus.len(), essais);
    assert!(recus.iter().all(|r| r.signe_par(&cree.secret.0)));
    assert!(pris.lock().unwrap().values().all(|n| *n == 1), "what was taken is not sent again");
    // One identifier over all the attempts of an event.
    let mut ids: HashMap<Uuid, &str> = HashMap::new();
    for recu in &recus {
        let id = ids.entry(recu.message().data.objet_id.unwrap()).or_insert_with(|| recu.id());
        assert_eq!(*id, recu.id());
    }
}

#[tokio::test]
async fn a_slow_receiver_holds_up_no_other() {
    let t = TestApp::new().await;
    let lent = Recepteur::new();
    // Longer than the test: it is never awaited, the other is.
    lent.repondre(|_, _| Reaction { lenteur: Duration::from_secs(600), ..Reaction::statut(200) });
    creer(&t, &saisie(&lent.url())).await;
    let (vif, _) = abonne(&t).await;
    let scope = dossier(&t);
    t.semer(move |s| {
        for n in 0..100 {
            let objet = Some(Uuid::from_u128(n + 1));
            let (nature, audience) = (EvenementType::DossierEtat, Audience::Tous);
            annoncer(s.conn, s.le, &Annonce { nature, audience, dossier: scope.clone(), objet }).unwrap();
        }
    });
    let expedition = tokio::spawn(app::webhooks::expedier(t.app().clone()));
    tokio::time::timeout(Duration::from_secs(10), async {
        while vif.recus().len() < 100 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the fast receiver waits for the slow one");
    assert_eq!(lent.recus().len(), 4, "four at once and no more");
    expedition.abort();
}

#[tokio::test]
async fn several_workers_share_the_deliveries_and_repeat_none() {
    let t = TestApp::new().await;
    let (recepteur, _) = abonne(&t).await;
    let scope = dossier(&t);
    t.semer(move |s| {
        for n in 0..200 {
            let objet = Some(Uuid::from_u128(n + 1));
            let (nature, audience) = (EvenementType::DossierEtat, Audience::Tous);
            annoncer(s.conn, s.le, &Annonce { nature, audience, dossier: scope.clone(), objet }).unwrap();
        }
    });
    let (a, b, c) = tokio::join!(t.expedier(), t.expedier(), t.expedier());
    // One may end while another deals out: what is left is done here.
    let d = t.expedier().await;
    assert_eq!(a + b + c + d, 200);
    let ids: std::collections::HashSet<_> = recepteur.recus().iter().map(|r| r.id().to_owned()).collect();
    assert_eq!((recepteur.recus().len(), ids.len()), (200, 200));
}

#[tokio::test]
async fn an_event_that_commits_after_later_ones_is_delivered() {
    use db::schema::evenements;
    use db::types::V;
    use diesel::prelude::*;
    let t = TestApp::new().await;
    let (recepteur, _) = abonne(&t).await;
    let m = t.monde().clone();
    for (seq, attendus) in [(1000_i64, 1), (500, 2)] {
        t.semer(move |s| {
            diesel::insert_into(evenements::table)
                .values((
                    evenements::seq.eq(seq),
                    evenements::le.eq(V(s.le)),
                    evenements::nature.eq(V(EvenementType::DossierEtat)),
                    evenements::audience.eq(V(Audience::Tous)),
                    evenements::dossier_id.eq(V(m.dossier_a1)),
                    evenements::etablissement_id.eq(V(m.etablissement_a1)),
                    evenements::gestionnaire_id.eq(Some(V(m.gestionnaire))),
                    evenements::a_distribuer_le.eq(Some(V(s.le))),
                ))
                .execute(s.conn)
                .unwrap();
        });
        t.expedier().await;
        assert_eq!(recepteur.recus().len(), attendus);
    }
}
