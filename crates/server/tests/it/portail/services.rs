//! What the portal shows.

use api_types::ProblemCode;
use api_types::endpoint::{LireConfiguration, LirePortail, LireService};
use api_types::portail::Configuration;
use test_support::TestApp;
use uuid::Uuid;

#[tokio::test]
async fn the_configuration_is_public() {
    let t = TestApp::new().await;
    let lue = t.anonyme().ok(&LireConfiguration {}, &()).await;
    let attendue = Configuration {
        organisme: "Constructys".to_owned(),
        assistance: "0 800 940 999".to_owned(),
        annulation_secondes: 60,
        mode: domain::mode::Mode::Reel,
    };
    assert_eq!(lue, attendue);
}

#[tokio::test]
async fn services_are_grouped_by_theme_in_order() {
    let t = TestApp::new().await;
    let id = t.semer(|s| {
        s.service(("Payer", 2), "Régler une facture", 1);
        s.service(("Former", 1), "Monter un dossier", 2);
        s.service(("Former", 1), "Choisir un dispositif", 1)
    });
    let membre = t.membre();
    let portail = membre.ok(&LirePortail {}, &()).await;
    let themes: Vec<(&str, Vec<&str>)> = portail
        .themes
        .iter()
        .map(|t| (t.titre.as_str(), t.services.iter().map(|s| s.titre.as_str()).collect()))
        .collect();
    let attendus =
        [("Former", vec!["Choisir un dispositif", "Monter un dossier"]), ("Payer", vec!["Régler une facture"])];
    assert_eq!(themes, attendus);

    let service = membre.ok(&LireService { service_id: id.uuid() }, &()).await;
    assert_eq!((service.theme.as_str(), service.titre.as_str()), ("Former", "Choisir un dispositif"));
    membre.call(&LireService { service_id: Uuid::nil() }, &()).await.probleme(ProblemCode::Absent);
    t.anonyme().call(&LireService { service_id: id.uuid() }, &()).await.probleme(ProblemCode::NonConnecte);
}

#[tokio::test]
async fn the_portal_counts_what_is_awaited_from_the_reader() {
    let t = TestApp::new().await;
    let compter = async |client: test_support::Client| {
        let portail = client.ok(&LirePortail {}, &()).await;
        (portail.pieces_attendues, portail.pieces_en_retard)
    };
    // Two categories are due in each of A's two dossiers; one of them by the first day of the training.
    assert_eq!(compter(t.membre()).await, (4, 0));
    assert_eq!(compter(t.lecteur()).await, (2, 0));
    assert_eq!(compter(t.gestionnaire()).await, (0, 0));
    t.avancer(9 * 24 * 3600);
    assert_eq!(compter(t.membre()).await, (4, 2));
    assert_eq!(compter(t.autre_membre()).await, (1, 0));
}
