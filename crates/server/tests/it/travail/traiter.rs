use api_types::ProblemCode;
use api_types::endpoint::{LireDossier, TraiterDossier};
use api_types::travail::Traitement;
use test_support::TestApp;

use super::lire::travail;
use crate::messages::envoyer;

#[tokio::test]
async fn a_treated_dossier_leaves_the_worklist_until_something_else_arrives() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (gestionnaire, dossier_id) = (t.gestionnaire(), m.dossier_a1.uuid());
    envoyer(&t.membre(), m.dossier_a1, "Un").await;
    envoyer(&t.membre(), m.dossier_a2, "Ailleurs").await;
    assert_eq!(gestionnaire.ok(&LireDossier { dossier_id }, &()).await.a_traiter, 1);
    for _ in 0..2 {
        assert_eq!(
            gestionnaire.call(&TraiterDossier { dossier_id, query: Traitement::default() }, &()).await.code(),
            204
        );
    }
    assert_eq!(gestionnaire.ok(&LireDossier { dossier_id }, &()).await.a_traiter, 0);
    let restent = travail(&gestionnaire).await;
    assert_eq!((restent.total, restent.elements[0].dossier.id), (1, m.dossier_a2.uuid()));
    assert_eq!(t.journal(dossier_id), ["dossier.traiter", "dossier.traiter"]);
    envoyer(&t.membre(), m.dossier_a1, "Deux").await;
    assert_eq!(travail(&gestionnaire).await.total, 2);
    t.travailler().await;
}

#[tokio::test]
async fn what_arrived_after_it_was_looked_at_still_awaits() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (gestionnaire, dossier_id) = (t.gestionnaire(), m.dossier_a1.uuid());
    envoyer(&t.membre(), m.dossier_a1, "Un").await;
    t.avancer(1);
    envoyer(&t.membre(), m.dossier_a1, "Deux").await;
    let vue = gestionnaire.ok(&LireDossier { dossier_id }, &()).await;
    let ligne = travail(&gestionnaire).await.elements.remove(0);
    assert_eq!((ligne.messages, Some(ligne.jusqu_a)), (2, vue.a_traiter_jusqu_a));
    assert_eq!(ligne.depuis + jiff::SignedDuration::from_secs(1), ligne.jusqu_a);
    t.avancer(1);
    envoyer(&t.membre(), m.dossier_a1, "Trois").await;
    let op = TraiterDossier { dossier_id, query: Traitement { jusqu_a: vue.a_traiter_jusqu_a } };
    assert_eq!(gestionnaire.call(&op, &()).await.code(), 204);
    let reste = travail(&gestionnaire).await.elements.remove(0);
    assert_eq!((reste.messages, reste.depuis), (1, t.maintenant()));
    assert_eq!(t.membre().ok(&LireDossier { dossier_id }, &()).await.a_traiter_jusqu_a, None);
    t.travailler().await;
}

#[tokio::test]
async fn only_the_gestionnaire_of_the_dossier_treats_it() {
    let t = TestApp::new().await;
    let m = t.monde();
    let traiter = TraiterDossier { dossier_id: m.dossier_a1.uuid(), query: Traitement::default() };
    for (client, code) in [
        (t.anonyme(), ProblemCode::NonConnecte),
        (t.membre(), ProblemCode::Interdit),
        (t.opco_admin(), ProblemCode::Interdit),
        (t.autre_gestionnaire(), ProblemCode::Absent),
        (t.autre_membre(), ProblemCode::Absent),
    ] {
        client.call(&traiter, &()).await.probleme(code);
    }
}
