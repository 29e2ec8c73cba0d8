//! The antivirus: a real clamd, with one signature of our own.

use std::io::Write as _;

use api_types::ProblemCode;
use api_types::endpoint::{
    LireDocument, LireDossier, ListerVersions, RemplacerDocument, TelechargerDocument, TelechargerDocuments,
};
use api_types::messages::Message;
use domain::document::Statut;
use domain::ids::Id;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use reqwest::multipart::Form;
use test_support::{Options, Relais, TestApp};

use super::{du, gros_pdf};
use crate::documents::{depose, depose_opco, fichier, pdf, piece};
use crate::messages::{essayer, fil, formulaire};

/// EICAR's test file, put together here: no file of ours is to be taken for it.
fn eicar() -> String {
    ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS", "-TEST-FILE!$H+H*"].concat()
}

fn pdf_infecte(sel: &str) -> Vec<u8> {
    format!("%PDF-1.7\n% {sel}\n1 0 obj\n<< >>\nstream\n{}\nendstream\n%%EOF\n", eicar()).into_bytes()
}

/// A Word document with a compressed part: a scanner must open it to read `texte`.
fn docx(texte: &str) -> Vec<u8> {
    // Short texts are stored as they are: this much of the same letter makes them worth compressing.
    let objet = format!("{}{texte}", "a".repeat(4096));
    let parties = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("word/document.xml", "<w:document/>"),
        ("word/embeddings/objet.bin", objet.as_str()),
    ];
    let (mut zip, mut repertoire) = (Vec::new(), Vec::new());
    let n16 = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
    let n32 = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    for (nom, contenu) in parties {
        let mut compresse = DeflateEncoder::new(Vec::new(), Compression::best());
        compresse.write_all(contenu.as_bytes()).unwrap();
        let (compresse, mut crc) = (compresse.finish().unwrap(), flate2::Crc::new());
        crc.update(contenu.as_bytes());
        // Version, flags, method 8 (deflate), time, date, then sizes: the same in both headers.
        let commun = [
            &[20, 0, 0, 0, 8, 0, 0, 0, 33, 0][..],
            &crc.sum().to_le_bytes(),
            &n32(compresse.len()),
            &n32(contenu.len()),
            &n16(nom.len()),
            &n16(0),
        ]
        .concat();
        repertoire.push([b"PK\x01\x02\x14\0", &commun[..], &[0; 10], &n32(zip.len()), nom.as_bytes()].concat());
        zip.extend([b"PK\x03\x04", &commun[..], nom.as_bytes(), &compresse].concat());
    }
    let (nombre, debut, repertoire) = (n16(parties.len()), n32(zip.len()), repertoire.concat());
    let fin = [b"PK\x05\x06\0\0\0\0", &nombre[..], &nombre, &n32(repertoire.len()), &debut, &[0, 0]].concat();
    [zip, repertoire, fin].concat()
}

async fn sur_un_relais() -> (TestApp, Relais) {
    let relais = Relais::vers(&du("TEST_CLAMD"));
    let t = TestApp::avec(Options { antivirus: Some(relais.adresse()), ..Options::default() }).await;
    (t, relais)
}

