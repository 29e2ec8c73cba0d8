use api_types::ProblemCode;
use api_types::documents::Document;
use api_types::endpoint::{DeposerDocument, LireDossier, ListerPieces};
use domain::document::{Format, Sens, Statut};
use domain::dossier::Etat;
use reqwest::multipart::Form;
use test_support::{NouveauDossier, TestApp};
use uuid::Uuid;

use super::{depose, deposer, fichier, formulaire, pdf, piece};

#[tokio::test]
async fn deposer_acknowledges_with_the_facts_of_the_file() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    let octets = pdf("un");
    let reponse = deposer(&membre, m.dossier_a1, autres, "Convention signée.pdf", octets.clone()).await;
    assert_eq!(reponse.code(), 201, "{}", reponse.texte());
    let d: Document = reponse.lire();
    assert_eq!(reponse.entete("location"), Some(format!("/api/v1/documents/{}", d.id).as_str()));
    assert_eq!(
        (d.nom.as_str(), d.format, d.taille, d.sens, d.statut, d.version),
        ("Convention signée.pdf", Format::Pdf, i64::try_from(octets.len()).unwrap(), Sens::Adherent, Statut::Recu, 1)
    );
    assert_eq!(d.depose_par, "Marc Guérin");
    assert_eq!(d.depose_le, t.maintenant());
    assert_eq!(d.annulable_jusqu_a, Some(t.maintenant() + jiff::SignedDuration::from_secs(60)));
    assert_eq!(d.transmis_le, None);
    assert!(d.recu.starts_with("D-20261123-"), "{}", d.recu);
    assert_eq!(d.sha256, crate::sha256(&octets));
    assert_eq!(piece(&membre, m.dossier_a1, autres).await.documents, vec![d.clone()]);
    assert_eq!(t.journal(d.id), ["document.deposer"]);
}

#[tokio::test]
async fn deposer_fills_the_category_and_the_dossier() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let lire = LireDossier { dossier_id: m.dossier_a1.uuid() };
    let avant = membre.ok(&lire, &()).await;
    depose(&membre, m.dossier_a1, m.piece("PLAN", "convention"), "c.pdf", pdf("c")).await;
    let apres = membre.ok(&lire, &()).await;
    assert_eq!(apres.pieces_dues, avant.pieces_dues);
    assert_eq!(apres.pieces_fournies, avant.pieces_fournies + 1);
    assert_eq!(apres.onglets.documents, 1);
}

#[tokio::test]
async fn deposer_tells_the_format_from_the_bytes_not_from_the_name() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    let d = depose(&membre, m.dossier_a1, autres, "photo.jpg", pdf("faux nom")).await;
    assert_eq!(d.format, Format::Pdf);
    for (nom, octets, code) in [
        ("vrai.pdf", b"<html><script>alert(1)</script></html>".to_vec(), ProblemCode::FormatRefuse),
        ("programme.pdf", b"MZ\x90\x00\x03".to_vec(), ProblemCode::FormatRefuse),
        ("vide.pdf", Vec::new(), ProblemCode::FichierVide),
        ("coupe.pdf", b"%PDF-1.7\n1 0 obj\n".to_vec(), ProblemCode::FichierTronque),
        ("texte.txt", b"bonjour".to_vec(), ProblemCode::FormatRefuse),
    ] {
        let probleme = deposer(&membre, m.dossier_a1, autres, nom, octets).await.probleme(code);
        assert!(probleme.detail.is_some_and(|d| !d.is_empty()), "{nom}");
    }
    assert_eq!(piece(&membre, m.dossier_a1, autres).await.documents.len(), 1);
}

#[tokio::test]
async fn deposer_refuses_a_format_that_the_category_does_not_accept() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    // Categories of the tests accept PDF, JPEG and PNG.
    let tiff = [b"II*\0\x08\0\0\0".as_slice(), &[0; 12]].concat();
    let r = deposer(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "plan.tiff", tiff).await;
    let detail = r.probleme(ProblemCode::FormatRefuse).detail.unwrap();
    assert!(detail.contains("TIFF") && detail.contains("PDF, JPEG, PNG"), "{detail}");
}

