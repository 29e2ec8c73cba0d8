//! Batches: one result per act, each done once under its key.

use api_types::documents::Document;
use api_types::endpoint::{ExecuterLot, LireDossier};
use api_types::lots::{
    ActeLot, ElementLot, Lot, LotDemandePiece, LotExamen, LotLecture, LotMessage, LotReference, ResultatsLot,
};
use api_types::messages::Message;
use api_types::{Problem, ProblemCode};
use app::quotas::ParMinute;
use domain::document::Verdict;
use test_support::{Client, Options, Reponse, TestApp};
use uuid::Uuid;

use crate::documents::{depose, pdf};
use crate::messages::fil;

fn message(dossier: &str, corps: &str) -> ElementLot {
    let acte = LotMessage { dossier: dossier.to_owned(), corps: corps.to_owned(), reference_externe: None };
    ElementLot { cle: None, acte: ActeLot::EnvoyerMessage(acte) }
}

async fn sous(client: &Client, cle: Option<&str>, elements: Vec<ElementLot>) -> Reponse {
    let requete = client.requete(&ExecuterLot {}, &Lot { elements });
    client.envoyer(cle.into_iter().fold(requete, |r, cle| r.header("idempotency-key", cle))).await
}

fn statuts(r: &Reponse) -> Vec<u16> {
    assert_eq!(r.code(), 200, "{}", r.texte());
    r.lire::<ResultatsLot>().elements.iter().map(|e| e.statut).collect()
}

#[tokio::test]
async fn each_act_has_its_result_and_the_failure_of_one_leaves_the_others() {
    let t = TestApp::new().await;
    let (m, gestionnaire) = (t.monde(), t.gestionnaire());
    let d = depose(&t.membre(), m.dossier_a1, m.piece("PLAN", "convention"), "a.pdf", pdf("a")).await;
    t.avancer(60);
    t.travailler().await;
    let lu: Document = {
        use api_types::endpoint::LireDocument;
        gestionnaire.ok(&LireDocument { document_id: d.id }, &()).await
    };
    let recu = crate::messages::envoyer(&t.membre(), m.dossier_a1, "Bonjour").await;
    let a1 = m.dossier_a1.to_string();
    let sans = |acte: ActeLot| ElementLot { cle: None, acte };
    let examen = |etag: &str| {
        let document = d.id.to_string();
        let verdict = Verdict::Acceptee;
        ActeLot::ExaminerDocument(LotExamen { document, etag: etag.into(), verdict, motif: None, avant: None })
    };
    let nom = LotReference { dossier: a1.clone(), reference_externe: Some("D1".into()) };
    let piece_id = m.piece("PLAN", "identite").uuid();
    let elements = vec![
        sans(ActeLot::ReferencerDossier(nom)),
        message("ref:D1", "Par son nom"),
        message(&Uuid::new_v4().to_string(), "Absent"),
        message(&m.dossier_b.to_string(), "Ailleurs"),
        message(&a1, "  "),
        sans(ActeLot::MarquerMessage(LotLecture { message: recu.id.to_string(), lu: true })),
        sans(ActeLot::DemanderPiece(LotDemandePiece { dossier: a1.clone(), piece_id, motif: "m".into(), avant: None })),
        sans(examen(&lu.etag)),
        sans(examen(&lu.etag)),
        message(&a1, "Fin"),
    ];
    let r = sous(&gestionnaire, None, elements).await;
    assert_eq!(statuts(&r), [200, 201, 404, 404, 422, 204, 204, 200, 412, 201]);
    let resultats = r.lire::<ResultatsLot>().elements;
    let ecrit: Message = serde_json::from_value(resultats[1].corps.clone().unwrap()).unwrap();
    assert_eq!((ecrit.corps.as_str(), ecrit.dossier_id), ("Par son nom", m.dossier_a1.uuid()));
    let vide: Problem = serde_json::from_value(resultats[4].corps.clone().unwrap()).unwrap();
    assert_eq!((vide.code, vide.errors[0].pointer.as_str()), (ProblemCode::ChampsInvalides, "/corps"));
    assert_eq!(resultats[5].corps, None);
    // Absent and elsewhere are one answer.
    assert_eq!(resultats[2], resultats[3]);
    let corps: Vec<_> = fil(&gestionnaire, m.dossier_a1).await.into_iter().map(|m| m.corps).collect();
    let demandee = "Constructys demande la pièce «\u{a0}Pièce d’identité\u{a0}»\u{a0}: m";
    assert_eq!(corps, ["Fin", demandee, "Par son nom", "Bonjour"]);
    // Each act is judged for who asks.
    let lecteur = sous(&t.lecteur(), None, vec![message(&a1, "Non")]).await;
    assert_eq!(statuts(&lecteur), [403]);
    t.travailler().await;
}

