use api_types::ProblemCode;
use api_types::documents::{DemandePiece, Document, Examen};
use api_types::endpoint::{
    DemanderPiece, ExaminerDocument, LireAccueil, LireDocument, LireDossier, LireFil, ListerPieces, RemplacerDocument,
};
use api_types::messages::{Nature, PageFil};
use domain::document::Verdict;
use domain::dossier::Attente;
use jiff::civil::date;
use reqwest::multipart::Form;
use test_support::{Client, Reponse, TestApp};

use super::{depose, fichier, pdf, piece};

#[tokio::test]
async fn examiner_judges_a_document_and_the_category_follows() {
    let t = TestApp::new().await;
    let m = t.monde();
    let convention = m.piece("PLAN", "convention");
    let d = depose(&t.membre(), m.dossier_a1, convention, "a.pdf", pdf("a")).await;
    let op = ExaminerDocument { document_id: d.id };
    let refus = Examen { verdict: Verdict::ACompleter, motif: Some("Il manque la signature.".into()), avant: None };
    examiner(&t.gestionnaire(), &op, &refus).await.probleme(ProblemCode::Absent);
    t.avancer(60);
    t.travailler().await;
    let sans_motif = Examen { verdict: Verdict::Refusee, motif: None, avant: None };
    assert_eq!(examiner(&t.gestionnaire(), &op, &sans_motif).await.pointeurs(), ["/motif"]);
    assert_eq!(examiner(&t.gestionnaire(), &op, &refus).await.code(), 200);
    let vue = piece(&t.membre(), m.dossier_a1, convention).await;
    assert!(!vue.fournie);
    assert_eq!(vue.documents[0].motif.as_deref(), Some("Il manque la signature."));
    let acceptee = Examen { verdict: Verdict::Acceptee, motif: None, avant: None };
    assert_eq!(examiner(&t.gestionnaire(), &op, &acceptee).await.code(), 200);
    assert!(piece(&t.membre(), m.dossier_a1, convention).await.fournie);
    examiner(&t.membre(), &op, &refus).await.probleme(ProblemCode::Interdit);
    examiner(&t.opco_admin(), &op, &refus).await.probleme(ProblemCode::Interdit);
}

/// Judges a document, whatever its version.
async fn examiner(client: &Client, op: &ExaminerDocument, examen: &Examen) -> Reponse {
    client.envoyer(client.requete(op, examen).header("if-match", "*")).await
}

#[tokio::test]
async fn two_judgements_of_one_version_do_not_overwrite_each_other() {
    let t = TestApp::new().await;
    let (m, gestionnaire) = (t.monde(), t.gestionnaire());
    let id = depose(&t.membre(), m.dossier_a1, m.piece("PLAN", "convention"), "a.pdf", pdf("a")).await.id;
    t.avancer(60);
    t.travailler().await;
    let lire = LireDocument { document_id: id };
    let lu = gestionnaire.call(&lire, &()).await;
    let (etag, document) = (lu.entete("etag").unwrap().to_owned(), lu.lire::<Document>());
    assert_eq!(etag, document.etag);
    let op = ExaminerDocument { document_id: id };
    let acceptee = Examen { verdict: Verdict::Acceptee, motif: None, avant: None };
    gestionnaire.call(&op, &acceptee).await.probleme(ProblemCode::PreconditionManquante);
    let juger =
        async |examen: &Examen| gestionnaire.envoyer(gestionnaire.requete(&op, examen).header("if-match", &etag)).await;
    let premier = juger(&acceptee).await;
    assert_eq!(premier.code(), 200);
    let second = juger(&Examen { verdict: Verdict::Refusee, motif: Some("Illisible.".into()), avant: None }).await;
    second.probleme(ProblemCode::VersionPerimee);
    let present = gestionnaire.call(&lire, &()).await;
    assert_eq!(present.lire::<Document>().verdict, Verdict::Acceptee);
    assert_eq!(present.entete("etag"), premier.entete("etag"));
}

