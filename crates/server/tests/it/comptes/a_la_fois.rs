use api_types::ProblemCode;
use api_types::comptes::Confirmation;
use api_types::endpoint::{ConfirmerCompte, CreerCompte};
use test_support::TestApp;

use super::{courriels_a, creation, jeton_de};

#[tokio::test]
async fn a_confirmation_and_another_request_for_the_account_follow_each_other() {
    let t = TestApp::new().await;
    for rang in 0..6 {
        let email = format!("paul{rang}@bati-rives.example");
        let paul = t.anonyme().depuis(&format!("192.0.2.{rang}"));
        paul.ok(&CreerCompte {}, &creation(&email)).await;
        let premier = Confirmation { jeton: jeton_de(&courriels_a(&t, &email)[0]) };
        let (demande, encore) = (creation(&email), t.anonyme().depuis(&format!("198.51.100.{rang}")));
        let (confirme, redemande) =
            tokio::join!(paul.call(&ConfirmerCompte {}, &premier), encore.call(&CreerCompte {}, &demande));
        assert_eq!(redemande.code(), 202, "{}", redemande.texte());
        // The later request voids the link, or comes too late.
        if !confirme.statut.is_success() {
            confirme.probleme(ProblemCode::LienInvalide);
        }
    }
}
