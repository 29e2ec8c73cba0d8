//! Signing in and out.

use api_types::ProblemCode;
use api_types::endpoint::{FermerSession, LireSession, ListerSessions};
use db::schema::{sessions, utilisateurs};
use db::types::V;
use diesel::prelude::*;
use domain::acteur::Cote;
use test_support::{MOT_DE_PASSE, TestApp};

use super::{connecter, vue};

const NADIA: &str = "nadia@bati-rives.example";

#[tokio::test]
async fn the_cookie_is_for_our_page_alone() {
    let t = TestApp::new().await;
    let nadia = t.anonyme();
    let reponse = connecter(&nadia, " Nadia@Bati-Rives.example ", MOT_DE_PASSE).await;
    assert_eq!(reponse.code(), 200);
    let pose = reponse.entete("set-cookie").unwrap();
    let (paire, attributs) = pose.split_once("; ").unwrap();
    let (nom, jeton) = paire.split_once('=').unwrap();
    assert_eq!((nom, jeton.len()), ("__Host-egestion", 43));
    assert_eq!(attributs, "HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=43200");
    assert_eq!(reponse.entete("cache-control"), Some("no-store"));
    // What the database holds signs nobody in.
    let gardes: Vec<Vec<u8>> = t.lire(|conn| sessions::table.select(sessions::jeton_sha256).load(conn));
    assert_eq!(gardes.len(), 1);
    assert_ne!(gardes[0], jeton.as_bytes());

    let moi = nadia.ok(&LireSession {}, &()).await;
    assert_eq!((moi.cote, moi.etablissements.len(), moi.a_traiter), (Cote::Membre, 2, None));
    assert_eq!(moi.etablissements[0].adherent, "Bâti Rives");
}

#[tokio::test]
async fn each_sign_in_has_its_own_token() {
    let t = TestApp::new().await;
    let nadia = t.anonyme();
    nadia.poser_cookie(Some("__Host-egestion=choisi-par-un-autre".to_owned()));
    connecter(&nadia, NADIA, MOT_DE_PASSE).await;
    let premier = nadia.cookie().unwrap();
    assert_ne!(premier, "__Host-egestion=choisi-par-un-autre");
    connecter(&nadia, NADIA, MOT_DE_PASSE).await;
    assert_ne!(nadia.cookie().unwrap(), premier);
}

#[tokio::test]
async fn a_refusal_never_tells_why() {
    let t = TestApp::new().await;
    let suspendu = t.monde().lecteur;
    t.semer(move |s| {
        diesel::update(utilisateurs::table.find(V(suspendu)))
            .set(utilisateurs::suspendu_le.eq(Some(V(s.le))))
            .execute(s.conn)
            .unwrap();
    });
    let faux = connecter(&t.anonyme(), NADIA, "un autre mot de passe").await;
    faux.probleme(ProblemCode::IdentifiantsIncorrects);
    assert!(faux.entete("set-cookie").is_none());
    for (email, mot_de_passe) in [
        ("inconnu@bati-rives.example", MOT_DE_PASSE),
        ("lea@bati-rives.example", MOT_DE_PASSE),
        ("pas une adresse", MOT_DE_PASSE),
        (NADIA, ""),
        (NADIA, " quatre mots suffisent : tuile, brouette, zinc"),
    ] {
        assert_eq!(vue(&connecter(&t.anonyme(), email, mot_de_passe).await), vue(&faux), "{email}");
    }
}

#[tokio::test]
async fn a_suspended_account_is_out_at_once() {
    let t = TestApp::new().await;
    let (membre, id) = (t.membre(), t.monde().membre);
    membre.ok(&LireSession {}, &()).await;
    t.semer(move |s| {
        diesel::update(utilisateurs::table.find(V(id)))
            .set(utilisateurs::suspendu_le.eq(Some(V(s.le))))
            .execute(s.conn)
            .unwrap();
    });
    membre.call(&LireSession {}, &()).await.probleme(ProblemCode::NonConnecte);
}