#[tokio::test]
async fn demander_piece_makes_a_category_due_with_its_day_and_reason() {
    let t = TestApp::new().await;
    let m = t.monde();
    let identite = m.piece("PLAN", "identite");
    let lister = ListerPieces { dossier_id: m.dossier_a1.uuid() };
    let avant = t.membre().ok(&lister, &()).await;
    assert!(
        avant.elements.iter().all(|p| p.id != identite.uuid()),
        "a category on request shows before it is asked for"
    );
    let op = DemanderPiece { dossier_id: m.dossier_a1.uuid() };
    let demande =
        DemandePiece { piece_id: identite.uuid(), motif: "Le nom diffère.".into(), avant: Some(date(2026, 12, 2)) };
    assert_eq!(t.gestionnaire().call(&op, &demande).await.code(), 204);
    let vue = piece(&t.membre(), m.dossier_a1, identite).await;
    assert!(vue.due && !vue.fournie);
    assert_eq!(vue.echeance, Some(date(2026, 12, 2)));
    let detail = vue.demande.unwrap();
    assert_eq!((detail.par.as_str(), detail.motif.as_str()), ("Gaëlle Le Goff", "Le nom diffère."));
    let dossier = t.membre().ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await;
    assert_eq!(dossier.echeance.map(|e| e <= date(2026, 12, 2)), Some(true));
    let vide = DemandePiece { motif: "  ".into(), ..demande.clone() };
    assert_eq!(t.gestionnaire().call(&op, &vide).await.pointeurs(), ["/motif"]);
    let ailleurs = DemandePiece { piece_id: m.piece("C PRO", "contrat").uuid(), ..demande.clone() };
    assert_eq!(t.gestionnaire().call(&op, &ailleurs).await.pointeurs(), ["/piece_id"]);
    t.membre().call(&op, &demande).await.probleme(ProblemCode::Interdit);
    t.autre_gestionnaire().call(&op, &demande).await.probleme(ProblemCode::Absent);
}

#[tokio::test]
async fn what_is_asked_of_the_member_is_told_by_a_message() {
    let t = TestApp::new().await;
    let (m, membre, gestionnaire) = (t.monde(), t.membre(), t.gestionnaire());
    let dossier_id = m.dossier_a1.uuid();
    let d = depose(&membre, m.dossier_a1, m.piece("PLAN", "convention"), "a.pdf", pdf("a")).await;
    t.avancer(60);
    t.travailler().await;
    let op = ExaminerDocument { document_id: d.id };
    let juger = async |verdict, motif: Option<&str>| {
        let examen = Examen { verdict, motif: motif.map(str::to_owned), avant: None };
        assert_eq!(examiner(&gestionnaire, &op, &examen).await.code(), 200);
    };
    juger(Verdict::ACompleter, Some("Il manque la signature.")).await;
    // Said twice, told once.
    juger(Verdict::ACompleter, Some("Il manque la signature.")).await;
    juger(Verdict::Refusee, Some("Illisible.")).await;
    juger(Verdict::Acceptee, None).await;
    juger(Verdict::AExaminer, None).await;
    let identite = m.piece("PLAN", "identite").uuid();
    let demande = DemandePiece { piece_id: identite, motif: "Le nom diffère.".into(), avant: Some(date(2026, 12, 2)) };
    for _ in 0..2 {
        assert_eq!(gestionnaire.call(&DemanderPiece { dossier_id }, &demande).await.code(), 204);
    }
    let fil = membre.ok(&LireFil { dossier_id, query: PageFil::default() }, &()).await;
    let textes: Vec<_> = fil.elements.iter().rev().map(|m| (m.nature, m.corps.as_str(), m.non_lu)).collect();
    assert_eq!(
        textes,
        [
            "Constructys demande de corriger « a.pdf » : Il manque la signature.",
            "Constructys a refusé le document « a.pdf » : Illisible.",
            "Constructys n’attend plus de correction du document « a.pdf ».",
            "Constructys demande la pièce «\u{a0}Pièce d’identité\u{a0}», au plus tard le 02/12/2026\u{a0}: Le nom diffère.",
        ]
        .map(|texte| (Nature::Automatique, texte, true))
    );
    // The members of the établissement are written to; the mail says neither what is asked nor any name.
    let avis: Vec<_> = t.courriels().into_iter().filter(|c| c.destinataire == "marc@bati-rives.example").collect();
    // Its subject says what happened, and on which dossier.
    let sujets: Vec<_> = avis.iter().map(|c| c.sujet.as_str()).collect();
    let [examine, demandee] = ["Document examiné", "Pièce demandée"].map(|s| format!("{s}, dossier 1819006292.01"));
    assert_eq!(sujets, [&examine, &examine, &examine, &demandee]);
    assert!(avis.iter().all(|c| c.corps.as_deref().is_some_and(|c| !c.contains("signature"))));
}

