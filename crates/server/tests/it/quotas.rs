//! How many requests a caller may send, and how it is told.

use api_types::ProblemCode;
use api_types::endpoint::{LireConfiguration, LireDossier, LireSession, TraiterDossier};
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
    let op = TraiterDossier { dossier_id: t.monde().dossier_a1.uuid() };
    membre.call(&op, &()).await.probleme(ProblemCode::Interdit);
    trop(&membre.call(&LireSession {}, &()).await);
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
