use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use api_types::endpoint::LireConfiguration;
use api_types::{Method, ProblemCode};
use app::bac_a_sable::{BacASable, Refus, prevenir, reserver};
use db::schema::mode_base;
use diesel::prelude::*;
use domain::mode::Mode;
use test_support::TestApp;
use uuid::Uuid;

use super::bac;

#[tokio::test]
async fn nothing_of_it_is_there_where_the_data_are_real() {
    let t = TestApp::new().await;
    let administrateur = t.administrateur();
    let inconnue = administrateur.envoyer(administrateur.nue(Method::Get, "/api/v1/il-ny-a-rien-ici")).await;
    inconnue.probleme(ProblemCode::Absent);
    for (methode, modele, operation) in api_types::bac_a_sable::operations() {
        let chemin = modele
            .replace("{adherent_id}", &t.monde().adherent_a.to_string())
            .replace("{dossier_id}", &t.monde().dossier_a1.to_string());
        for client in [&administrateur, &t.anonyme()] {
            let r = client.envoyer(client.nue(*methode, &chemin).json(&serde_json::json!({}))).await;
            assert_eq!((r.code(), &r.corps), (404, &inconnue.corps), "{operation}");
        }
    }
    let contrat = administrateur.envoyer(administrateur.nue(Method::Get, "/openapi.json")).await;
    assert_eq!(contrat.code(), 200);
    assert!(!contrat.texte().contains("/api/v1/bac-a-sable/"));
    // The header that asks for a fault is any header.
    let r =
        administrateur.envoyer(administrateur.nue(Method::Get, "/api/v1/configuration").header("bac-a-sable", "500"));
    let r = r.await;
    assert_eq!((r.code(), r.entete("bac-a-sable")), (200, None));
    assert!(t.app().bac_a_sable().is_none());
    assert!(matches!(BacASable::ouvrir(t.app().base()), Err(Refus::DonneesReelles)));
}

#[tokio::test]
async fn every_answer_says_that_it_is_a_sandbox() {
    let t = bac().await;
    let anonyme = t.anonyme();
    assert_eq!(anonyme.ok(&LireConfiguration {}, &()).await.mode, Mode::BacASable);
    for (chemin, statut) in [
        ("/api/v1/configuration", 200),
        ("/api/v1/dossiers", 401),
        ("/api/v1/rien", 404),
        ("/sante", 200),
        ("/docs/", 200),
    ] {
        let r = anonyme.envoyer(anonyme.nue(Method::Get, chemin)).await;
        assert_eq!((r.code(), r.entete("bac-a-sable")), (statut, Some("donnees-fictives")), "{chemin}");
    }
    let contrat = anonyme.envoyer(anonyme.nue(Method::Get, "/openapi.json")).await;
    assert!(contrat.texte().contains("/api/v1/bac-a-sable/adherents"));
    // The address is known under its method alone.
    let r = anonyme.envoyer(anonyme.nue(Method::Delete, "/api/v1/bac-a-sable/horloge")).await;
    r.probleme(ProblemCode::MethodeInconnue);
    assert_eq!(r.entete("allow"), Some("GET, POST, HEAD"));
}

#[tokio::test]
async fn a_sandbox_is_never_served_as_real() {
    let t = bac().await;
    assert!(matches!(reserver(t.app().base(), Mode::Reel), Err(Refus::DonneesFictives)));
    // It stays one once it is used.
    super::entreprise(&t).await;
    assert!(matches!(reserver(t.app().base(), Mode::Reel), Err(Refus::DonneesFictives)));
    assert!(BacASable::ouvrir(t.app().base()).is_ok());
}

#[tokio::test]
async fn real_data_are_refused_before_anything_of_them_is_touched() {
    let t = TestApp::new().await;
    assert!(matches!(prevenir(t.app().base()), Err(Refus::DonneesReelles)));
    assert_eq!(t.lire(|conn| mode_base::table.count().get_result::<i64>(conn)), 0);
    // As an older version left them.
    t.semer(|s| diesel::sql_query("DROP TABLE mode_base").execute(s.conn).unwrap());
    assert!(matches!(prevenir(t.app().base()), Err(Refus::DonneesReelles)));
    assert!(prevenir(bac().await.app().base()).is_ok());
}

/// Runs the product on a folder and its database, and waits for its end.
fn lancer(commande: &str, dossier: &Path, reglages: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_egestion"))
        .arg(commande)
        .env("DATABASE_URL", format!("sqlite://{}", dossier.join("egestion.db").display()))
        .env("EGESTION_DATA", dossier)
        .env("EGESTION_LISTEN", "127.0.0.1:0")
        .env("EGESTION_WEB", dossier.join("rien"))
        .envs(reglages.iter().copied())
        .output()
        .unwrap()
}

fn refuse(sortie: &Output, parce_que: &str) {
    let erreur = String::from_utf8_lossy(&sortie.stderr);
    assert!(!sortie.status.success() && erreur.contains(parce_que), "{parce_que} : {erreur}");
}

/// An empty database of a mode.
fn base(mode: Mode) -> PathBuf {
    let dossier = std::env::temp_dir().join(format!("egestion-bac-{}", Uuid::now_v7().simple()));
    std::fs::create_dir_all(&dossier).unwrap();
    let base = db::Base::open(&format!("sqlite://{}", dossier.join("egestion.db").display()), 1).unwrap();
    base.migrate().unwrap();
    reserver(&base, mode).unwrap();
    dossier
}

#[test]
fn the_binary_refuses_the_database_of_the_other_mode() {
    // Even empty: it was opened to hold real data.
    let reelle = base(Mode::Reel);
    refuse(&lancer("bac-a-sable", &reelle, &[]), "données réelles");
    let fictive = base(Mode::BacASable);
    for commande in ["serve", "worker", "demo"] {
        refuse(&lancer(commande, &fictive, &[]), "bac à sable");
    }
    // Its vault is its own, and never beside that of real data.
    refuse(&lancer("bac-a-sable", &fictive, &[("EGESTION_VAULT", "s3")]), "EGESTION_VAULT");
    for dossier in [reelle, fictive] {
        std::fs::remove_dir_all(dossier).unwrap();
    }
}
