//! The demonstration, as its people find it.

use api_types::ProblemCode;
use api_types::comptes::{Connexion, MotDePasse};
use api_types::dossiers::FiltreDossiers;
use api_types::endpoint::{
    LireDossier, LireTravail, ListerDossiers, ListerMessages, ListerPieces, OuvrirSession, TelechargerDocument,
    TelechargerRecu,
};
use api_types::messages::FiltreMessages;
use api_types::travail::PageTravail;
use test_support::{Client, Options, TestApp};

async fn ouvrir(t: &TestApp, email: &str) -> Client {
    let client = t.anonyme();
    let mot_de_passe = MotDePasse(app::demo::MOT_DE_PASSE.to_owned());
    client.ok(&OuvrirSession {}, &Connexion { email: email.to_owned(), mot_de_passe }).await;
    client
}

#[tokio::test]
async fn people_sign_in_to_the_demonstration_and_find_what_the_guide_shows() {
    let t = TestApp::avec(Options { demonstration: true, ..Options::default() }).await;
    let nadia = ouvrir(&t, "n.lemercier@bati-rives.example").await;

    let liste = nadia.ok(&ListerDossiers { query: FiltreDossiers::default() }, &()).await;
    assert_eq!((liste.compte.en_cours, liste.compte.historique), (15, 9));
    let query = FiltreDossiers { q: Some("1819006292.01".to_owned()), ..FiltreDossiers::default() };
    let guide = nadia.ok(&ListerDossiers { query }, &()).await.elements.remove(0);
    let dossier = nadia.ok(&LireDossier { dossier_id: guide.id }, &()).await;
    assert_eq!((dossier.demande.as_str(), dossier.dispositif.as_str()), ("1304811", "PLAN"));
    assert_eq!(
        (dossier.date_debut.to_string(), dossier.date_fin.to_string()),
        ("2019-07-01".to_owned(), "2019-12-31".to_owned())
    );

    let pieces = nadia.ok(&ListerPieces { dossier_id: guide.id }, &()).await.elements;
    let autres = pieces.iter().find(|p| p.libelle == "Autres pièces").unwrap();
    assert_eq!(autres.documents.len(), 3);
    let document = &autres.documents[0];
    assert_eq!(document.depose_le.to_string(), "2020-06-23T08:04:00Z");
    let fichier = nadia.call(&TelechargerDocument { document_id: document.id }, &()).await;
    assert!(fichier.corps.starts_with(b"%PDF"));
    assert_eq!(super::sha256(&fichier.corps), document.sha256);
    let recu = nadia.call(&TelechargerRecu { document_id: document.id }, &()).await;
    assert_eq!((recu.code(), recu.corps.starts_with(b"%PDF")), (200, true));

    let etranger = ouvrir(&t, "m.vauquelin@charpentes-vauquelin.example").await;
    etranger.call(&LireDossier { dossier_id: guide.id }, &()).await.probleme(ProblemCode::Absent);

    let non_lus = FiltreMessages { non_lus: Some(true), ..FiltreMessages::default() };
    assert_eq!(nadia.ok(&ListerMessages { query: non_lus }, &()).await.elements.len(), 2);
    let claire = ouvrir(&t, "claire.aubertin@opco.example").await;
    let travail = claire.ok(&LireTravail { query: PageTravail::default() }, &()).await;
    assert_eq!(travail.total, 4);
}

#[tokio::test]
async fn a_database_in_use_is_left_alone() {
    let t = TestApp::new().await;
    assert!(matches!(app::demo::remplir(t.app(), 10).await, Err(app::demo::Echec::NonVide)));
}

#[tokio::test]
async fn generated_dossiers_are_added_to_the_demonstration() {
    let t = TestApp::avec(Options { demonstration: true, dossiers: 120, ..Options::default() }).await;
    let membre = ouvrir(&t, "membre@entreprise-00000.example").await;
    let compte = membre.ok(&ListerDossiers { query: FiltreDossiers::default() }, &()).await.compte;
    assert_eq!(compte.en_cours + compte.historique, 120);
}
