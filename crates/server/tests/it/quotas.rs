//! How many requests a caller may send, and how it is told.

use api_types::endpoint::{LireConfiguration, LireDossier, LireSession, TraiterDossier};
use api_types::travail::Traitement;
use api_types::{Method, ProblemCode};
use app::quotas::ParMinute;
use test_support::{Options, Reponse, TestApp};
use uuid::Uuid;

async fn limite(personnes: u32, anonymes: u32) -> TestApp {
    let quotas = ParMinute { personnes, clients: 1, anonymes };
    TestApp::avec(Options { quotas, ..Options::default() }).await
}

fn trop(r: &Reponse) {
    r.probleme(ProblemCode::TropDeRequetes);
    let attendre: u64 = r.entete("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&attendre), "{attendre}");
}

#[tokio::test]
async fn a_person_is_told_what_is_left_and_when_it_is_too_much() {
    let t = limite(3, 0).await;
    let membre = t.membre();
    for reste in [2, 1, 0] {
        let r = membre.call(&LireSession {}, &()).await;
        assert_eq!(r.code(), 200);
        assert_eq!(r.entete("ratelimit-policy"), Some("\"personnes\";q=3;w=60"));
        let retour = (3 - reste) * 20;
        assert_eq!(r.entete("ratelimit"), Some(format!("\"personnes\";r={reste};t={retour}").as_str()));
    }
    let r = membre.call(&LireSession {}, &()).await;
    trop(&r);
    assert_eq!(r.entete("ratelimit"), Some("\"personnes\";r=0;t=60"));
    // Nor from another browser; somebody else has their own.
    trop(&t.membre().call(&LireSession {}, &()).await);
    assert_eq!(t.lecteur().call(&LireSession {}, &()).await.code(), 200);
}

#[tokio::test]
async fn refusals_are_counted_too() {
    let t = limite(2, 0).await;
    let membre = t.membre();
    membre.call(&LireDossier { dossier_id: Uuid::new_v4() }, &()).await.probleme(ProblemCode::Absent);
    let op = TraiterDossier { dossier_id: t.monde().dossier_a1.uuid(), query: Traitement::default() };
    membre.call(&op, &()).await.probleme(ProblemCode::Interdit);
    trop(&membre.call(&LireSession {}, &()).await);
}

#[tokio::test]
async fn who_presents_something_false_is_nobody() {
    let ouvertes: Vec<(Method, &str)> = api_types::operations()
        .iter()
        .filter(|(_, chemin, operation)| chemin.starts_with("/api/") && crate::openapi::PUBLIQUES.contains(operation))
        .map(|(methode, chemin, _)| (*methode, *chemin))
        .collect();
    assert!(ouvertes.len() >= 7, "{ouvertes:?}");
    let t = limite(0, 1).await;
    let fausses =
        [("cookie", "__Host-egestion=rien"), ("authorization", "Basic cmllbg=="), ("authorization", "Bearer x")];
    for (rang, (methode, chemin)) in ouvertes.into_iter().chain([(Method::Get, "/api/v1/accueil")]).enumerate() {
        for (autre, fausse) in fausses.iter().enumerate() {
            // One subscriber's own IPv6 addresses are many, and count as one.
            let envoyer = async |machine: u32| {
                let ici = t.anonyme().depuis(&format!("2001:db8:{rang}:{autre}::{machine}"));
                ici.envoyer(ici.nue(methode, chemin).header(fausse.0, fausse.1).json(&serde_json::json!({}))).await
            };
            let premiere = envoyer(1).await;
            assert_ne!(premiere.code(), 429, "{chemin}");
            trop(&envoyer(2).await);
        }
    }
}

#[tokio::test]
async fn nobody_in_particular_is_counted_by_address() {
    let t = limite(0, 2).await;
    let ici = t.anonyme().depuis("192.0.2.1");
    for _ in 0..2 {
        assert_eq!(ici.call(&LireConfiguration {}, &()).await.code(), 200);
    }
    trop(&ici.call(&LireConfiguration {}, &()).await);
    assert_eq!(t.anonyme().depuis("192.0.2.2").call(&LireConfiguration {}, &()).await.code(), 200);
    // Nothing is said where nothing is counted.
    let r = t.membre().depuis("192.0.2.1").call(&LireSession {}, &()).await;
    assert_eq!((r.code(), r.entete("ratelimit")), (200, None));
}
