use api_types::documents::Document;
use api_types::endpoint::{
    AbandonnerTeleversement, AnnulerDepot, CreerTeleversement, DecrireTeleversements, DeposerTeleversement,
    LireDocument,
};
use api_types::televersements::{DepotTeleversement, Televersement};
use api_types::{Method, ProblemCode};
use db::schema::televersements;
use db::televersements::LigneTeleversement;
use db::types::V;
use diesel::prelude::*;
use domain::ids::Id;
use domain::televersement::{OCTETS_OUVERTS_MAX, OUVERTS_MAX, RefusTeleversement, StatutTeleversement};
use futures_util::future::join_all;
use test_support::TestApp;

use super::{autres, contenu, envoyer, lire, metadonnees, ouverture, ouvrir, pdf_de, suivre};
use crate::documents::{depose, pdf, piece};

#[tokio::test]
async fn decrire_tells_what_the_server_speaks_to_anybody() {
    let t = TestApp::new().await;
    let r = t.anonyme().call(&DecrireTeleversements {}, &()).await;
    assert_eq!(r.code(), 204);
    for (nom, valeur) in [
        ("tus-resumable", "1.0.0"),
        ("tus-version", "1.0.0"),
        ("tus-extension", "creation,creation-with-upload,termination,expiration,checksum"),
        ("tus-checksum-algorithm", "sha256,sha512,sha1"),
        ("tus-max-size", "20971520"),
    ] {
        assert_eq!(r.entete(nom), Some(valeur), "{nom}");
    }
}

#[tokio::test]
async fn creer_opens_an_upload_that_only_its_creator_sees() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "Plan.pdf", 100).await;
    let lu = lire(&membre, id).await;
    assert_eq!((lu.taille, lu.recu, lu.statut, lu.nom.as_str()), (100, 0, StatutTeleversement::EnCours, "Plan.pdf"));
    assert_eq!((lu.piece_id, lu.document), (Some(autres(&t).uuid()), None));
    assert_eq!(lu.expire_le, t.maintenant() + jiff::SignedDuration::from_hours(7 * 24));
    assert_eq!(t.journal(id), ["televersement.creer"]);
    let r = suivre(&membre, id).await;
    assert_eq!((r.code(), r.entete("upload-offset"), r.entete("upload-length")), (200, Some("0"), Some("100")));
    assert_eq!(r.entete("upload-expires"), Some("Mon, 30 Nov 2026 09:00:00 GMT"));
    // Its colleague of the same établissement, of the same role or a greater one, does not.
    for autre in [t.administrateur(), t.lecteur(), t.gestionnaire(), t.autre_membre()] {
        assert_eq!(suivre(&autre, id).await.code(), 404);
        envoyer(&autre, id, 0, b"%PDF").await.probleme(ProblemCode::Absent);
    }
}

#[tokio::test]
async fn creer_judges_the_place_before_the_first_byte() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let autres = autres(&t).to_string();
    let ici = [("filename", "a.pdf"), ("piece", autres.as_str())];
    let trop = membre.envoyer(ouverture(&membre, m.dossier_a1, 10 * 1024 * 1024 + 1, &ici)).await;
    assert!(trop.probleme(ProblemCode::TropVolumineux).detail.unwrap().contains("10 Mo"));
    membre.envoyer(ouverture(&membre, m.dossier_a1, 0, &ici)).await.probleme(ProblemCode::FichierVide);
    let sans_piece = membre.envoyer(ouverture(&membre, m.dossier_a1, 9, &[("filename", "a.pdf")])).await;
    assert_eq!(sans_piece.pointeurs(), ["/piece"]);
    let contrat = m.piece("C PRO", "contrat").to_string();
    let ailleurs = membre.envoyer(ouverture(&membre, m.dossier_a1, 9, &[("piece", &contrat)])).await;
    assert_eq!(ailleurs.pointeurs(), ["/piece"]);
    let pas_un_uuid = membre.envoyer(ouverture(&membre, m.dossier_a1, 9, &[("piece", "autres")])).await;
    assert_eq!(pas_un_uuid.pointeurs(), ["/piece"]);
    let lecteur = t.lecteur();
    lecteur.envoyer(ouverture(&lecteur, m.dossier_a1, 9, &ici)).await.probleme(ProblemCode::Interdit);
    let etranger = t.autre_membre();
    etranger.envoyer(ouverture(&etranger, m.dossier_a1, 9, &ici)).await.probleme(ProblemCode::Absent);
}

