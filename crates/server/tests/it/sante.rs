//! What a node says of the work that awaits it.

use api_types::Method;
use api_types::comptes::OubliMotDePasse;
use api_types::endpoint::OublierMotDePasse;
use db::codes::{ActeSecurite, Issue};
use db::schema::{cles_idempotence, jetons_revoques, journal_securite, jti_vus, tentatives};
use diesel::prelude::*;
use serde_json::{Value, json};
use test_support::{MOT_DE_PASSE, Options, TestApp};
use uuid::Uuid;

use crate::comptes::connecter;

const HEURE: i64 = 3600;
const AN: i64 = 366 * 24 * HEURE;

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

fn renommer(t: &TestApp, table: &'static str, nom: &'static str) {
    t.semer(move |s| diesel::sql_query(format!("ALTER TABLE {table} RENAME TO {nom}")).execute(s.conn).unwrap());
}

#[tokio::test]
async fn a_sweep_that_fails_in_one_place_goes_on_in_the_others_and_tells_it() {
    let t = TestApp::new().await;
    connecter(&t.anonyme(), "nadia@bati-rives.example", MOT_DE_PASSE).await;
    let restes = || {
        t.lire(|conn| {
            let lignes: i64 = journal_securite::table.count().get_result(conn)?;
            let cles: i64 = cles_idempotence::table.count().get_result(conn)?;
            Ok((lignes, cles))
        })
    };
    let cle = db::idempotence::Cle { appelant: Uuid::new_v4(), sha256: [7; 32] };
    t.semer(move |s| assert!(db::idempotence::prendre(s.conn, &cle, &[7; 32], s.le, s.le).unwrap()));
    assert_eq!(restes(), (1, 1));
    t.avancer(AN);
    renommer(&t, "tentatives", "ailleurs");
    app::worker::balayer(t.app()).await.unwrap_err();
    assert_eq!(restes(), (0, 0));
    renommer(&t, "ailleurs", "tentatives");
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(t.lire(|conn| tentatives::table.count().get_result::<i64>(conn)), 0);
}

#[tokio::test]
async fn a_sweep_goes_on_until_nothing_is_left() {
    // More than is removed in one transaction.
    const LIGNES: i64 = 501;
    let t = TestApp::new().await;
    t.semer(|s| {
        let ligne = db::securite::Ligne {
            acte: ActeSecurite::Connexion,
            issue: Issue::Identifiants,
            utilisateur: None,
            reseau: "192.0.2.1",
        };
        for _ in 0..LIGNES {
            let id = Uuid::new_v4();
            let sha256: [u8; 32] = std::array::from_fn(|i| id.as_bytes()[i % 16]);
            let cle = db::idempotence::Cle { appelant: id, sha256 };
            db::securite::noter(s.conn, s.le, &ligne).unwrap();
            db::tentatives::compter(s.conn, &sha256, s.le, s.le).unwrap();
            assert!(db::idempotence::prendre(s.conn, &cle, &sha256, s.le, s.le).unwrap());
            assert!(db::jetons_api::revoquer(s.conn, id, s.le).unwrap());
            assert!(db::jetons_api::voir(s.conn, &sha256, s.le).unwrap());
        }
    });
    let restes = || {
        t.lire(|conn| {
            Ok([
                journal_securite::table.count().get_result::<i64>(conn)?,
                tentatives::table.count().get_result(conn)?,
                cles_idempotence::table.count().get_result(conn)?,
                jetons_revoques::table.count().get_result(conn)?,
                jti_vus::table.count().get_result(conn)?,
            ])
        })
    };
    assert_eq!(restes(), [LIGNES; 5]);
    t.avancer(AN);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(restes(), [0; 5]);
}
