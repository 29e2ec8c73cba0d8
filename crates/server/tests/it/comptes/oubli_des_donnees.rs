//! What accounts leave behind, and for how long.

use api_types::comptes::OubliMotDePasse;
use api_types::endpoint::{ConfirmerCompte, CreerCompte, OublierMotDePasse};
use db::codes::JetonUsage;
use db::schema::{jetons, rattachements, utilisateurs};
use db::types::V;
use diesel::prelude::*;
use domain::acteur::Cote;
use domain::ids::UtilisateurId;
use test_support::{MOT_DE_PASSE, TestApp};

use super::{connecter, courriels_a, creation, jeton_de};
use crate::pendant;

const JOUR: i64 = 24 * 3600;

async fn demander(t: &TestApp, email: &str) -> UtilisateurId {
    assert_eq!(t.anonyme().call(&CreerCompte {}, &creation(email)).await.code(), 202);
    compte(t, email).unwrap()
}

fn compte(t: &TestApp, email: &str) -> Option<UtilisateurId> {
    let id: Option<V<UtilisateurId>> = t.lire(|conn| {
        let compte = utilisateurs::table.filter(utilisateurs::email.eq(email));
        compte.select(utilisateurs::id).first(conn).optional()
    });
    id.map(|id| id.0)
}

#[tokio::test]
async fn an_account_that_nobody_confirms_is_removed_after_seven_days() {
    let t = TestApp::new().await;
    let (oublie, confirme) = ("oublie@bati-rives.example", "confirme@bati-rives.example");
    let id = demander(&t, oublie).await;
    demander(&t, confirme).await;
    let jeton = jeton_de(&courriels_a(&t, confirme)[0]);
    let corps = api_types::comptes::Confirmation { jeton };
    assert_eq!(t.anonyme().call(&ConfirmerCompte {}, &corps).await.code(), 204);
    t.travailler().await;

    t.avancer(7 * JOUR);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(compte(&t, oublie), Some(id), "seven days to the second");
    t.avancer(1);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(compte(&t, oublie), None);
    assert!(compte(&t, confirme).is_some());
    assert_eq!(t.journal(id.uuid()), ["compte.creer", "compte.effacer"]);
    let restes: i64 = t.lire(|conn| {
        let jetons: i64 = jetons::table.filter(jetons::utilisateur_id.eq(V(id))).count().get_result(conn)?;
        let liens = rattachements::table.filter(rattachements::utilisateur_id.eq(V(id)));
        Ok(jetons + liens.count().get_result::<i64>(conn)?)
    });
    assert_eq!(restes, 0);
    // The address is free again.
    let nouveau = demander(&t, oublie).await;
    assert_ne!(nouveau, id);
    t.travailler().await;
}

#[tokio::test]
async fn an_account_asked_for_again_or_with_a_living_link_stays() {
    let t = TestApp::new().await;
    let (repris, renvoye) = ("repris@bati-rives.example", "renvoye@bati-rives.example");
    let oublieux = "oublieux@bati-rives.example";
    demander(&t, repris).await;
    demander(&t, renvoye).await;
    demander(&t, oublieux).await;
    t.avancer(6 * JOUR + JOUR / 2);
    demander(&t, repris).await;
    // Who knows the password is sent a link again, which lives a day.
    connecter(&t.anonyme(), renvoye, MOT_DE_PASSE).await;
    t.avancer(JOUR * 3 / 4);
    // A link to a new password confirms the address too; it lives an hour.
    t.anonyme().ok(&OublierMotDePasse {}, &OubliMotDePasse { email: oublieux.to_owned() }).await;
    app::worker::balayer(t.app()).await.unwrap();
    assert!([repris, renvoye, oublieux].iter().all(|email| compte(&t, email).is_some()));
    t.avancer(JOUR);
    app::worker::balayer(t.app()).await.unwrap();
    assert!(compte(&t, repris).is_some());
    assert_eq!((compte(&t, renvoye), compte(&t, oublieux)), (None, None));
    t.travailler().await;
}