#[tokio::test]
async fn creer_refuses_headers_that_it_does_not_understand() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let op = CreerTeleversement { dossier_id: m.dossier_a1.uuid() };
    let sans_version = membre.envoyer(membre.requete(&op, &()).header("upload-length", "9")).await;
    sans_version.probleme(ProblemCode::VersionTus);
    assert_eq!(sans_version.entete("tus-resumable"), Some("1.0.0"));
    assert_eq!(sans_version.entete("tus-version"), Some("1.0.0"));
    let autre_version = membre.requete(&op, &()).header("tus-resumable", "0.2.2").header("upload-length", "9");
    membre.envoyer(autre_version).await.probleme(ProblemCode::VersionTus);
    let base = || membre.requete(&op, &()).header("tus-resumable", "1.0.0");
    for (nom, valeur) in [
        ("upload-length", ""),
        ("upload-length", "-1"),
        ("upload-length", "+9"),
        ("upload-length", "9.0"),
        ("upload-length", "99999999999999999999"),
        ("upload-defer-length", "1"),
    ] {
        membre.envoyer(base().header(nom, valeur)).await.probleme(ProblemCode::RequeteIllisible);
    }
    for valeur in ["filename ####", "filename /w=="] {
        let requete = base().header("upload-length", "9").header("upload-metadata", valeur);
        membre.envoyer(requete).await.probleme(ProblemCode::RequeteIllisible);
    }
    let formulaire = base()
        .header("upload-length", "9")
        .header("upload-metadata", metadonnees(&[("piece", &autres(&t).to_string())]))
        .header("content-type", "application/pdf")
        .body("x");
    membre.envoyer(formulaire).await.probleme(ProblemCode::TypeDeCorpsRefuse);
}

#[tokio::test]
async fn a_file_that_comes_whole_with_its_creation_is_deposited_by_one_request() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(5_000);
    let paires = [("filename", "../Entier.pdf"), ("piece", &autres(&t).to_string())];
    let requete = ouverture(&membre, m.dossier_a1, octets.len(), &paires)
        .header("content-type", "application/offset+octet-stream")
        .body(octets.clone());
    let r = membre.envoyer(requete).await;
    assert_eq!(r.code(), 201, "{}", r.texte());
    let ouvert: Televersement = r.lire();
    let document = ouvert.document.clone().unwrap();
    assert_eq!((document.nom.as_str(), &document.sha256), ("Entier.pdf", &crate::sha256(&octets)));
    assert_eq!(r.entete("document-id"), Some(document.id.to_string().as_str()));
    assert_eq!(r.entete("document-sha256"), Some(document.sha256.as_str()));
    assert_eq!(r.entete("upload-offset"), Some("5000"));
    assert_eq!(contenu(&membre, document.id).await, octets);
    assert_eq!(lire(&membre, ouvert.id).await, ouvert);
    assert_eq!((suivre(&membre, ouvert.id).await.code(), t.blobs()), (200, 1));
}

#[tokio::test]
async fn first_bytes_may_come_with_the_creation_and_the_rest_later() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(5_000);
    let paires = [("filename", "a.pdf"), ("piece", &autres(&t).to_string())];
    let requete = ouverture(&membre, m.dossier_a1, octets.len(), &paires)
        .header("content-type", "application/offset+octet-stream")
        .body(octets[..2_000].to_vec());
    let r = membre.envoyer(requete).await;
    assert_eq!((r.code(), r.entete("upload-offset")), (201, Some("2000")), "{}", r.texte());
    let id = r.lire::<Televersement>().id;
    let fin = envoyer(&membre, id, 2_000, &octets[2_000..]).await;
    assert_eq!((fin.code(), fin.entete("upload-offset")), (204, Some("5000")), "{}", fin.texte());
    assert_eq!(lire(&membre, id).await.document.unwrap().sha256, crate::sha256(&octets));
}