#[tokio::test]
async fn deposer_refuses_a_file_over_the_limit_and_still_answers() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let mut octets = b"%PDF-1.7\n".to_vec();
    octets.resize(10 * 1024 * 1024 + 1, b'x');
    let r = deposer(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "gros.pdf", octets).await;
    assert!(r.probleme(ProblemCode::TropVolumineux).detail.unwrap().contains("10 Mo"));
    let presents = membre.ok(&ListerPieces { dossier_id: m.dossier_a1.uuid() }, &()).await;
    assert!(presents.elements.iter().all(|p| p.documents.is_empty()));
}

#[tokio::test]
async fn deposer_takes_a_file_of_exactly_the_limit() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let mut octets = b"%PDF-1.7\n".to_vec();
    octets.resize(10 * 1024 * 1024 - 6, b'x');
    octets.extend_from_slice(b"\n%%EOF");
    let attendu = crate::sha256(&octets);
    let d = depose(&membre, m.dossier_a1, m.piece("PLAN", "autres"), "limite.pdf", octets).await;
    assert_eq!((d.taille, d.sha256), (10 * 1024 * 1024, attendu));
}

#[tokio::test]
async fn deposer_answers_a_duplicate_with_the_first_and_can_be_overridden() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    let premier = depose(&membre, m.dossier_a1, autres, "facture.pdf", pdf("f")).await;
    let r = deposer(&membre, m.dossier_a1, m.piece("PLAN", "convention"), "copie.pdf", pdf("f")).await;
    let probleme = r.probleme(ProblemCode::DocumentEnDouble);
    assert_eq!(probleme.document.map(|d| d.id), Some(premier.id));
    assert!(probleme.detail.unwrap().contains("facture.pdf"));
    let form = Form::new()
        .text("piece", autres.to_string())
        .text("doublon_accepte", "true")
        .part("fichier", fichier("copie.pdf", pdf("f")));
    let r = membre.multipart(&DeposerDocument { dossier_id: m.dossier_a1.uuid() }, form).await;
    assert_eq!(r.code(), 201, "{}", r.texte());
    // Another dossier is another matter.
    depose(&membre, m.dossier_a2, autres, "facture.pdf", pdf("f")).await;
}

#[tokio::test]
async fn deposer_refuses_more_documents_than_the_category_holds() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let programme = m.piece("PLAN", "programme");
    depose(&membre, m.dossier_a1, programme, "a.pdf", pdf("a")).await;
    let r = deposer(&membre, m.dossier_a1, programme, "b.pdf", pdf("b")).await;
    assert!(r.probleme(ProblemCode::PieceComplete).detail.unwrap().contains("1 document"));
}

#[tokio::test]
async fn concurrent_deposits_never_exceed_what_the_category_holds() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let convention = m.piece("PLAN", "convention");
    let envois = (0..8).map(|i| {
        let membre = membre.clone();
        let dossier = m.dossier_a1;
        tokio::spawn(async move { deposer(&membre, dossier, convention, "c.pdf", pdf(&i.to_string())).await.code() })
    });
    let mut codes = Vec::new();
    for envoi in envois.collect::<Vec<_>>() {
        codes.push(envoi.await.unwrap());
    }
    codes.sort_unstable();
    assert_eq!(codes, [201, 201, 409, 409, 409, 409, 409, 409]);
    assert_eq!(piece(&membre, m.dossier_a1, convention).await.documents.len(), 2);
    let dossier = membre.ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await;
    assert_eq!(dossier.pieces_fournies, 1);
}

