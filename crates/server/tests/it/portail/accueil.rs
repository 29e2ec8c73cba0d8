//! eGestion's home.

use api_types::ProblemCode;
use api_types::documents::DemandePiece;
use api_types::endpoint::{DemanderPiece, DeposerDocument, LireAccueil, LireSession};
use api_types::portail::Accueil;
use db::schema::rattachements;
use db::types::V;
use diesel::prelude::*;
use domain::acteur::Cote;
use domain::dossier::Etat;
use jiff::civil::date;
use reqwest::multipart::{Form, Part};
use test_support::{Client, NouveauDossier, PDF, TestApp};

async fn accueil(client: &Client) -> Accueil {
    client.ok(&LireAccueil {}, &()).await
}

fn a_faire(accueil: &Accueil) -> Vec<(&str, &str, Option<String>)> {
    accueil.a_faire.iter().map(|a| (a.numero.as_str(), a.piece.as_str(), a.echeance.map(|e| e.to_string()))).collect()
}

#[tokio::test]
async fn what_is_awaited_is_shown_the_most_urgent_first() {
    let t = TestApp::new().await;
    let m = t.monde();
    let membre = t.membre();
    let le = |jour: &str| Some(jour.to_owned());
    assert_eq!(
        a_faire(&accueil(&membre).await),
        [
            ("1819006292.01", "Programme de formation", le("2026-12-01")),
            ("1819006295.01", "Programme de formation", le("2026-12-01")),
            ("1819006292.01", "Convention de formation", None),
            ("1819006295.01", "Convention de formation", None),
        ]
    );

    let fichier = Part::bytes(PDF).file_name("programme.pdf");
    let form = Form::new().text("piece", m.piece("PLAN", "programme").uuid().to_string()).part("fichier", fichier);
    let depot = membre.multipart(&DeposerDocument { dossier_id: m.dossier_a1.uuid() }, form).await;
    assert_eq!(depot.code(), 201, "{}", depot.texte());
    let demande = DemandePiece {
        piece_id: m.piece("PLAN", "identite").uuid(),
        motif: "Le nom ne se lit pas.".to_owned(),
        avant: Some(date(2026, 11, 27)),
    };
    t.gestionnaire().ok(&DemanderPiece { dossier_id: m.dossier_a2.uuid() }, &demande).await;
    let apres = accueil(&membre).await;
    assert_eq!(
        a_faire(&apres),
        [
            ("1819006295.01", "Pièce d’identité", le("2026-11-27")),
            ("1819006295.01", "Programme de formation", le("2026-12-01")),
            ("1819006295.01", "Convention de formation", None),
            ("1819006292.01", "Convention de formation", None),
        ]
    );
    assert_eq!(apres.a_faire[0].demandee_par.as_deref(), Some("Gaëlle Le Goff"));
    assert_eq!(apres.a_faire[1].demandee_par, None);
    assert_eq!((apres.chiffres.pieces_attendues, apres.chiffres.pieces_en_retard), (4, 0));
    t.avancer(5 * 24 * 3600);
    let tard = accueil(&t.membre()).await;
    assert_eq!((tard.chiffres.pieces_attendues, tard.chiffres.pieces_en_retard), (4, 1));
    t.travailler().await;
}

#[tokio::test]
async fn each_sees_its_own_etablissements_and_the_opco_none() {
    let t = TestApp::new().await;
    let numeros = async |client: Client| {
        let mut numeros: Vec<String> = accueil(&client).await.mouvements.into_iter().map(|m| m.numero).collect();
        numeros.sort();
        numeros.dedup();
        numeros
    };
    assert_eq!(numeros(t.membre()).await, ["1819006292.01", "1819006295.01"]);
    assert_eq!(numeros(t.lecteur()).await, ["1819006292.01"]);
    assert_eq!(numeros(t.autre_membre()).await, ["1820000010.01"]);
    t.gestionnaire().call(&LireAccueil {}, &()).await.probleme(ProblemCode::Interdit);
    t.opco_admin().call(&LireAccueil {}, &()).await.probleme(ProblemCode::Interdit);
    t.anonyme().call(&LireAccueil {}, &()).await.probleme(ProblemCode::NonConnecte);
}

