use api_types::endpoint::{AnnulerDepot, TelechargerDocument};
use api_types::{Problem, ProblemCode};
use db::schema::{documents, messages};
use diesel::prelude::*;
use domain::acteur::Cote;
use test_support::TestApp;

use super::{envoyer, essayer, fil, formulaire, pdf};

#[tokio::test]
async fn a_member_and_the_gestionnaire_write_to_each_other() {
    let t = TestApp::new().await;
    let dossier = t.monde().dossier_a1;
    let (membre, gestionnaire) = (t.membre(), t.gestionnaire());
    let question = envoyer(&membre, dossier, "  Bonjour,\r\nla facture suit.  ").await;
    assert_eq!(question.corps, "Bonjour,\nla facture suit.");
    assert_eq!((question.auteur.as_str(), question.auteur_cote, question.de_moi), ("Marc Guérin", Cote::Membre, true));
    envoyer(&gestionnaire, dossier, "Bien reçu.").await;
    let lus: Vec<_> =
        fil(&gestionnaire, dossier).await.into_iter().map(|m| (m.corps, m.auteur, m.de_moi, m.non_lu)).collect();
    assert_eq!(
        lus,
        [
            ("Bien reçu.".to_owned(), "Gaëlle Le Goff".to_owned(), true, false),
            ("Bonjour,\nla facture suit.".to_owned(), "Marc Guérin".to_owned(), false, true),
        ]
    );
    assert_eq!(t.journal(question.id), ["message.ecrire"]);
    assert!(t.courriels().iter().all(|c| c.sujet == "Nouveau message, dossier 1819006292.01"));
    let avis: Vec<String> = t.courriels().into_iter().map(|c| c.destinataire).collect();
    assert_eq!(avis[0], "gaelle@opco.example");
    let mut membres = avis[1..].to_vec();
    membres.sort();
    assert_eq!(membres, ["lea@bati-rives.example", "marc@bati-rives.example", "nadia@bati-rives.example"]);
    assert!(t.courriels().iter().all(|c| !c.corps.as_deref().unwrap_or_default().contains("facture")));
    t.travailler().await;
}

#[tokio::test]
async fn only_who_contributes_on_a_visible_dossier_writes() {
    let t = TestApp::new().await;
    let m = t.monde();
    for (client, dossier, code) in [
        (t.anonyme(), m.dossier_a1, ProblemCode::NonConnecte),
        (t.lecteur(), m.dossier_a1, ProblemCode::Interdit),
        (t.lecteur(), m.dossier_a2, ProblemCode::Absent),
        (t.autre_membre(), m.dossier_a1, ProblemCode::Absent),
        (t.autre_gestionnaire(), m.dossier_a1, ProblemCode::Absent),
        (t.opco_admin(), m.dossier_a1, ProblemCode::Interdit),
    ] {
        essayer(&client, dossier, formulaire("Bonjour", &[])).await.probleme(code);
    }
    assert_eq!(t.lire(|c| messages::table.count().get_result::<i64>(c)), 0);
}

#[tokio::test]
async fn a_text_that_is_empty_or_too_long_is_refused_at_its_field() {
    let t = TestApp::new().await;
    let dossier = t.monde().dossier_a1;
    let fichier = reqwest::multipart::Part::bytes(pdf("a")).file_name("a.pdf");
    let fichier_avant = reqwest::multipart::Form::new().part("fichier", fichier).text("corps", "Après");
    let vide = formulaire(" \n ", &[("a.pdf", pdf("a"))]);
    for form in [vide, formulaire(&"é".repeat(10_001), &[]), fichier_avant] {
        assert_eq!(essayer(&t.membre(), dossier, form).await.pointeurs(), ["/corps"]);
    }
    // What does not show is no text.
    for invisible in ["\0", "\0\u{7}\u{1b} \r\n", "\u{200b}\u{feff}"] {
        let refus: Problem = essayer(&t.membre(), dossier, formulaire(invisible, &[])).await.lire();
        assert_eq!((refus.status, refus.errors.len(), refus.errors[0].pointer.as_str()), (422, 1, "/corps"));
        assert_eq!(refus.errors[0].detail, "Le message est vide. Écrivez quelques mots, avant les fichiers.");
    }
    assert_eq!(envoyer(&t.membre(), dossier, "Bon\0jour\u{7}\tà vous").await.corps, "Bonjour\tà vous");
    envoyer(&t.membre(), dossier, &"é".repeat(10_000)).await;
    t.travailler().await;
}

