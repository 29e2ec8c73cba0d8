use api_types::documents::{Document, Examen};
use api_types::endpoint::{
    AnnulerDepot, DeposerTeleversement, ExaminerDocument, ListerDocumentsOpco, ListerVersions, PoursuivreTeleversement,
};
use api_types::televersements::DepotTeleversement;
use api_types::{Endpoint as _, Method, ProblemCode};
use domain::document::{Sens, Verdict};
use domain::televersement::StatutTeleversement;
use test_support::{Client, Reponse, TestApp};
use uuid::Uuid;

use super::{autres, envoyer, lire, ouverture, ouvrir, pdf_de, suivre};
use crate::documents::{depose, depose_opco, piece};

/// Asks for the deposit of a complete upload.
pub async fn accepter(client: &Client, id: Uuid, doublon_accepte: bool) -> Reponse {
    let op = DeposerTeleversement { televersement_id: id };
    client.call(&op, &DepotTeleversement { doublon_accepte }).await
}

#[tokio::test]
async fn a_duplicate_is_accepted_without_sending_a_byte_again() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(5_000);
    let premier = depose(&membre, m.dossier_a1, autres(&t), "un.pdf", octets.clone()).await;
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "deux.pdf", octets.len()).await;
    let r = envoyer(&membre, id, 0, &octets).await;
    assert_eq!(r.probleme(ProblemCode::DocumentEnDouble).document.map(|d| d.id), Some(premier.id));
    assert_eq!(lire(&membre, id).await.statut, StatutTeleversement::Complet);
    // Nobody may take it for deposited.
    let question = suivre(&membre, id).await;
    assert_eq!((question.code(), question.entete("upload-offset")), (409, None));
    t.avancer(3 * 24 * 3600);
    t.travailler().await;
    let membre = t.membre();
    accepter(&membre, id, false).await.probleme(ProblemCode::DocumentEnDouble);
    let depose = accepter(&membre, id, true).await;
    assert_eq!(depose.code(), 201, "{}", depose.texte());
    let document: Document = depose.lire();
    assert_eq!((document.nom.as_str(), &document.sha256), ("deux.pdf", &crate::sha256(&octets)));
    assert_eq!(depose.entete("location"), Some(format!("/api/v1/documents/{}", document.id).as_str()));
    assert_eq!(accepter(&membre, id, true).await.lire::<Document>().id, document.id);
    assert_eq!(piece(&membre, m.dossier_a1, autres(&t)).await.documents.len(), 2);
}

#[tokio::test]
async fn a_duplicate_may_be_accepted_from_the_start() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(5_000);
    depose(&membre, m.dossier_a1, autres(&t), "un.pdf", octets.clone()).await;
    let paires = [("filename", "deux.pdf"), ("piece", &autres(&t).to_string()), ("doublon_accepte", "true")];
    let r = membre.envoyer(ouverture(&membre, m.dossier_a1, octets.len(), &paires)).await;
    let id = r.lire::<api_types::televersements::Televersement>().id;
    assert_eq!(envoyer(&membre, id, 0, &octets).await.code(), 204);
}

#[tokio::test]
async fn a_full_category_keeps_the_bytes_until_there_is_room() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let programme = m.piece("PLAN", "programme");
    let octets = pdf_de(5_000);
    let id = ouvrir(&membre, m.dossier_a1, programme, "b.pdf", octets.len()).await;
    let present = depose(&membre, m.dossier_a1, programme, "a.pdf", pdf_de(100)).await;
    envoyer(&membre, id, 0, &octets).await.probleme(ProblemCode::PieceComplete);
    accepter(&membre, id, false).await.probleme(ProblemCode::PieceComplete);
    assert_eq!(membre.call(&AnnulerDepot { document_id: present.id }, &()).await.code(), 204);
    assert_eq!(accepter(&membre, id, false).await.code(), 201);
    assert_eq!(piece(&membre, m.dossier_a1, programme).await.documents.len(), 1);
}

#[tokio::test]
async fn what_is_not_complete_is_not_deposited() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", 100).await;
    accepter(&membre, id, true).await.probleme(ProblemCode::EcartTeleversement);
}