#[tokio::test]
async fn the_figures_are_those_of_the_year_in_paris() {
    let t = TestApp::new().await;
    let (a1, b) = {
        let m = t.monde();
        ((m.adherent_a, m.etablissement_a1), (m.adherent_b, m.etablissement_b))
    };
    let gestionnaire = t.monde().gestionnaire;
    t.semer(move |s| {
        let mut accorder = |numero: &str, ou, le: &str, etat, montant, regle| {
            s.le = le.parse().unwrap();
            let d = NouveauDossier::new(&format!("{numero}.01"), &numero[..7], ou, gestionnaire);
            s.dossier(NouveauDossier { etat, montant_accorde: Some(montant), montant_regle: regle, ..d })
        };
        // Half past midnight in Paris, on the first of January.
        let premier = accorder("1000000001", a1, "2025-12-31T23:30:00Z", Etat::EnReglement, 100_000, 30_000);
        let ancien = accorder("1000000002", a1, "2025-12-31T22:30:00Z", Etat::Accorde, 7_000, 0);
        accorder("1000000003", a1, "2026-06-01T08:00:00Z", Etat::Cloture, 20_000, 20_000);
        let ailleurs = accorder("1000000004", b, "2026-06-01T08:00:00Z", Etat::Accorde, 5_000_000, 0);
        s.reglement(premier, 30_000, Some(date(2026, 1, 1)));
        s.reglement(premier, 70_000, None);
        s.reglement(ancien, 4_000, Some(date(2025, 12, 31)));
        s.reglement(ailleurs, 900_000, Some(date(2026, 7, 1)));
    });
    let c = accueil(&t.membre()).await.chiffres;
    assert_eq!((c.annee, c.en_cours), (2026, 4));
    assert_eq!((c.accorde, c.regle, c.a_regler), (120_000, 30_000, 77_000));
}

#[tokio::test]
async fn unread_messages_are_the_latest_of_the_dossiers_still_seen() {
    let t = TestApp::new().await;
    let (dossier, gestionnaire, membre) = (t.monde().dossier_a1, t.monde().gestionnaire, t.monde().membre);
    t.semer(move |s| {
        for rang in 0..7 {
            s.message(dossier, gestionnaire, Cote::Gestionnaire, &format!("Message {rang} {}", "é".repeat(300)));
        }
        s.message(dossier, membre, Cote::Membre, "Réponse");
    });
    let client = t.membre();
    let messages = accueil(&client).await.messages;
    let debuts: Vec<&str> = messages.iter().map(|m| &m.extrait[..9]).collect();
    assert_eq!(debuts, ["Message 6", "Message 5", "Message 4", "Message 3", "Message 2"]);
    assert!(messages[0].extrait.chars().count() <= 200 && messages[0].non_lu);
    assert_eq!((messages[0].auteur.as_str(), messages[0].de_moi), ("Gaëlle Le Goff", false));
    assert_eq!(client.ok(&LireSession {}, &()).await.messages_non_lus, 7);
    assert_eq!(t.gestionnaire().ok(&LireSession {}, &()).await.messages_non_lus, 1);

    let etablissement = t.monde().etablissement_a1;
    t.semer(move |s| diesel::delete(rattachements::table.find((V(membre), V(etablissement)))).execute(s.conn).unwrap());
    assert!(accueil(&client).await.messages.is_empty());
    assert_eq!(client.ok(&LireSession {}, &()).await.messages_non_lus, 0);
}

#[tokio::test]
async fn contacts_and_news_are_those_of_the_company() {
    let t = TestApp::new().await;
    let (adherent, odile, gaelle) = (t.monde().adherent_a, t.monde().opco_admin, t.monde().gestionnaire);
    t.semer(move |s| {
        s.contact(adherent, odile, 1);
        s.contact(adherent, gaelle, 2);
        s.information("Fermeture du 24 décembre");
        s.le = "2027-01-01T00:00:00Z".parse().unwrap();
        s.information("Pas encore publiée");
    });
    let a = accueil(&t.lecteur()).await;
    let noms: Vec<&str> = a.contacts.iter().map(|c| c.nom.as_str()).collect();
    assert_eq!(noms, ["Gaëlle Le Goff", "Odile Perrin"]);
    assert_eq!(a.informations.iter().map(|i| i.titre.as_str()).collect::<Vec<_>>(), ["Fermeture du 24 décembre"]);
    let b = accueil(&t.autre_membre()).await;
    assert_eq!(b.contacts.iter().map(|c| c.nom.as_str()).collect::<Vec<_>>(), ["Hugo Marchand"]);
}
