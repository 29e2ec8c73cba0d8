//! What a node says of the work that awaits it.

use api_types::Method;
use api_types::comptes::OubliMotDePasse;
use api_types::endpoint::OublierMotDePasse;
use serde_json::{Value, json};
use test_support::{Options, TestApp};

const HEURE: i64 = 3600;

async fn travaux(t: &TestApp) -> Value {
    let client = t.anonyme();
    let sante: Value = client.envoyer(client.nue(Method::Get, "/sante")).await.lire();
    sante["travaux"].clone()
}

#[tokio::test]
async fn a_mail_that_no_server_takes_is_tried_for_two_days_shown_and_forgotten() {
    // Nobody listens there.
    let t = TestApp::avec(Options { smtp: Some("smtp://127.0.0.1:1".to_owned()), ..Options::default() }).await;
    let oubli = OubliMotDePasse { email: "nadia@bati-rives.example".to_owned() };
    t.anonyme().call(&OublierMotDePasse {}, &oubli).await;
    assert_eq!(travaux(&t).await, json!({ "prets": 1, "morts": 0, "en_echec": 0 }));
    for _ in 0..5 {
        assert_eq!(t.travailler().await, 1);
        t.avancer(5 * HEURE);
    }
    assert_eq!(travaux(&t).await, json!({ "prets": 1, "morts": 0, "en_echec": 1 }));
    while t.travailler().await > 0 {
        t.avancer(5 * HEURE);
    }
    assert_eq!(travaux(&t).await, json!({ "prets": 0, "morts": 1, "en_echec": 0 }));
    t.avancer(89 * 24 * HEURE);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(travaux(&t).await, json!({ "prets": 0, "morts": 1, "en_echec": 0 }));
    t.avancer(2 * 24 * HEURE);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(travaux(&t).await, json!({ "prets": 0, "morts": 0, "en_echec": 0 }));
}
