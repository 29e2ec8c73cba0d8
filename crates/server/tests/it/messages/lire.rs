use api_types::ProblemCode;
use api_types::endpoint::{LireFil, MarquerMessage};
use api_types::messages::{EtatLecture, PageFil};
use test_support::TestApp;

use super::{envoyer, fil};

#[tokio::test]
async fn a_thread_is_read_by_pages_the_latest_first() {
    let t = TestApp::new().await;
    let (membre, dossier) = (t.membre(), t.monde().dossier_a1);
    for n in 0..5 {
        envoyer(&membre, dossier, &format!("n° {n}")).await;
    }
    envoyer(&membre, t.monde().dossier_a2, "ailleurs").await;
    let mut lus = Vec::new();
    let mut curseur = None;
    loop {
        let query = PageFil { curseur, limite: Some(2) };
        let page = membre.ok(&LireFil { dossier_id: dossier.uuid(), query }, &()).await;
        lus.push(page.elements.into_iter().map(|m| m.corps).collect::<Vec<_>>());
        curseur = page.suivant;
        if curseur.is_none() {
            break;
        }
    }
    assert_eq!(lus, [vec!["n° 4", "n° 3"], vec!["n° 2", "n° 1"], vec!["n° 0"]]);
    let query = PageFil { curseur: Some("hier".to_owned()), limite: None };
    let refus = membre.call(&LireFil { dossier_id: dossier.uuid(), query }, &()).await;
    refus.probleme(ProblemCode::RequeteIllisible);
}

#[tokio::test]
async fn a_foreign_thread_does_not_exist() {
    let t = TestApp::new().await;
    let dossier_id = t.monde().dossier_a1.uuid();
    let lire = LireFil { dossier_id, query: PageFil::default() };
    for client in [t.autre_membre(), t.autre_gestionnaire()] {
        client.call(&lire, &()).await.probleme(ProblemCode::Absent);
    }
    for client in [t.lecteur(), t.opco_admin()] {
        assert_eq!(client.call(&lire, &()).await.code(), 200);
    }
}

#[tokio::test]
async fn only_the_side_of_the_author_sees_who_read_its_message_and_when_first() {
    let t = TestApp::new().await;
    let dossier = t.monde().dossier_a1;
    let message = envoyer(&t.membre(), dossier, "Vu ?").await;
    let marquer = MarquerMessage { message_id: message.id };
    for client in [t.administrateur(), t.gestionnaire()] {
        client.ok(&marquer, &EtatLecture { lu: true }).await;
    }
    let premiere = t.maintenant();
    t.avancer(60);
    t.gestionnaire().ok(&marquer, &EtatLecture { lu: false }).await;
    t.gestionnaire().ok(&marquer, &EtatLecture { lu: true }).await;
    for client in [t.membre(), t.lecteur()] {
        let lus = fil(&client, dossier).await;
        let lectures: Vec<_> = lus[0].lectures.iter().map(|l| (l.par.as_str(), l.le)).collect();
        assert_eq!(lectures, [("Gaëlle Le Goff", premiere)]);
    }
    assert_eq!(fil(&t.gestionnaire(), dossier).await[0].lectures, []);
    t.travailler().await;
}