#[tokio::test]
async fn a_whole_file_that_is_refused_leaves_nothing_and_a_duplicate_stays_to_be_accepted() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let entier = |octets: Vec<u8>| {
        let paires = [("filename", "a.pdf"), ("piece", &autres(&t).to_string())];
        ouverture(&membre, m.dossier_a1, octets.len(), &paires)
            .header("content-type", "application/offset+octet-stream")
            .body(octets)
    };
    let texte = membre.envoyer(entier(b"bonjour".to_vec())).await;
    texte.probleme(ProblemCode::FormatRefuse);
    assert_eq!((texte.entete("location"), t.blobs()), (None, 0));
    let premier = depose(&membre, m.dossier_a1, autres(&t), "p.pdf", pdf("p")).await;
    let double = membre.envoyer(entier(pdf("p"))).await;
    assert_eq!(double.probleme(ProblemCode::DocumentEnDouble).document.map(|d| d.id), Some(premier.id));
    let garde = double.entete("location").unwrap().rsplit('/').next().unwrap().parse().unwrap();
    let lu = lire(&membre, garde).await;
    assert_eq!(
        (lu.statut, lu.refus.map(domain::code::Code::code)),
        (StatutTeleversement::Complet, Some("document-en-double"))
    );
    let depose = super::deposer::accepter(&membre, garde, true).await;
    assert_eq!(depose.code(), 201, "{}", depose.texte());
    assert_eq!(piece(&membre, m.dossier_a1, autres(&t)).await.documents.len(), 2);
}

#[tokio::test]
async fn a_document_that_comes_in_parts_has_the_name_of_its_creator() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let piece = autres(&t).to_string();
    let nomme = |nom: &'static str| [("filename", "a.pdf"), ("piece", piece.as_str()), ("reference_externe", nom)];
    let faux = membre.envoyer(ouverture(&membre, m.dossier_a1, 9, &nomme("a b"))).await;
    assert_eq!(faux.pointeurs(), ["/reference_externe"]);
    // At once, with the creation.
    let entier = ouverture(&membre, m.dossier_a1, pdf("1").len(), &nomme("FAC-1"));
    let entier = entier.header("content-type", "application/offset+octet-stream").body(pdf("1"));
    let cree: Televersement = membre.envoyer(entier).await.lire();
    assert_eq!(cree.document.unwrap().reference_externe.as_deref(), Some("FAC-1"));
    // In two parts.
    let ouvert: Televersement =
        membre.envoyer(ouverture(&membre, m.dossier_a1, pdf("2").len(), &nomme("FAC-2"))).await.lire();
    assert_eq!(ouvert.reference_externe.as_deref(), Some("FAC-2"));
    for (debut, fin) in [(0, 20), (20, pdf("2").len())] {
        assert_eq!(envoyer(&membre, ouvert.id, debut, &pdf("2")[debut..fin]).await.code(), 204);
    }
    let lu: Document = membre.envoyer(membre.nue(Method::Get, "/api/v1/documents/ref:FAC-2")).await.lire();
    assert_eq!(Some(lu.id), lire(&membre, ouvert.id).await.document.map(|d| d.id));
    // A name that is taken is refused before the bytes come.
    let prise = membre.envoyer(ouverture(&membre, m.dossier_a1, 9, &nomme("FAC-1"))).await;
    prise.probleme(ProblemCode::ReferencePrise);
}

