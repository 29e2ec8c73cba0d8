//! The security journal: who tried to sign in.

use api_types::ProblemCode;
use api_types::endpoint::CreerCompte;
use db::codes::Issue;
use db::schema::{journal_securite, utilisateurs};
use db::types::V;
use diesel::prelude::*;
use domain::ids::UtilisateurId;
use test_support::{MOT_DE_PASSE, TestApp};

use super::{connecter, creation};

const NADIA: &str = "nadia@bati-rives.example";

fn lignes(t: &TestApp) -> Vec<(Issue, Option<UtilisateurId>, String)> {
    let lignes: Vec<(V<Issue>, Option<V<UtilisateurId>>, String)> = t.lire(|conn| {
        journal_securite::table
            .order(journal_securite::id)
            .select((journal_securite::issue, journal_securite::utilisateur_id, journal_securite::reseau))
            .load(conn)
    });
    lignes.into_iter().map(|(issue, id, reseau)| (issue.0, id.map(|id| id.0), reseau)).collect()
}

#[tokio::test]
async fn each_attempt_is_a_line_that_names_nobody_but_by_identifier() {
    let t = TestApp::new().await;
    let (nadia, lea) = (t.monde().administrateur, t.monde().lecteur);
    t.semer(move |s| {
        let suspendu = utilisateurs::suspendu_le.eq(Some(V(s.le)));
        diesel::update(utilisateurs::table.find(V(lea))).set(suspendu).execute(s.conn).unwrap();
    });
    let client = t.anonyme().depuis("192.0.2.7");
    connecter(&client, NADIA, "au hasard").await.probleme(ProblemCode::IdentifiantsIncorrects);
    connecter(&client, "personne@bati-rives.example", "x").await.probleme(ProblemCode::IdentifiantsIncorrects);
    connecter(&client, "lea@bati-rives.example", MOT_DE_PASSE).await.probleme(ProblemCode::IdentifiantsIncorrects);
    assert_eq!(connecter(&client, NADIA, MOT_DE_PASSE).await.code(), 200);
    let ici = || "192.0.2.7".to_owned();
    assert_eq!(
        lignes(&t),
        [
            (Issue::Identifiants, Some(nadia), ici()),
            (Issue::Identifiants, None, ici()),
            (Issue::Suspendu, Some(lea), ici()),
            (Issue::Reussie, Some(nadia), ici()),
        ]
    );
}

#[tokio::test]
async fn an_account_not_confirmed_is_told_apart_in_the_journal_alone() {
    let t = TestApp::new().await;
    let email = "paul@bati-rives.example";
    assert_eq!(t.anonyme().call(&CreerCompte {}, &creation(email)).await.code(), 202);
    connecter(&t.anonyme(), email, MOT_DE_PASSE).await.probleme(ProblemCode::IdentifiantsIncorrects);
    assert_eq!(lignes(&t).iter().map(|l| l.0).collect::<Vec<_>>(), [Issue::NonConfirme]);
    t.travailler().await;
}

#[tokio::test]
async fn who_goes_on_trying_beyond_the_limit_fills_no_journal() {
    let t = TestApp::new().await;
    for _ in 0..20 {
        connecter(&t.anonyme(), NADIA, "au hasard").await;
    }
    let issues: Vec<Issue> = lignes(&t).into_iter().map(|l| l.0).collect();
    assert_eq!(issues.len(), 6);
    assert_eq!(issues[5], Issue::Limite);
}

#[tokio::test]
async fn the_journal_is_kept_a_year() {
    let t = TestApp::new().await;
    connecter(&t.anonyme(), NADIA, MOT_DE_PASSE).await;
    t.avancer(365 * 24 * 3600);
    app::worker::balayer(t.app()).await.unwrap();
    assert_eq!(lignes(&t).len(), 1);
    t.avancer(1);
    app::worker::balayer(t.app()).await.unwrap();
    assert!(lignes(&t).is_empty());
}
