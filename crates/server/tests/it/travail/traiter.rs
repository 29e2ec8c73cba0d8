use api_types::ProblemCode;
use api_types::endpoint::{LireDossier, TraiterDossier};
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
        assert_eq!(gestionnaire.call(&TraiterDossier { dossier_id }, &()).await.code(), 204);
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
async fn only_the_gestionnaire_of_the_dossier_treats_it() {
    let t = TestApp::new().await;
    let m = t.monde();
    let traiter = TraiterDossier { dossier_id: m.dossier_a1.uuid() };
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
