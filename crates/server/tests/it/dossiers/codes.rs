use api_types::dossiers::{Devise, FiltreDossiers};
use api_types::endpoint::{LireAccueil, LireDossier, LireTravail, ListerDossiers, ListerReglements};
use api_types::messages::Message;
use api_types::travail::PageTravail;
use domain::code::Code as _;
use domain::dossier::{Etat, Vue};
use test_support::{NouveauDossier, TestApp};

#[tokio::test]
async fn every_etat_goes_with_its_inter_opco_code() {
    let t = TestApp::new().await;
    let m = t.monde().clone();
    let ids: Vec<_> = t.semer(move |s| {
        let lieu = (m.adherent_a, m.etablissement_a1);
        let dossiers = (10..).zip(Etat::TOUS).map(|(rang, &etat)| NouveauDossier {
            etat,
            ..NouveauDossier::new(&format!("18260000{rang}.01"), &format!("15000{rang}"), lieu, m.gestionnaire)
        });
        dossiers.collect::<Vec<_>>().into_iter().map(|d| (d.etat, s.dossier(d))).collect()
    });
    let membre = t.membre();
    for (etat, id) in ids {
        let d = membre.ok(&LireDossier { dossier_id: id.uuid() }, &()).await;
        assert_eq!((d.etat, d.code_inter_opco), (etat, etat.code_inter_opco()));
        assert!(d.historique.iter().all(|c| c.code_inter_opco == c.etat.code_inter_opco()));
    }
    for vue in [Vue::EnCours, Vue::Historique] {
        let query = FiltreDossiers { vue: Some(vue), ..FiltreDossiers::default() };
        let lus = membre.ok(&ListerDossiers { query }, &()).await.elements;
        assert!(lus.len() >= 4 && lus.iter().all(|d| d.code_inter_opco == d.etat.code_inter_opco()));
    }
    // `null`, and not left out: whoever reads it knows that there is none.
    let brut =
        membre.envoyer(membre.nue(api_types::Method::Get, "/api/v1/dossiers?etat=brouillon&fields=code_inter_opco"));
    let brut: serde_json::Value = brut.await.lire();
    assert_eq!(brut["elements"][0], serde_json::json!({ "code_inter_opco": null }));
}

#[tokio::test]
async fn the_worklist_and_the_home_give_the_code_too() {
    let t = TestApp::new().await;
    let _: Message = crate::messages::envoyer(&t.membre(), t.monde().dossier_a1, "Bonjour").await;
    let travail = t.gestionnaire().ok(&LireTravail { query: PageTravail::default() }, &()).await;
    let d = &travail.elements[0].dossier;
    assert_eq!(d.code_inter_opco, d.etat.code_inter_opco());
    let accueil = t.membre().ok(&LireAccueil {}, &()).await;
    assert!(!accueil.mouvements.is_empty());
    assert!(accueil.mouvements.iter().all(|m| m.code_inter_opco == m.etat.code_inter_opco()));
}

#[tokio::test]
async fn amounts_say_their_currency() {
    let t = TestApp::new().await;
    let id = t.monde().dossier_a1;
    t.semer(move |s| s.reglement(id, 12_345, None));
    let (dossier_id, membre) = (id.uuid(), t.membre());
    assert_eq!(membre.ok(&LireDossier { dossier_id }, &()).await.devise, Devise::Eur);
    assert_eq!(membre.ok(&LireAccueil {}, &()).await.chiffres.devise, Devise::Eur);
    let brut: serde_json::Value = membre.call(&ListerReglements { dossier_id }, &()).await.lire();
    assert_eq!((&brut["devise"], &brut["elements"][0]["devise"]), (&"EUR".into(), &"EUR".into()));
    assert_eq!(brut["elements"][0]["montant_regle"], 12_345);
}
