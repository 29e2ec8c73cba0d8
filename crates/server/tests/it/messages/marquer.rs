use api_types::ProblemCode;
use api_types::endpoint::{ListerMessages, MarquerMessage};
use api_types::messages::{EtatLecture, FiltreMessages};
use domain::RoleMembre;
use test_support::{Client, TestApp};

use super::{envoyer, fil};

async fn non_lus(client: &Client) -> i64 {
    client.ok(&ListerMessages { query: FiltreMessages::default() }, &()).await.non_lus
}

#[tokio::test]
async fn each_person_reads_for_oneself_and_may_put_back_to_unread() {
    let t = TestApp::new().await;
    let dossier = t.monde().dossier_a1;
    let message = envoyer(&t.gestionnaire(), dossier, "Bonjour").await;
    let marquer = MarquerMessage { message_id: message.id };
    assert_eq!((non_lus(&t.membre()).await, non_lus(&t.lecteur()).await, non_lus(&t.gestionnaire()).await), (1, 1, 0));
    t.membre().ok(&marquer, &EtatLecture { lu: true }).await;
    t.membre().ok(&marquer, &EtatLecture { lu: true }).await;
    assert_eq!((non_lus(&t.membre()).await, non_lus(&t.lecteur()).await), (0, 1));
    assert!(!fil(&t.membre(), dossier).await[0].non_lu && fil(&t.lecteur(), dossier).await[0].non_lu);
    t.membre().ok(&marquer, &EtatLecture { lu: false }).await;
    assert_eq!(non_lus(&t.membre()).await, 1);
    assert_eq!(fil(&t.membre(), dossier).await.len(), 1);
    assert_eq!(t.journal(message.id), ["message.ecrire", "message.marquer", "message.marquer", "message.marquer"]);
    t.travailler().await;
}

#[tokio::test]
async fn somebody_who_comes_later_is_given_the_message_when_marking_it() {
    let t = TestApp::new().await;
    let m = t.monde().clone();
    let message = envoyer(&t.gestionnaire(), m.dossier_a2, "Avant vous").await;
    t.semer(move |s| s.rattachement(m.lecteur, (m.adherent_a, m.etablissement_a2), RoleMembre::Lecteur));
    assert_eq!(non_lus(&t.lecteur()).await, 0);
    t.lecteur().ok(&MarquerMessage { message_id: message.id }, &EtatLecture { lu: false }).await;
    assert_eq!(non_lus(&t.lecteur()).await, 1);
    t.travailler().await;
}

#[tokio::test]
async fn a_foreign_message_does_not_exist() {
    let t = TestApp::new().await;
    let message = envoyer(&t.membre(), t.monde().dossier_a2, "Bonjour").await;
    let marquer = MarquerMessage { message_id: message.id };
    for client in [t.autre_membre(), t.autre_gestionnaire(), t.lecteur()] {
        client.call(&marquer, &EtatLecture { lu: true }).await.probleme(ProblemCode::Absent);
    }
    assert_eq!(t.journal(message.id), ["message.ecrire"]);
    t.travailler().await;
}
