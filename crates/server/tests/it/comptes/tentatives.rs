//! How many times one may try.

use api_types::ProblemCode;
use api_types::endpoint::{CreerCompte, OublierMotDePasse};
use db::schema::{courriels, jetons, sessions, tentatives};
use diesel::prelude::*;
use test_support::{MOT_DE_PASSE, TestApp};

use super::{connecter, creation, vue};

const NADIA: &str = "nadia@bati-rives.example";

#[tokio::test]
async fn five_failures_are_followed_by_a_wait_of_a_quarter_of_an_hour() {
    let t = TestApp::new().await;
    let client = t.anonyme();
    for _ in 0..5 {
        connecter(&client, NADIA, "au hasard").await.probleme(ProblemCode::IdentifiantsIncorrects);
    }
    t.avancer(60);
    let refus = connecter(&client, NADIA, MOT_DE_PASSE).await;
    refus.probleme(ProblemCode::TropDeRequetes);
    assert_eq!(refus.entete("retry-after"), Some("900"));
    t.avancer(899);
    assert_eq!(connecter(&client, NADIA, MOT_DE_PASSE).await.entete("retry-after"), Some("1"));
    t.avancer(1);
    assert_eq!(connecter(&client, NADIA, MOT_DE_PASSE).await.code(), 200);
}

#[tokio::test]
async fn an_unknown_account_is_limited_like_a_known_one() {
    let t = TestApp::new().await;
    let (connu, inconnu) = (t.anonyme().depuis("192.0.2.1"), t.anonyme().depuis("192.0.2.2"));
    for _ in 0..7 {
        let reponse = connecter(&connu, NADIA, "au hasard").await;
        assert_eq!(vue(&reponse), vue(&connecter(&inconnu, "personne@bati-rives.example", "au hasard").await));
    }
}

#[tokio::test]
async fn a_success_forgets_the_failures() {
    let t = TestApp::new().await;
    let client = t.anonyme();
    for _ in 0..12 {
        for _ in 0..4 {
            connecter(&client, NADIA, "au hasard").await.probleme(ProblemCode::IdentifiantsIncorrects);
        }
        assert_eq!(connecter(&client, NADIA, MOT_DE_PASSE).await.code(), 200);
        t.avancer(150);
    }
}

#[tokio::test]
async fn failures_from_elsewhere_do_not_shut_the_owner_out() {
    let t = TestApp::new().await;
    let chez_elle = t.anonyme().depuis("198.51.100.1");
    assert_eq!(connecter(&chez_elle, NADIA, MOT_DE_PASSE).await.code(), 200);
    for rang in 0..10 {
        let intrus = t.anonyme().depuis(&format!("192.0.2.{rang}"));
        for _ in 0..5 {
            connecter(&intrus, NADIA, "au hasard").await.probleme(ProblemCode::IdentifiantsIncorrects);
        }
    }
    // Fifty guesses from ten addresses: whoever comes from a new one waits, and she does not.
    let nouveau = t.anonyme().depuis("203.0.113.1");
    connecter(&nouveau, NADIA, MOT_DE_PASSE).await.probleme(ProblemCode::TropDeRequetes);
    assert_eq!(connecter(&chez_elle, NADIA, MOT_DE_PASSE).await.code(), 200);
}

#[tokio::test]
async fn one_address_may_not_try_many_accounts() {
    let t = TestApp::new().await;
    // One subscriber holds a whole /64.
    for rang in 0..30 {
        let client = t.anonyme().depuis(&format!("2001:db8:0:1::{rang:x}"));
        let reponse = connecter(&client, &format!("personne{rang}@exemple.example"), "au hasard").await;
        reponse.probleme(ProblemCode::IdentifiantsIncorrects);
    }
    let client = t.anonyme().depuis("2001:db8:0:1:ffff::1");
    connecter(&client, NADIA, MOT_DE_PASSE).await.probleme(ProblemCode::TropDeRequetes);
    let voisin = t.anonyme().depuis("2001:db8:0:2::1");
    assert_eq!(connecter(&voisin, NADIA, MOT_DE_PASSE).await.code(), 200);
}

#[tokio::test]
async fn attempts_made_at_once_are_all_counted() {
    let t = TestApp::new().await;
    let essais = (0..25).map(|_| {
        let client = t.anonyme();
        tokio::spawn(async move { connecter(&client, NADIA, "au hasard").await.code() })
    });
    let mut juges = 0;
    for essai in essais.collect::<Vec<_>>() {
        juges += u8::from(essai.await.unwrap() == 401);
    }
    assert_eq!(juges, 5);
}

#[tokio::test]
async fn ten_accounts_an_hour_may_be_asked_for_from_one_address() {
    let t = TestApp::new().await;
    let client = t.anonyme();
    for rang in 0..10 {
        client.ok(&CreerCompte {}, &creation(&format!("n{rang}@exemple.example"))).await;
    }
    let refus = client.call(&CreerCompte {}, &creation("onze@exemple.example")).await;
    refus.probleme(ProblemCode::TropDeRequetes);
    t.avancer(3600);
    client.ok(&CreerCompte {}, &creation("onze@exemple.example")).await;
}

#[tokio::test]
async fn what_nothing_needs_any_more_is_swept() {
    let t = TestApp::new().await;
    assert_eq!(connecter(&t.anonyme(), NADIA, MOT_DE_PASSE).await.code(), 200);
    let oubli = api_types::comptes::OubliMotDePasse { email: NADIA.to_owned() };
    t.anonyme().ok(&OublierMotDePasse {}, &oubli).await;
    let restes = || {
        t.lire(|conn| {
            Ok((
                tentatives::table.count().get_result::<i64>(conn)?,
                jetons::table.count().get_result::<i64>(conn)?,
                sessions::table.count().get_result::<i64>(conn)?,
            ))
        })
    };
    t.avancer(24 * 3600);
    app::worker::balayer(t.app()).await.unwrap();
    let (compteurs, liens, ouvertes) = restes();
    assert!(compteurs > 0);
    // A session is remembered for a day after its end.
    assert_eq!((liens, ouvertes), (0, 1));
    t.avancer(30 * 24 * 3600);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(restes(), (0, 0, 0));
    assert_eq!(t.courriels().len(), 1);
    t.avancer(60 * 24 * 3600);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(t.lire(|conn| courriels::table.count().get_result::<i64>(conn)), 0);
}
