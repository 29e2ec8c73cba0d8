//! The server is killed in the middle of its webhooks: each event that it acknowledged is received.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use reqwest::multipart::Form;
use test_support::{Reaction, Recepteur};

use super::{Arc, Banc, Client, Mutex, StatusCode, Uuid, Value};

/// Writers of messages at any moment.
const AUTEURS: usize = 3;
/// Longer than the lease of an attempt and its first wait.
const PATIENCE: Duration = Duration::from_secs(90);

type Envoyes = Arc<Mutex<HashSet<Uuid>>>;

async fn ecrire(client: Client, url: String, cookie: String, envoyes: Envoyes) {
    loop {
        let form = Form::new().text("corps", "Bonjour");
        let Ok(r) = client.post(&url).header("cookie", &cookie).multipart(form).send().await else { return };
        if r.status() != StatusCode::CREATED {
            assert!(r.status().is_server_error(), "message refused: {}", r.status());
            return;
        }
        let Ok(message) = r.json::<Value>().await else { return };
        envoyes.lock().unwrap().insert(message["id"].as_str().unwrap().parse().unwrap());
    }
}

/// The messages that the receiver was told of.
fn recus(recepteur: &Recepteur) -> HashSet<Uuid> {
    recepteur.recus().iter().filter_map(|r| r.message().data.objet_id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_webhook_is_lost_when_the_server_is_killed() {
    let tours = super::tours().min(10);
    let banc = Banc::nouveau("webhooks");
    assert!(banc.commande("demo").status().unwrap().success());
    let client = Client::builder().pool_max_idle_per_host(0).build().unwrap();
    let mut serveur = banc.demarrer(&client).await;
    let cookie = banc.connecter(&client).await;
    let recepteur = Recepteur::new();
    // Slow enough for a kill to fall while some are on their way.
    recepteur.repondre(|_, _| Reaction { lenteur: Duration::from_millis(30), ..Reaction::statut(204) });

    let moi = banc.lire(&client, &cookie, "/api/v1/session").await;
    let adherent = moi["etablissements"][0]["adherent_id"].as_str().unwrap().to_owned();
    let saisie = serde_json::json!({ "url": recepteur.url() });
    let abonnement = banc.url(&format!("/api/v1/adherents/{adherent}/webhooks"));
    let r = client.post(abonnement).header("cookie", &cookie).json(&saisie).send().await.unwrap();
    assert_eq!(r.status(), StatusCode::CREATED);
    let liste = banc.lire(&client, &cookie, "/api/v1/dossiers?q=1819006292.01").await;
    let url = banc.url(&format!("/api/v1/dossiers/{}/messages", liste["elements"][0]["id"].as_str().unwrap()));

    let envoyes = Envoyes::default();
    for _ in 0..tours {
        let auteurs: Vec<_> = (0..AUTEURS)
            .map(|_| tokio::spawn(ecrire(client.clone(), url.clone(), cookie.clone(), Arc::clone(&envoyes))))
            .collect();
        tokio::time::sleep(super::alea(400)).await;
        // SIGKILL: nothing of the process runs after this.
        serveur.kill().unwrap();
        serveur.wait().unwrap();
        for a in auteurs {
            a.await.unwrap();
        }
        serveur = banc.demarrer(&client).await;
    }
    let attendus = envoyes.lock().unwrap().clone();
    let debut = Instant::now();
    while !recus(&recepteur).is_superset(&attendus) {
        let manquent = attendus.difference(&recus(&recepteur)).count();
        assert!(debut.elapsed() < PATIENCE, "{manquent} events of {} were lost", attendus.len());
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    serveur.kill().unwrap();
    serveur.wait().unwrap();
    eprintln!("{tours} kills, {} events, {} webhooks, none lost", attendus.len(), recepteur.recus().len());
    assert!(attendus.len() >= usize::try_from(tours).unwrap(), "too few events for the test to mean anything");
    std::fs::remove_dir_all(&banc.dossier).unwrap();
}