#[tokio::test]
async fn a_session_ends_after_an_hour_without_use() {
    let t = TestApp::new().await;
    let nadia = t.anonyme();
    connecter(&nadia, NADIA, MOT_DE_PASSE).await;
    for _ in 0..3 {
        t.avancer(59 * 60);
        nadia.ok(&LireSession {}, &()).await;
    }
    t.avancer(60 * 60);
    nadia.call(&LireSession {}, &()).await.probleme(ProblemCode::NonConnecte);
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_in_any_case() {
    let t = TestApp::new().await;
    let nadia = t.anonyme();
    connecter(&nadia, NADIA, MOT_DE_PASSE).await;
    for _ in 0..23 {
        t.avancer(30 * 60);
        nadia.ok(&LireSession {}, &()).await;
    }
    t.avancer(30 * 60);
    nadia.call(&LireSession {}, &()).await.probleme(ProblemCode::NonConnecte);
    // It is forgotten a day later, for what it began; another session stays.
    let restent = || t.lire(|conn| sessions::table.count().get_result::<i64>(conn));
    connecter(&nadia, NADIA, MOT_DE_PASSE).await;
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(restent(), 2);
    t.avancer(24 * 3600);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(restent(), 1);
}

#[tokio::test]
async fn signing_out_ends_the_session_and_its_cookie() {
    let t = TestApp::new().await;
    let nadia = t.anonyme();
    connecter(&nadia, NADIA, MOT_DE_PASSE).await;
    let cookie = nadia.cookie();
    let sortie = nadia.call(&FermerSession {}, &()).await;
    assert_eq!(sortie.code(), 204);
    let attendu = "__Host-egestion=; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=0";
    assert_eq!(sortie.entete("set-cookie"), Some(attendu));
    assert_eq!(nadia.cookie(), None);
    nadia.poser_cookie(cookie);
    nadia.call(&ListerSessions {}, &()).await.probleme(ProblemCode::NonConnecte);
    nadia.call(&FermerSession {}, &()).await.probleme(ProblemCode::NonConnecte);
}

#[tokio::test]
async fn a_hash_made_at_another_cost_is_made_again() {
    let t = TestApp::new().await;
    let id = t.monde().administrateur;
    let lire = || -> Option<String> {
        t.lire(|conn| utilisateurs::table.find(V(id)).select(utilisateurs::mot_de_passe).first(conn))
    };
    // The hash of the tests' password with two passes.
    let ancien = {
        use argon2::PasswordHasher as _;
        let cout = argon2::Params::new(8, 2, 1, None).unwrap();
        argon2::Argon2::from(cout).hash_password(MOT_DE_PASSE.as_bytes()).unwrap().to_string()
    };
    t.semer(move |s| {
        diesel::update(utilisateurs::table.find(V(id)))
            .set(utilisateurs::mot_de_passe.eq(Some(ancien)))
            .execute(s.conn)
            .unwrap();
    });
    assert_eq!(connecter(&t.anonyme(), NADIA, MOT_DE_PASSE).await.code(), 200);
    assert!(lire().unwrap().starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    assert_eq!(connecter(&t.anonyme(), NADIA, MOT_DE_PASSE).await.code(), 200);
}

#[tokio::test]
async fn each_side_is_told_what_awaits_it() {
    let t = TestApp::new().await;
    let gestionnaire = t.gestionnaire().ok(&LireSession {}, &()).await;
    assert_eq!((gestionnaire.cote, gestionnaire.a_traiter), (Cote::Gestionnaire, Some(0)));
    assert!(gestionnaire.etablissements.is_empty());
    let admin = t.opco_admin().ok(&LireSession {}, &()).await;
    assert_eq!((admin.cote, admin.a_traiter), (Cote::AdministrateurOpco, Some(0)));
}