#[tokio::test]
async fn a_clean_document_is_transmitted() {
    let (t, _relais) = sur_un_relais().await;
    let m = t.monde();
    let d = depose(&t.membre(), m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", pdf("sain")).await;
    let word = depose_opco(&t.gestionnaire(), m.dossier_a1, "accord.docx", docx("sain")).await;
    t.avancer(60);
    t.travailler().await;
    let lu = t.gestionnaire().ok(&LireDocument { document_id: d.id }, &()).await;
    assert_eq!((lu.statut, lu.transmis_le), (Statut::Transmis, Some(t.maintenant())));
    assert_eq!(t.membre().ok(&LireDocument { document_id: word.id }, &()).await.statut, Statut::Transmis);
    assert!(t.courriels().iter().all(|c| !c.sujet.starts_with("Un fichier n’a pas été transmis")));
}

#[tokio::test]
async fn an_infected_document_is_shown_to_nobody_and_its_depositor_is_told() {
    let (t, _relais) = sur_un_relais().await;
    let (m, membre, gestionnaire) = (t.monde(), t.membre(), t.gestionnaire());
    let autres = m.piece("PLAN", "convention");
    let d = depose(&membre, m.dossier_a1, autres, "facture.pdf", pdf_infecte("seul")).await;
    t.avancer(60);
    t.travailler().await;

    // To the depositor's side: what it is, and never its bytes.
    let vue = piece(&membre, m.dossier_a1, autres).await;
    assert!(!vue.fournie);
    assert_eq!(vue.documents.iter().map(|d| d.statut).collect::<Vec<_>>(), [Statut::Infecte]);
    membre.call(&TelechargerDocument { document_id: d.id }, &()).await.probleme(ProblemCode::EtatIncompatible);
    // To the other side: nothing.
    assert!(piece(&gestionnaire, m.dossier_a1, autres).await.documents.is_empty());
    gestionnaire.call(&LireDocument { document_id: d.id }, &()).await.probleme(ProblemCode::Absent);
    gestionnaire.call(&TelechargerDocument { document_id: d.id }, &()).await.probleme(ProblemCode::Absent);
    let dossier = gestionnaire.ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await;
    assert_eq!(dossier.a_traiter, 0);
    // In no archive, of either side.
    for client in [&membre, &gestionnaire] {
        let r = client.call(&TelechargerDocuments { dossier_id: m.dossier_a1.uuid() }, &()).await;
        assert!(crate::zip::entrees(&r.corps).await.is_empty());
    }
    // By mail to the depositor alone, and without the file's name.
    let courriels = t.courriels();
    assert_eq!(courriels.iter().map(|c| c.destinataire.as_str()).collect::<Vec<_>>(), ["marc@bati-rives.example"]);
    let lettre = &t.lettres()[0];
    assert!(lettre.contains("/egestion/dossiers/") && !lettre.contains("facture"), "{lettre}");
    assert_eq!(t.journal(d.id), ["document.deposer", "document.transmettre"]);
}

#[tokio::test]
async fn an_infection_inside_an_office_file_is_found() {
    let (t, _relais) = sur_un_relais().await;
    let m = t.monde();
    let octets = docx(&eicar());
    assert!(!octets.windows(12).any(|o| o == b"EICAR-STANDA"), "the part is compressed");
    let d = depose_opco(&t.gestionnaire(), m.dossier_a1, "accord.docx", octets).await;
    t.avancer(60);
    t.travailler().await;
    assert_eq!(t.gestionnaire().ok(&LireDocument { document_id: d.id }, &()).await.statut, Statut::Infecte);
    t.membre().call(&LireDocument { document_id: d.id }, &()).await.probleme(ProblemCode::Absent);
    let avertis: Vec<String> = t.courriels().into_iter().map(|c| c.destinataire).collect();
    assert_eq!(avertis, ["gaelle@opco.example"], "the members are not told of a document they do not have");
}

#[tokio::test]
async fn an_infected_attachment_stays_with_its_author() {
    let (t, _relais) = sur_un_relais().await;
    let (dossier, membre, gestionnaire) = (t.monde().dossier_a1, t.membre(), t.gestionnaire());
    let form = formulaire("Voici.", &[("a.pdf", pdf("sain")), ("b.pdf", pdf_infecte("joint"))]);
    let message: Message = essayer(&membre, dossier, form).await.lire();
    t.travailler().await;
    let joints = |m: &Message| m.pieces_jointes.iter().map(|p| (p.nom.clone(), p.statut)).collect::<Vec<_>>();
    assert_eq!(joints(&fil(&gestionnaire, dossier).await[0]), [("a.pdf".to_owned(), Statut::Transmis)]);
    assert_eq!(
        joints(&fil(&membre, dossier).await[0]),
        [("a.pdf".to_owned(), Statut::Transmis), ("b.pdf".to_owned(), Statut::Infecte)]
    );
    let op = TelechargerDocument { document_id: message.pieces_jointes[1].document_id };
    membre.call(&op, &()).await.probleme(ProblemCode::EtatIncompatible);
    gestionnaire.call(&op, &()).await.probleme(ProblemCode::Absent);
    assert!(t.courriels().iter().any(|c| c.sujet == "Un fichier n’a pas été transmis, dossier 1819006292.01"));
}

#[tokio::test]
async fn an_infected_version_gives_its_place_back_to_the_one_before() {
    let (t, _relais) = sur_un_relais().await;
    let (m, membre, gestionnaire) = (t.monde(), t.membre(), t.gestionnaire());
    let convention = m.piece("PLAN", "convention");
    let v1 = depose(&membre, m.dossier_a1, convention, "a.pdf", pdf("v1")).await;
    t.avancer(60);
    t.travailler().await;
    let remplacer = async |octets: Vec<u8>, id| {
        let form = Form::new().part("fichier", fichier("b.pdf", octets));
        let requete = membre.requete(&RemplacerDocument { document_id: id }, &()).header("if-match", "*");
        let r = membre.envoyer(requete.multipart(form)).await;
        assert_eq!(r.code(), 201, "{}", r.texte());
        r.lire::<api_types::documents::Document>()
    };
    let v2 = remplacer(pdf_infecte("v2"), v1.id).await;
    t.avancer(60);
    t.travailler().await;
    let vus = async |client| piece(client, m.dossier_a1, convention).await.documents.iter().map(|d| d.id).collect();
    let (a_l_opco, chez_soi): (Vec<_>, Vec<_>) = (vus(&gestionnaire).await, vus(&membre).await);
    assert_eq!((a_l_opco, chez_soi), (vec![v1.id], vec![v1.id, v2.id]));
    assert!(piece(&membre, m.dossier_a1, convention).await.fournie);
    // A clean version takes the place of both.
    let v3 = remplacer(pdf("v3"), v2.id).await;
    t.avancer(60);
    t.travailler().await;
    let (a_l_opco, chez_soi): (Vec<_>, Vec<_>) = (vus(&gestionnaire).await, vus(&membre).await);
    assert_eq!((a_l_opco, chez_soi), (vec![v3.id], vec![v3.id]));
    let versions = gestionnaire.ok(&ListerVersions { document_id: v3.id }, &()).await.elements;
    assert_eq!(versions.iter().map(|d| d.version).collect::<Vec<_>>(), [3, 1]);
}

#[tokio::test]
async fn what_replaces_an_infected_document_needs_a_place() {
    let (t, _relais) = sur_un_relais().await;
    let (m, membre) = (t.monde(), t.membre());
    let programme = m.piece("PLAN", "programme");
    let infecte = depose(&membre, m.dossier_a1, programme, "a.pdf", pdf_infecte("programme")).await;
    t.avancer(60);
    t.travailler().await;
    let sain = depose(&membre, m.dossier_a1, programme, "b.pdf", pdf("programme")).await;
    let remplacer = async |octets: Vec<u8>, id| {
        let form = Form::new().part("fichier", fichier("c.pdf", octets));
        let requete = membre.requete(&RemplacerDocument { document_id: id }, &()).header("if-match", "*");
        membre.envoyer(requete.multipart(form)).await
    };
    remplacer(pdf("trop"), infecte.id).await.probleme(ProblemCode::PieceComplete);
    assert_eq!(remplacer(pdf("autre programme"), sain.id).await.code(), 201);
}

#[tokio::test]
async fn an_antivirus_that_is_down_holds_documents_and_transmits_them_once_it_is_back() {
    let (t, relais) = sur_un_relais().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = m.piece("PLAN", "autres");
    relais.couper();
    let sain = depose(&membre, m.dossier_a1, autres, "a.pdf", pdf("attend")).await;
    let infecte = depose(&membre, m.dossier_a1, autres, "b.pdf", pdf_infecte("attend")).await;
    // Far longer than any number of attempts: a week-end, and the night that follows.
    for _ in 0..80 {
        t.avancer(3600);
        t.travailler().await;
    }
    // The sessions have ended meanwhile.
    let (membre, gestionnaire) = (t.membre(), t.gestionnaire());
    for id in [sain.id, infecte.id] {
        assert_eq!(membre.ok(&LireDocument { document_id: id }, &()).await.statut, Statut::Recu);
        gestionnaire.call(&LireDocument { document_id: id }, &()).await.probleme(ProblemCode::Absent);
    }
    relais.retablir();
    t.avancer(300);
    t.travailler().await;
    assert_eq!(gestionnaire.ok(&LireDocument { document_id: sain.id }, &()).await.statut, Statut::Transmis);
    assert_eq!(membre.ok(&LireDocument { document_id: infecte.id }, &()).await.statut, Statut::Infecte);
}

#[tokio::test]
async fn an_antivirus_that_goes_away_during_a_scan_finds_nothing_clean() {
    let (t, relais) = sur_un_relais().await;
    let m = t.monde();
    let octets = gros_pdf("interrompu", 8 * 1024 * 1024);
    let d = depose(&t.membre(), m.dossier_a1, m.piece("PLAN", "autres"), "a.pdf", octets).await;
    t.avancer(60);
    relais.couper_apres(3 * 1024 * 1024);
    assert!(app::documents::transmettre(t.app(), Id::new(d.id)).await.is_err());
    assert_eq!(t.membre().ok(&LireDocument { document_id: d.id }, &()).await.statut, Statut::Recu);
    relais.retablir();
    t.travailler().await;
    assert_eq!(t.gestionnaire().ok(&LireDocument { document_id: d.id }, &()).await.statut, Statut::Transmis);
}

#[tokio::test]
async fn a_file_larger_than_the_antivirus_takes_waits_for_a_larger_limit() {
    // The clamd of the tests takes 16 MiB.
    let (t, _relais) = sur_un_relais().await;
    let m = t.monde();
    let sous = depose_opco(&t.gestionnaire(), m.dossier_a1, "sous.pdf", gros_pdf("sous", 15 * 1024 * 1024)).await;
    let sur = depose_opco(&t.gestionnaire(), m.dossier_a1, "sur.pdf", gros_pdf("sur", 18 * 1024 * 1024)).await;
    t.avancer(60);
    let erreur = app::documents::transmettre(t.app(), Id::new(sur.id)).await.unwrap_err().to_string();
    assert!(erreur.contains("18874368 octets") && erreur.contains("StreamMaxLength"), "{erreur}");
    t.travailler().await;
    assert_eq!(t.membre().ok(&LireDocument { document_id: sous.id }, &()).await.statut, Statut::Transmis);
    t.membre().call(&LireDocument { document_id: sur.id }, &()).await.probleme(ProblemCode::Absent);
    assert_eq!(t.gestionnaire().ok(&LireDocument { document_id: sur.id }, &()).await.statut, Statut::Recu);
}