#[tokio::test]
async fn a_name_that_was_taken_meanwhile_keeps_the_bytes() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let piece = autres(&t).to_string();
    let nomme = [("filename", "a.pdf"), ("piece", piece.as_str()), ("reference_externe", "FAC-1")];
    let ouvert: Televersement = membre.envoyer(ouverture(&membre, m.dossier_a1, pdf("1").len(), &nomme)).await.lire();
    let entier = ouverture(&membre, m.dossier_a1, pdf("2").len(), &nomme);
    let entier = entier.header("content-type", "application/offset+octet-stream").body(pdf("2"));
    let premier = membre.envoyer(entier).await.lire::<Televersement>().document.unwrap();
    envoyer(&membre, ouvert.id, 0, &pdf("1")).await.probleme(ProblemCode::ReferencePrise);
    let lu = lire(&membre, ouvert.id).await;
    assert_eq!((lu.statut, lu.refus), (StatutTeleversement::Complet, Some(RefusTeleversement::ReferencePrise)));
    // Free again, it is given to the document of the bytes that were kept.
    membre.ok(&AnnulerDepot { document_id: premier.id }, &()).await;
    let depot = DepotTeleversement { doublon_accepte: false };
    let depose = membre.ok(&DeposerTeleversement { televersement_id: ouvert.id }, &depot).await;
    let lu = membre.ok(&LireDocument { document_id: depose.id }, &()).await;
    assert_eq!(lu.reference_externe.as_deref(), Some("FAC-1"));
}

#[tokio::test]
async fn a_caller_has_so_many_uploads_alive_and_no_more() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let piece = autres(&t).to_string();
    let ici = [("filename", "a.pdf"), ("piece", piece.as_str())];
    let premier = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", 9).await;
    t.semer(|s| {
        let modele: LigneTeleversement =
            televersements::table.select(LigneTeleversement::as_select()).first(s.conn).unwrap();
        for _ in 1..OUVERTS_MAX - 3 {
            let autre = LigneTeleversement { id: V(Id::new(uuid::Uuid::now_v7())), ..modele.clone() };
            db::televersements::inserer(s.conn, &autre).unwrap();
        }
    });
    // At once, as many pass as there is room for.
    let essais = join_all((0..8).map(|_| membre.envoyer(ouverture(&membre, m.dossier_a1, 9, &ici)))).await;
    let (passes, refuses): (Vec<_>, Vec<_>) = essais.iter().partition(|r| r.code() == 201);
    assert_eq!((passes.len(), refuses.len()), (3, 5));
    for refus in refuses {
        refus.probleme(ProblemCode::TropDeTeleversements);
    }
    // Somebody else's are another matter, and so is a file that comes whole.
    ouvrir(&t.administrateur(), m.dossier_a1, autres(&t), "a.pdf", 9).await;
    let entier = ouverture(&membre, m.dossier_a1, pdf("1").len(), &ici);
    let entier = entier.header("content-type", "application/offset+octet-stream").body(pdf("1"));
    assert_eq!(membre.envoyer(entier).await.code(), 201);
    // One that is given up makes room, and so does time.
    let abandon = membre.requete(&AbandonnerTeleversement { televersement_id: premier }, &());
    assert_eq!(membre.envoyer(abandon.header("tus-resumable", "1.0.0")).await.code(), 204);
    ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", 9).await;
}

#[tokio::test]
async fn the_bytes_that_a_caller_announces_are_bounded_together() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let piece = autres(&t).to_string();
    ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", 9).await;
    t.semer(|s| {
        let tailles = diesel::update(televersements::table).set(televersements::taille.eq(OCTETS_OUVERTS_MAX - 9));
        tailles.execute(s.conn).unwrap();
    });
    let ici = [("filename", "a.pdf"), ("piece", piece.as_str())];
    let trop = membre.envoyer(ouverture(&membre, m.dossier_a1, 10, &ici)).await;
    trop.probleme(ProblemCode::TropDeTeleversements);
    assert_eq!(membre.envoyer(ouverture(&membre, m.dossier_a1, 9, &ici)).await.code(), 201);
}