#[tokio::test]
async fn a_batch_sent_again_does_what_was_not_done() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let a1 = m.dossier_a1.to_string();
    // The second is refused as long as it is empty; the rest is done.
    let premier = sous(&membre, Some("k"), vec![message(&a1, "un"), message(&a1, " "), message(&a1, "trois")]).await;
    assert_eq!(statuts(&premier), [201, 422, 201]);
    let second = sous(&membre, Some("k"), vec![message(&a1, "un"), message(&a1, "deux"), message(&a1, "trois")]).await;
    assert_eq!(statuts(&second), [201, 201, 201]);
    assert_eq!(second.entete("idempotency-replayed"), None);
    let (avant, apres) = (premier.lire::<ResultatsLot>().elements, second.lire::<ResultatsLot>().elements);
    assert_eq!((&avant[0], &avant[2]), (&apres[0], &apres[2]));
    let troisieme =
        sous(&t.membre(), Some("k"), vec![message(&a1, "un"), message(&a1, "deux"), message(&a1, "trois")]).await;
    assert_eq!((troisieme.entete("idempotency-replayed"), &troisieme.corps), (Some("true"), &second.corps));
    let autre = sous(&membre, Some("k"), vec![message(&a1, "autre")]).await;
    assert_eq!(statuts(&autre), [422]);
    assert_eq!(fil(&membre, m.dossier_a1).await.len(), 3);
    // A key of one's own holds whatever the batch.
    let seul = ElementLot { cle: Some("mien".into()), ..message(&a1, "quatre") };
    assert_eq!(statuts(&sous(&membre, None, vec![seul.clone()]).await), [201]);
    let r = sous(&membre, Some("l"), vec![message(&a1, "cinq"), seul]).await;
    assert_eq!(statuts(&r), [201, 201]);
    assert_eq!(fil(&membre, m.dossier_a1).await.len(), 5);
    t.travailler().await;
}

#[tokio::test]
async fn a_simulated_batch_does_nothing() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let lot = Lot { elements: vec![message(&m.dossier_a1.to_string(), "Bonjour")] };
    let requete = membre.nue(api_types::Method::Post, "/api/v1/lots?simulation=true").json(&lot);
    let r = membre.envoyer(requete).await;
    assert_eq!((statuts(&r), r.entete("simulation")), (vec![201], Some("true")));
    let dossier = membre.ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await;
    assert_eq!((dossier.onglets.messages, t.courriels().len()), (0, 0));
}

#[tokio::test]
async fn a_batch_is_bounded_and_each_act_counts() {
    let quotas = ParMinute { personnes: 5, ..ParMinute::default() };
    let t = TestApp::avec(Options { quotas, ..Options::default() }).await;
    let (m, membre) = (t.monde(), t.membre());
    let a1 = m.dossier_a1.to_string();
    for n in [0, 101] {
        assert_eq!(sous(&membre, None, vec![message(&a1, "x"); n]).await.pointeurs(), ["/elements"]);
    }
    // Three requests so far, this one included: two acts are left.
    assert_eq!(statuts(&sous(&membre, None, vec![message(&a1, "x"); 3]).await), [201, 201, 429]);
    t.travailler().await;
}