#[tokio::test]
async fn demander_piece_wants_a_day_to_come() {
    let t = TestApp::new().await;
    let m = t.monde();
    let op = DemanderPiece { dossier_id: m.dossier_a1.uuid() };
    let aujourd_hui = t.maintenant().to_zoned(jiff::tz::TimeZone::get("Europe/Paris").unwrap()).date();
    let piece_id = m.piece("PLAN", "identite").uuid();
    let avant = |jour| DemandePiece { piece_id, motif: "Le nom diffère.".into(), avant: Some(jour) };
    let hier = avant(aujourd_hui.yesterday().unwrap());
    let loin = avant(date(9999, 12, 31));
    for jour in [hier, loin] {
        assert_eq!(t.gestionnaire().call(&op, &jour).await.pointeurs(), ["/avant"]);
    }
    assert_eq!(t.gestionnaire().call(&op, &avant(aujourd_hui)).await.code(), 204);
}

#[tokio::test]
async fn an_attachment_of_a_message_is_not_judged() {
    let t = TestApp::new().await;
    let m = t.monde();
    let form = crate::messages::formulaire("Voici.", &[("a.pdf", pdf("a"))]);
    let message: api_types::messages::Message = crate::messages::essayer(&t.membre(), m.dossier_a1, form).await.lire();
    t.travailler().await;
    let document_id = message.pieces_jointes[0].document_id;
    let examen = Examen { verdict: Verdict::Acceptee, motif: None, avant: None };
    let op = ExaminerDocument { document_id };
    examiner(&t.gestionnaire(), &op, &examen).await.probleme(ProblemCode::EtatIncompatible);
    let lu = t.gestionnaire().ok(&LireDocument { document_id }, &()).await;
    assert_eq!(lu.verdict, Verdict::AExaminer);
}

/// What is asked for, or is to be put right, is awaited from the member until something comes, whatever is there already.
#[tokio::test]
async fn what_the_gestionnaire_wants_is_awaited_until_it_comes() {
    let t = TestApp::new().await;
    let (m, membre, gestionnaire) = (t.monde(), t.membre(), t.gestionnaire());
    let (dossier_id, programme, autres) =
        (m.dossier_a1.uuid(), m.piece("PLAN", "programme"), m.piece("PLAN", "autres"));
    let accepte = depose(&membre, m.dossier_a1, programme, "a.pdf", pdf("a")).await;
    let libre = depose(&membre, m.dossier_a1, autres, "b.pdf", pdf("b")).await;
    t.avancer(60);
    t.travailler().await;
    let etat = async |id| {
        let vue = piece(&membre, m.dossier_a1, id).await;
        (vue.due, vue.fournie)
    };
    let manquantes = async || {
        let d = membre.ok(&LireDossier { dossier_id }, &()).await;
        (d.pieces_dues - d.pieces_fournies, d.attente)
    };
    let (avant, _) = manquantes().await;
    let demande = DemandePiece { piece_id: programme.uuid(), motif: "Le programme signé.".into(), avant: None };
    assert_eq!((etat(programme).await.1, etat(autres).await), (true, (false, true)));
    let acceptee = Examen { verdict: Verdict::Acceptee, motif: None, avant: None };
    let op = ExaminerDocument { document_id: accepte.id };
    assert_eq!(examiner(&gestionnaire, &op, &acceptee).await.code(), 200);
    gestionnaire.ok(&DemanderPiece { dossier_id }, &demande).await;
    assert_eq!(etat(programme).await, (true, false));
    let corriger = Examen { verdict: Verdict::ACompleter, motif: Some("Illisible.".into()), avant: None };
    let op = ExaminerDocument { document_id: libre.id };
    assert_eq!(examiner(&gestionnaire, &op, &corriger).await.code(), 200);
    assert_eq!(etat(autres).await, (true, false));
    assert_eq!(manquantes().await, (avant + 2, Attente::Adherent));
    let accueil = membre.ok(&LireAccueil {}, &()).await;
    let attendues =
        |id: uuid::Uuid| accueil.a_faire.iter().filter(|a| (a.dossier_id, a.piece_id) == (dossier_id, id)).count();
    assert_eq!((attendues(programme.uuid()), attendues(autres.uuid())), (1, 1));
    t.avancer(1);
    // The category holds one document, which was accepted: what is asked for takes its place.
    let remplacer = membre.requete(&RemplacerDocument { document_id: accepte.id }, &()).header("if-match", "*");
    let remplace = membre.envoyer(remplacer.multipart(Form::new().part("fichier", fichier("c.pdf", pdf("c"))))).await;
    assert_eq!(remplace.code(), 201, "{}", remplace.texte());
    depose(&membre, m.dossier_a1, autres, "d.pdf", pdf("d")).await;
    assert_eq!((etat(programme).await, etat(autres).await), ((true, true), (true, true)));
    assert_eq!(manquantes().await.0, avant);
}