#[tokio::test]
async fn an_upload_may_be_a_new_version() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let programme = m.piece("PLAN", "programme");
    let v1 = depose(&membre, m.dossier_a1, programme, "a.pdf", pdf_de(100)).await;
    let octets = pdf_de(5_000);
    let paires = [("filename", "b.pdf"), ("remplace", &v1.id.to_string())];
    let ouvrir = || ouverture(&membre, m.dossier_a1, octets.len(), &paires);
    membre.envoyer(ouvrir()).await.probleme(ProblemCode::PreconditionManquante);
    let r = membre.envoyer(ouvrir().header("if-match", &v1.etag)).await;
    assert_eq!(r.code(), 201, "{}", r.texte());
    let ouvert: api_types::televersements::Televersement = r.lire();
    assert_eq!((ouvert.remplace_id, ouvert.piece_id), (Some(v1.id), Some(programme.uuid())));
    assert_eq!(envoyer(&membre, ouvert.id, 0, &octets).await.code(), 204);
    let v2 = lire(&membre, ouvert.id).await.document.unwrap();
    assert_eq!((v2.version, v2.piece_id), (2, Some(programme.uuid())));
    let versions = membre.ok(&ListerVersions { document_id: v2.id }, &()).await;
    assert_eq!(versions.elements.iter().map(|d| d.id).collect::<Vec<_>>(), [v2.id, v1.id]);
    // A document of another dossier, of another company, or that never was: all absent.
    for (dossier, document) in [(m.dossier_a2, v2.id), (m.dossier_a1, Uuid::new_v4())] {
        let paires = [("remplace", document.to_string())];
        let requete = ouverture(&membre, dossier, 9, &[(paires[0].0, &paires[0].1)]).header("if-match", "*");
        membre.envoyer(requete).await.probleme(ProblemCode::Absent);
    }
}

#[tokio::test]
async fn a_new_version_takes_the_place_of_the_one_that_was_read() {
    let t = TestApp::new().await;
    let (m, membre, gestionnaire) = (t.monde(), t.membre(), t.gestionnaire());
    let v1 = depose(&membre, m.dossier_a1, m.piece("PLAN", "programme"), "a.pdf", pdf_de(100)).await;
    t.avancer(60);
    t.travailler().await;
    let octets = pdf_de(5_000);
    let paires = [("filename", "b.pdf"), ("remplace", &v1.id.to_string())];
    // The transmission in between is nobody's change; a judgement is one.
    let requete = ouverture(&membre, m.dossier_a1, octets.len(), &paires).header("if-match", &v1.etag);
    let id = membre.envoyer(requete).await.lire::<api_types::televersements::Televersement>().id;
    let examen = Examen { verdict: Verdict::ACompleter, motif: Some("Signez-le.".into()), avant: None };
    let juger = gestionnaire.requete(&ExaminerDocument { document_id: v1.id }, &examen).header("if-match", "*");
    assert_eq!(gestionnaire.envoyer(juger).await.code(), 200);
    envoyer(&membre, id, 0, &octets).await.probleme(ProblemCode::VersionPerimee);
    let t2 = lire(&membre, id).await;
    assert_eq!((t2.statut, t2.document), (StatutTeleversement::Refuse, None));
    assert_eq!(t.blobs(), 1);
}

#[tokio::test]
async fn an_upload_is_never_simulated() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let octets = pdf_de(5_000);
    let id = ouvrir(&membre, m.dossier_a1, autres(&t), "a.pdf", octets.len()).await;
    let chemin = PoursuivreTeleversement { televersement_id: id }.path() + "?simulation=true";
    let nue = |methode| membre.nue(methode, &chemin).header("tus-resumable", "1.0.0");
    let envoi =
        nue(Method::Patch).header("upload-offset", "0").header("content-type", "application/offset+octet-stream");
    membre.envoyer(envoi.body(octets.clone())).await.probleme(ProblemCode::RequeteIllisible);
    membre.envoyer(nue(Method::Delete)).await.probleme(ProblemCode::RequeteIllisible);
    assert_eq!(lire(&membre, id).await.recu, 0);
    assert_eq!(t.blobs(), 0);
}

#[tokio::test]
async fn the_gestionnaire_uploads_documents_of_the_opco() {
    let t = TestApp::new().await;
    let (m, gestionnaire) = (t.monde(), t.gestionnaire());
    let octets = pdf_de(5_000);
    let r =
        gestionnaire.envoyer(ouverture(&gestionnaire, m.dossier_a1, octets.len(), &[("filename", "Accord.pdf")])).await;
    assert_eq!(r.code(), 201, "{}", r.texte());
    let id = r.lire::<api_types::televersements::Televersement>().id;
    assert_eq!(envoyer(&gestionnaire, id, 0, &octets).await.code(), 204);
    let liste = gestionnaire.ok(&ListerDocumentsOpco { dossier_id: m.dossier_a1.uuid() }, &()).await;
    assert_eq!((liste.elements[0].nom.as_str(), liste.elements[0].sens), ("Accord.pdf", Sens::Opco));
    let opco = depose_opco(&gestionnaire, m.dossier_a1, "Autre.pdf", pdf_de(100)).await;
    // The member may not replace what the OPCO gave, and does not see it yet.
    let membre = t.membre();
    let requete = ouverture(&membre, m.dossier_a1, 9, &[("remplace", &opco.id.to_string())]).header("if-match", "*");
    membre.envoyer(requete).await.probleme(ProblemCode::Absent);
    let admin = t.opco_admin();
    admin.envoyer(ouverture(&admin, m.dossier_a1, 9, &[("filename", "a.pdf")])).await.probleme(ProblemCode::Interdit);
}