#[tokio::test]
async fn one_sweep_removes_all_the_accounts_that_nobody_confirmed() {
    let t = TestApp::new().await;
    let restes = || {
        t.lire(|conn| {
            let oublies = utilisateurs::table.filter(utilisateurs::email.like("oublie%"));
            oublies.count().get_result::<i64>(conn)
        })
    };
    // More than are looked at in one visit to the database.
    t.semer(|s| {
        for rang in 0..501 {
            let email = format!("oublie{rang}@bati-rives.example");
            let id = s.utilisateur(Cote::Membre, "Paul", "Kermadec", &email);
            let jamais = utilisateurs::email_confirme_le.eq(None::<V<jiff::Timestamp>>);
            diesel::update(utilisateurs::table.find(V(id))).set(jamais).execute(s.conn).unwrap();
        }
    });
    assert_eq!(restes(), 501);
    t.avancer(7 * JOUR + 1);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(restes(), 0);
}

#[tokio::test]
async fn an_account_asked_for_again_during_the_sweep_stays() {
    let t = TestApp::new().await;
    let email = "encore@bati-rives.example";
    let id = demander(&t, email).await;
    t.avancer(7 * JOUR + 1);
    let demande = utilisateurs::cree_le.eq(V(t.maintenant()));
    let redemander = move |conn: &mut db::Conn| {
        diesel::update(utilisateurs::table.find(V(id))).set(demande).execute(conn)?;
        Ok(())
    };
    pendant(&t, redemander, app::worker::balayer(t.app())).await.unwrap();
    assert_eq!(compte(&t, email), Some(id));
    assert_eq!(t.journal(id.uuid()), ["compte.creer"]);
    t.travailler().await;
}

#[tokio::test]
async fn an_account_sent_a_link_during_the_sweep_stays() {
    let t = TestApp::new().await;
    let email = "oublieux@bati-rives.example";
    let id = demander(&t, email).await;
    t.avancer(7 * JOUR + 1);
    let fin = t.maintenant() + jiff::SignedDuration::from_hours(1);
    let envoyer = move |conn: &mut db::Conn| {
        db::comptes::prendre(conn, id)?;
        db::jetons::inserer(conn, &[7; 32], id, JetonUsage::Reinitialisation, fin)
    };
    pendant(&t, envoyer, app::worker::balayer(t.app())).await.unwrap();
    assert_eq!(compte(&t, email), Some(id));
    assert_eq!(t.journal(id.uuid()), ["compte.creer"]);
    t.travailler().await;
}

#[tokio::test]
async fn a_link_to_a_new_password_asked_for_while_the_account_is_removed_is_answered_as_for_nobody() {
    let t = TestApp::new().await;
    let email = "oublieux@bati-rives.example";
    let id = demander(&t, email).await;
    t.travailler().await;
    let recus = courriels_a(&t, email).len();
    t.avancer(7 * JOUR + 1);
    let maintenant = t.maintenant();
    let effacer = move |conn: &mut db::Conn| {
        assert!(db::comptes::effacer(conn, id, maintenant, maintenant)?);
        Ok(())
    };
    let (client, oubli) = (t.anonyme(), OubliMotDePasse { email: email.to_owned() });
    pendant(&t, effacer, client.ok(&OublierMotDePasse {}, &oubli)).await;
    t.travailler().await;
    assert_eq!((compte(&t, email), courriels_a(&t, email).len()), (None, recus));
}

#[tokio::test]
async fn an_account_asked_for_again_while_it_is_removed_is_made_anew() {
    let t = TestApp::new().await;
    let email = "encore@bati-rives.example";
    let ancien = demander(&t, email).await;
    t.avancer(7 * JOUR + 1);
    let maintenant = t.maintenant();
    let effacer = move |conn: &mut db::Conn| {
        assert!(db::comptes::effacer(conn, ancien, maintenant, maintenant)?);
        Ok(())
    };
    let (client, demande) = (t.anonyme(), creation(email));
    let r = pendant(&t, effacer, client.call(&CreerCompte {}, &demande)).await;
    // Whoever comes at the very moment may be asked to come back.
    assert!([202, 503].contains(&r.code()), "{}", r.texte());
    assert_ne!(demander(&t, email).await, ancien);
    t.travailler().await;
}