#[tokio::test]
async fn deposer_refuses_a_malformed_form() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let op = DeposerDocument { dossier_id: m.dossier_a1.uuid() };
    let autres = m.piece("PLAN", "autres");
    let sans_piece = membre.multipart(&op, Form::new().part("fichier", fichier("a.pdf", pdf("a")))).await;
    assert_eq!(sans_piece.pointeurs(), ["/piece"]);
    let sans_fichier = membre.multipart(&op, Form::new().text("piece", autres.to_string())).await;
    assert_eq!(sans_fichier.pointeurs(), ["/fichier"]);
    let autre_dispositif = formulaire(m.piece("C PRO", "contrat"), "a.pdf", pdf("a"));
    assert_eq!(membre.multipart(&op, autre_dispositif).await.pointeurs(), ["/piece"]);
    let inconnue = formulaire(domain::ids::Id::new(Uuid::new_v4()), "a.pdf", pdf("a"));
    assert_eq!(membre.multipart(&op, inconnue).await.pointeurs(), ["/piece"]);
    let pas_un_uuid = Form::new().text("piece", "autres").part("fichier", fichier("a.pdf", pdf("a")));
    assert_eq!(membre.multipart(&op, pas_un_uuid).await.pointeurs(), ["/piece"]);
    let mauvais_champ = Form::new().text("piece", autres.to_string()).part("document", fichier("a.pdf", pdf("a")));
    assert_eq!(membre.multipart(&op, mauvais_champ).await.pointeurs(), ["/fichier"]);
    let champ_inconnu = Form::new().text("categorie", "x");
    membre.multipart(&op, champ_inconnu).await.probleme(ProblemCode::RequeteIllisible);
    let ambigu = Form::new().text("piece", autres.to_string()).text("doublon_accepte", "oui");
    assert_eq!(membre.multipart(&op, ambigu).await.pointeurs(), ["/doublon_accepte"]);
    let deux_fois = Form::new().text("piece", autres.to_string()).text("piece", autres.to_string());
    membre.multipart(&op, deux_fois).await.probleme(ProblemCode::RequeteIllisible);
    let json = membre.envoyer(membre.requete(&op, &()).json(&serde_json::json!({}))).await;
    json.probleme(ProblemCode::TypeDeCorpsRefuse);
    let coupe = membre.requete(&op, &()).header("content-type", "multipart/form-data; boundary=x").body("--x\r\nabc");
    membre.envoyer(coupe).await.probleme(ProblemCode::RequeteIllisible);
    let sans_bord = membre.requete(&op, &()).header("content-type", "multipart/form-data").body("abc");
    membre.envoyer(sans_bord).await.probleme(ProblemCode::RequeteIllisible);
}

/// Nothing of a form is lost without a word: what follows the file counts or is refused, and so is a form without its end.
#[tokio::test]
async fn deposer_reads_its_form_to_the_end() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let op = DeposerDocument { dossier_id: m.dossier_a1.uuid() };
    let autres = m.piece("PLAN", "autres");
    let complet = || formulaire(autres, "a.pdf", pdf("a"));
    let deux = membre.multipart(&op, complet().part("fichier", fichier("b.pdf", pdf("b")))).await;
    assert_eq!(deux.pointeurs(), ["/fichier"]);
    let apres = Form::new().part("fichier", fichier("a.pdf", pdf("a"))).text("piece", autres.to_string());
    assert_eq!(membre.multipart(&op, apres).await.pointeurs(), ["/piece"]);
    assert_eq!(membre.multipart(&op, complet().text("piece", autres.to_string())).await.pointeurs(), ["/piece"]);
    membre.multipart(&op, complet().text("zzz", "1")).await.probleme(ProblemCode::RequeteIllisible);
    let mut coupe = format!("--x\r\nContent-Disposition: form-data; name=\"piece\"\r\n\r\n{autres}\r\n").into_bytes();
    coupe.extend(b"--x\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"a.pdf\"\r\n\r\n");
    coupe.extend(pdf("a"));
    coupe.extend(b"\r\n--x\r\n");
    let requete = membre.requete(&op, &()).header("content-type", "multipart/form-data; boundary=x");
    membre.envoyer(requete.body(coupe)).await.probleme(ProblemCode::RequeteIllisible);
    assert!(piece(&membre, m.dossier_a1, autres).await.documents.is_empty());
    let depose: Document = membre.multipart(&op, complet().text("reference_externe", "APRES-9")).await.lire();
    assert_eq!(depose.reference_externe.as_deref(), Some("APRES-9"));
}

