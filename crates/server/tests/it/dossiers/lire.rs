use api_types::ProblemCode;
use api_types::dossiers::Attente;
use api_types::endpoint::{LireDossier, ListerInscriptions, ListerReglements};
use domain::dossier::{Etape, EtapeEtat, Etat};
use test_support::{NouveauDossier, TestApp};
use uuid::Uuid;

#[tokio::test]
async fn lire_gives_the_dossier_as_each_side_sees_it() {
    let t = TestApp::new().await;
    let op = LireDossier { dossier_id: t.monde().dossier_a1.uuid() };
    let d = t.membre().ok(&op, &()).await;
    assert_eq!((d.numero.as_str(), d.demande.as_str(), d.dispositif.as_str()), ("1819006292.01", "1304811", "PLAN"));
    assert_eq!((d.etat, d.attente), (Etat::EnInstruction, Attente::Adherent));
    assert_eq!((d.adherent.as_str(), d.etablissement.as_str()), ("Bâti Rives", "Siège, Rezé"));
    assert_eq!(d.gestionnaire.map(|g| g.nom).as_deref(), Some("Gaëlle Le Goff"));
    let avancement: Vec<_> = d.etapes.iter().map(|e| (e.etape, e.avancement)).collect();
    assert_eq!(
        avancement,
        [
            (Etape::Transmission, EtapeEtat::Fait),
            (Etape::Instruction, EtapeEtat::Cours),
            (Etape::Accord, EtapeEtat::Venir),
            (Etape::Paiement, EtapeEtat::Venir)
        ]
    );
    assert!(d.peut_contribuer);
    assert_eq!(d.historique.first().map(|c| c.etat), Some(Etat::EnInstruction));
    assert!(!t.lecteur().ok(&op, &()).await.peut_contribuer);
    assert!(t.gestionnaire().ok(&op, &()).await.peut_contribuer);
    assert!(!t.opco_admin().ok(&op, &()).await.peut_contribuer);
}

#[tokio::test]
async fn a_foreign_dossier_is_the_same_as_an_absent_one() {
    let t = TestApp::new().await;
    let etranger = LireDossier { dossier_id: t.monde().dossier_a1.uuid() };
    let absent = LireDossier { dossier_id: Uuid::new_v4() };
    for client in [t.autre_membre(), t.autre_gestionnaire()] {
        let (a, b) = (client.call(&etranger, &()).await, client.call(&absent, &()).await);
        a.probleme(ProblemCode::Absent);
        assert_eq!(a.corps, b.corps);
        let noms = |r: &test_support::Reponse| {
            let mut n: Vec<String> = r.entetes.keys().map(ToString::to_string).collect();
            n.sort();
            n
        };
        assert_eq!(noms(&a), noms(&b));
    }
    // Lecteur of A1 alone: the other établissement of its own company is foreign too.
    let a2 = LireDossier { dossier_id: t.monde().dossier_a2.uuid() };
    t.lecteur().call(&a2, &()).await.probleme(ProblemCode::Absent);
}

#[tokio::test]
async fn an_identifier_that_is_none_is_absent_and_says_nothing_to_strangers() {
    let t = TestApp::new().await;
    for chemin in ["/api/v1/dossiers/abc", "/api/v1/dossiers/1819006292.01", "/api/v1/documents/%00"] {
        let membre = t.membre();
        let r = membre.envoyer(membre.nue(api_types::Method::Get, chemin)).await;
        r.probleme(ProblemCode::Absent);
        let anonyme = t.anonyme();
        anonyme.envoyer(anonyme.nue(api_types::Method::Get, chemin)).await.probleme(ProblemCode::NonConnecte);
    }
}

#[tokio::test]
async fn a_brouillon_is_the_members_alone() {
    let t = TestApp::new().await;
    let m = t.monde().clone();
    let id = t.semer(move |s| {
        let d = NouveauDossier::new("1820000098.01", "1403498", (m.adherent_a, m.etablissement_a1), m.gestionnaire);
        s.dossier(NouveauDossier { etat: Etat::Brouillon, ..d })
    });
    let op = LireDossier { dossier_id: id.uuid() };
    assert_eq!(t.membre().ok(&op, &()).await.etat, Etat::Brouillon);
    t.gestionnaire().call(&op, &()).await.probleme(ProblemCode::Absent);
    t.opco_admin().call(&op, &()).await.probleme(ProblemCode::Absent);
}

#[tokio::test]
async fn inscriptions_and_reglements_are_read_with_their_totals() {
    let t = TestApp::new().await;
    let dossier_id = t.monde().dossier_a1.uuid();
    let i = t.membre().ok(&ListerInscriptions { dossier_id }, &()).await;
    assert_eq!(
        i.elements.iter().map(|i| (i.prenom.as_str(), i.nom.as_str())).collect::<Vec<_>>(),
        [("Karim", "Benali")]
    );
    let r = t.membre().ok(&ListerReglements { dossier_id }, &()).await;
    assert_eq!((r.elements.len(), r.accorde, r.facture, r.regle), (0, 0, 0, 0));
    t.autre_membre().call(&ListerInscriptions { dossier_id }, &()).await.probleme(ProblemCode::Absent);
    t.autre_membre().call(&ListerReglements { dossier_id }, &()).await.probleme(ProblemCode::Absent);
}
