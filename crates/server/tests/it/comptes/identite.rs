use api_types::comptes::Identite;
use api_types::endpoint::{CorrigerIdentite, LireDossier, LireSession};
use test_support::TestApp;

fn identite(prenom: &str, nom: &str) -> Identite {
    Identite { prenom: prenom.into(), nom: nom.into() }
}

#[tokio::test]
async fn a_name_is_corrected_everywhere_it_is_told() {
    let t = TestApp::new().await;
    let (membre, gestionnaire) = (t.membre(), t.gestionnaire());
    assert_eq!(membre.call(&CorrigerIdentite {}, &identite(" Maëlle ", "O’Brien-Guérin")).await.code(), 204);
    let moi = membre.ok(&LireSession {}, &()).await;
    assert_eq!((moi.prenom.as_str(), moi.nom.as_str()), ("Maëlle", "O’Brien-Guérin"));
    assert_eq!(t.journal(t.monde().membre.uuid()).last().map(String::as_str), Some("compte.corriger"));
    // A gestionnaire is known by it to the members.
    assert_eq!(gestionnaire.call(&CorrigerIdentite {}, &identite("Gaëlle", "Marec")).await.code(), 204);
    let lu = membre.ok(&LireDossier { dossier_id: t.monde().dossier_a1.uuid() }, &()).await;
    assert_eq!(lu.gestionnaire.unwrap().nom, "Gaëlle Marec");
}

#[tokio::test]
async fn a_name_is_never_empty_nor_on_several_lines() {
    let t = TestApp::new().await;
    let membre = t.membre();
    let refus = membre.call(&CorrigerIdentite {}, &identite("  ", "a\nb")).await;
    assert_eq!(refus.pointeurs(), ["/prenom", "/nom"]);
    assert_eq!(membre.ok(&LireSession {}, &()).await.prenom, "Marc");
}