#[tokio::test]
async fn attachments_reach_the_other_side_once_transmitted() {
    let t = TestApp::new().await;
    let dossier = t.monde().dossier_a1;
    let (membre, gestionnaire) = (t.membre(), t.gestionnaire());
    let form = formulaire("Voici.", &[("Facture été.pdf", pdf("facture")), ("../plan.pdf", pdf("plan"))]);
    let message: api_types::messages::Message = essayer(&membre, dossier, form).await.lire();
    let noms = |m: &api_types::messages::Message| m.pieces_jointes.iter().map(|p| p.nom.clone()).collect::<Vec<_>>();
    assert_eq!(noms(&message), ["Facture été.pdf", "plan.pdf"]);
    assert!(noms(&fil(&gestionnaire, dossier).await[0]).is_empty());
    assert_eq!(noms(&fil(&membre, dossier).await[0]), ["Facture été.pdf", "plan.pdf"]);
    let piece = TelechargerDocument { document_id: message.pieces_jointes[0].document_id };
    gestionnaire.call(&piece, &()).await.probleme(ProblemCode::Absent);

    t.travailler().await;
    assert_eq!(noms(&fil(&gestionnaire, dossier).await[0]), ["Facture été.pdf", "plan.pdf"]);
    assert_eq!(gestionnaire.call(&piece, &()).await.corps, pdf("facture"));
    t.autre_membre().call(&piece, &()).await.probleme(ProblemCode::Absent);
    // The message told it: no second one is written about its files.
    assert_eq!(fil(&gestionnaire, dossier).await.len(), 1);
}

#[tokio::test]
async fn an_attachment_of_the_gestionnaire_writes_no_automatic_message() {
    let t = TestApp::new().await;
    let dossier = t.monde().dossier_a1;
    essayer(&t.gestionnaire(), dossier, formulaire("Voici.", &[("accord.pdf", pdf("accord"))])).await;
    t.travailler().await;
    let lus = fil(&t.membre(), dossier).await;
    assert_eq!((lus.len(), lus[0].pieces_jointes.len()), (1, 1));
}

#[tokio::test]
async fn an_attachment_is_not_taken_back_from_its_message() {
    let t = TestApp::new().await;
    let dossier = t.monde().dossier_a1;
    let form = formulaire("Voici.", &[("a.pdf", pdf("a"))]);
    let message: api_types::messages::Message = essayer(&t.membre(), dossier, form).await.lire();
    let document_id = message.pieces_jointes[0].document_id;
    t.membre().call(&AnnulerDepot { document_id }, &()).await.probleme(ProblemCode::AnnulationTropTardive);
    t.travailler().await;
}

#[tokio::test]
async fn a_refused_file_leaves_no_message_and_no_file() {
    let t = TestApp::new().await;
    let dossier = t.monde().dossier_a1;
    let bon = || ("bon.pdf", pdf("bon"));
    for (mauvais, code) in [
        (("script.exe", b"MZ\x90\0programme".to_vec()), ProblemCode::FormatRefuse),
        (("vide.pdf", Vec::new()), ProblemCode::FichierVide),
        (("coupe.pdf", b"%PDF-1.7\n".to_vec()), ProblemCode::FichierTronque),
        (("gros.pdf", vec![b'%'; 20 * 1024 * 1024 + 1]), ProblemCode::TropVolumineux),
    ] {
        essayer(&t.membre(), dossier, formulaire("Voici.", &[bon(), mauvais, bon()])).await.probleme(code);
    }
    let onze: Vec<_> = (0..11).map(|_| bon()).collect();
    assert_eq!(essayer(&t.membre(), dossier, formulaire("Voici.", &onze)).await.pointeurs(), ["/fichier"]);
    assert_eq!(t.lire(|c| messages::table.count().get_result::<i64>(c)), 0);
    // What was sealed before the refusal is looked for in the vault when the test ends.
    assert_eq!(t.lire(|c| documents::table.count().get_result::<i64>(c)), 0);
    let dix = essayer(&t.membre(), dossier, formulaire("Voici.", &onze[..10])).await;
    assert_eq!(dix.lire::<api_types::messages::Message>().pieces_jointes.len(), 10);
    t.travailler().await;
}