#[tokio::test]
async fn deposer_keeps_a_hostile_name_harmless() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    for (recu, garde) in [
        ("un %22nom%22%0D%0A.pdf", "un _nom_.pdf"),
        ("../../../etc/passwd", "passwd"),
        ("C:\\x\\con.pdf", "_con.pdf"),
        ("a\u{202e}fdp.exe", "afdp.exe"),
    ] {
        let d = depose(&membre, m.dossier_a1, autres, recu, pdf(recu)).await;
        assert_eq!(d.nom, garde);
    }
}

#[tokio::test]
async fn deposer_is_for_those_who_contribute() {
    let t = TestApp::new().await;
    let m = t.monde();
    let autres = m.piece("PLAN", "autres");
    let r = deposer(&t.lecteur(), m.dossier_a1, autres, "a.pdf", pdf("a")).await;
    r.probleme(ProblemCode::Interdit);
    deposer(&t.gestionnaire(), m.dossier_a1, autres, "a.pdf", pdf("a")).await.probleme(ProblemCode::Interdit);
    deposer(&t.anonyme(), m.dossier_a1, autres, "a.pdf", pdf("a")).await.probleme(ProblemCode::NonConnecte);
    let etranger = deposer(&t.autre_membre(), m.dossier_a1, autres, "a.pdf", pdf("a")).await;
    let inconnu = deposer(&t.autre_membre(), domain::ids::Id::new(Uuid::new_v4()), autres, "a.pdf", pdf("a")).await;
    etranger.probleme(ProblemCode::Absent);
    assert_eq!((etranger.code(), etranger.corps), (inconnu.code(), inconnu.corps));
}

#[tokio::test]
async fn a_refusal_reaches_a_client_that_is_still_sending() {
    let t = TestApp::new().await;
    let m = t.monde();
    let gros = vec![b'x'; 8 * 1024 * 1024];
    deposer(&t.anonyme(), m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", gros.clone())
        .await
        .probleme(ProblemCode::NonConnecte);
    deposer(&t.lecteur(), m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", gros).await.probleme(ProblemCode::Interdit);
}

#[tokio::test]
async fn a_closed_dossier_takes_nothing_more() {
    let t = TestApp::new().await;
    let m = t.monde().clone();
    let (a1, gestionnaire) = ((m.adherent_a, m.etablissement_a1), m.gestionnaire);
    let clos = t.semer(move |s| {
        let d =
            NouveauDossier { etat: Etat::Cloture, ..NouveauDossier::new("1820000099.01", "1403499", a1, gestionnaire) };
        s.dossier(d)
    });
    let r = deposer(&t.membre(), clos, m.piece("PLAN", "autres"), "a.pdf", pdf("a")).await;
    r.probleme(ProblemCode::EtatIncompatible);
    let pieces = t.membre().ok(&ListerPieces { dossier_id: clos.uuid() }, &()).await;
    assert!(!pieces.peut_deposer);
}

#[tokio::test]
async fn a_refused_file_leaves_nothing_in_the_vault() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    depose(&membre, m.dossier_a1, autres, "a.pdf", pdf("a")).await;
    deposer(&membre, m.dossier_a1, autres, "b.pdf", pdf("a")).await.probleme(ProblemCode::DocumentEnDouble);
    deposer(&membre, m.dossier_a1, autres, "c.txt", b"texte".to_vec()).await.probleme(ProblemCode::FormatRefuse);
    assert_eq!(t.blobs(), 1);
}
