//! Whether the time that an answer takes tells if an account exists (Welch's t; beyond 4.5, it does).
//!
//! `cargo run --package test-support --example temps -- 5000`: so many tries of each kind. Run by hand, on a
//! machine that does nothing else.
#![expect(clippy::cast_precision_loss, reason = "a measure")]

use std::time::{Duration, Instant};

use api_types::comptes::{Connexion, MotDePasse, OubliMotDePasse};
use api_types::endpoint::{OublierMotDePasse, OuvrirSession};
use app::Reglages;
use app::context::CoutArgon2;
use test_support::{Client, MOT_DE_PASSE, Options, TestApp};

const CONNU: &str = "nadia@bati-rives.example";
const INCONNU: &str = "noemi@bati-rives.example";

#[tokio::main]
async fn main() {
    let essais = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1000);
    let cher = Reglages::default().argon2;
    let peu = CoutArgon2 { memoire: 8, passes: 1 };
    for (nom, cout, plancher) in [
        ("connexion, hachage au coût réel", Some(cher), Duration::ZERO),
        ("connexion, hachage presque gratuit", Some(peu), Duration::ZERO),
        ("oubli, sans durée minimale", None, Duration::ZERO),
        ("oubli, durée minimale de 20 ms", None, Duration::from_millis(20)),
    ] {
        let options = Options { argon2: cout.unwrap_or(peu), reponse_minimale: plancher, ..Options::default() };
        let t = TestApp::avec(options).await;
        // Its hash is made again at today's cost, as any owner's sign-in does; from elsewhere than the tries.
        let corps = Connexion { email: CONNU.to_owned(), mot_de_passe: MotDePasse(MOT_DE_PASSE.to_owned()) };
        assert_eq!(t.anonyme().depuis("192.0.2.1").call(&OuvrirSession {}, &corps).await.code(), 200);
        let client = t.anonyme();
        let mut durees = [Vec::new(), Vec::new()];
        for i in 0..essais * 2 {
            // Pairs in either order, so that what changes in time weighs on both alike.
            let rang = (i + i / 2) % 2;
            // As slowly as the limits ask: no try is refused for another.
            t.avancer(1300);
            let email = if rang == 0 { CONNU } else { INCONNU };
            durees[rang].push(essayer(&client, email, cout.is_some()).await.as_secs_f64() * 1e6);
        }
        let [connus, inconnus] = durees.map(|d| resume(&d));
        let ecart = connus.moyenne - inconnus.moyenne;
        let welch = ecart / (connus.erreur2 + inconnus.erreur2).sqrt();
        println!(
            "{nom:<40} connu {:>9.1} µs  inconnu {:>9.1} µs  écart {ecart:>7.1} µs  t = {welch:>6.2}",
            connus.moyenne, inconnus.moyenne
        );
    }
}

async fn essayer(client: &Client, email: &str, connexion: bool) -> Duration {
    let debut = Instant::now();
    let (statut, attendu) = if connexion {
        let corps = Connexion { email: email.to_owned(), mot_de_passe: MotDePasse("un mot de passe faux".to_owned()) };
        (client.call(&OuvrirSession {}, &corps).await.code(), 401)
    } else {
        (client.call(&OublierMotDePasse {}, &OubliMotDePasse { email: email.to_owned() }).await.code(), 202)
    };
    let duree = debut.elapsed();
    assert_eq!(statut, attendu);
    duree
}

struct Resume {
    moyenne: f64,
    /// Variance of the mean.
    erreur2: f64,
}

/// The slowest tenth is left aside: it tells of the machine, not of the account.
fn resume(durees: &[f64]) -> Resume {
    let mut d = durees.to_vec();
    d.sort_by(f64::total_cmp);
    d.truncate(d.len() * 9 / 10);
    let n = d.len() as f64;
    let moyenne = d.iter().sum::<f64>() / n;
    let variance = d.iter().map(|x| (x - moyenne).powi(2)).sum::<f64>() / (n - 1.0);
    Resume { moyenne, erreur2: variance / n }
}
