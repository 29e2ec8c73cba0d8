//! `reference_externe`: the name that a thing has in the caller's own software, in place of ours.

use api_types::documents::Document;
use api_types::dossiers::{FiltreDossiers, Reference};
use api_types::endpoint::{
    AnnulerDepot, DeposerDocument, EnvoyerMessage, LireDocument, LireDossier, ListerDossiers, ListerVersions,
    ReferencerDossier,
};
use api_types::messages::Message;
use api_types::{Method, ProblemCode};
use futures_util::future::join_all;
use reqwest::multipart::Form;
use test_support::{Client, Reponse, TestApp};

use crate::documents::{formulaire, pdf, piece};

async fn lire(client: &Client, chemin: &str) -> Reponse {
    client.envoyer(client.nue(Method::Get, chemin)).await
}

async fn deposer(t: &TestApp, client: &Client, sel: &str, reference: &str) -> Reponse {
    let m = t.monde();
    let form = Form::new().text("reference_externe", reference.to_owned());
    let form = form.text("piece", m.piece("PLAN", "autres").to_string());
    let form = form.part("fichier", crate::documents::fichier("a.pdf", pdf(sel)));
    client.multipart(&DeposerDocument { dossier_id: m.dossier_a1.uuid() }, form).await
}

#[tokio::test]
async fn a_document_answers_to_its_name_and_to_nobody_elses() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let r = deposer(&t, &membre, "1", "FAC-2026.001").await;
    assert_eq!(r.code(), 201, "{}", r.texte());
    let d: Document = r.lire();
    assert_eq!(d.reference_externe.as_deref(), Some("FAC-2026.001"));
    let lu: Document = lire(&membre, "/api/v1/documents/ref:FAC-2026.001").await.lire();
    assert_eq!(lu, d);
    assert_eq!(lire(&membre, "/api/v1/documents/ref:FAC-2026.001/fichier").await.corps, pdf("1"));
    assert_eq!(piece(&membre, m.dossier_a1, m.piece("PLAN", "autres")).await.documents, vec![d.clone()]);
    assert_eq!(membre.ok(&ListerVersions { document_id: d.id }, &()).await.elements, vec![d.clone()]);
    // Somebody else of the same company sees the document, and not the name.
    let administrateur = t.administrateur();
    let autre = administrateur.ok(&LireDocument { document_id: d.id }, &()).await;
    assert_eq!(autre.reference_externe, None);
    lire(&administrateur, "/api/v1/documents/ref:FAC-2026.001").await.probleme(ProblemCode::Absent);
    lire(&t.anonyme(), "/api/v1/documents/ref:FAC-2026.001").await.probleme(ProblemCode::NonConnecte);
    // A name stands for one document of each caller.
    deposer(&t, &membre, "2", "FAC-2026.001").await.probleme(ProblemCode::ReferencePrise);
    assert_eq!(deposer(&t, &administrateur, "2", "FAC-2026.001").await.code(), 201);
    assert_eq!(deposer(&t, &membre, "3", "a b").await.pointeurs(), ["/reference_externe"]);
    assert_eq!(t.blobs(), 2);
}

/// Clients percent-encode what stands in a path, each in its own way.
#[tokio::test]
async fn a_name_may_be_percent_encoded() {
    let t = TestApp::new().await;
    let membre = t.membre();
    let d: Document = deposer(&t, &membre, "1", "a+b@c:1~").await.lire();
    for nom in ["a+b@c:1~", "a%2Bb%40c%3A1~", "a%2bb@c:1%7E"] {
        let lu: Document = lire(&membre, &format!("/api/v1/documents/ref:{nom}")).await.lire();
        assert_eq!(lu.id, d.id, "{nom}");
    }
    lire(&membre, "/api/v1/documents/ref:a%FF").await.probleme(ProblemCode::Absent);
}

/// A name is taken away by `null` alone: many clients leave out what they do not set.
#[tokio::test]
async fn a_name_that_is_left_out_is_not_taken_away() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let op = ReferencerDossier { dossier_id: m.dossier_a1.uuid() };
    membre.ok(&op, &Reference { reference_externe: Some("D-1".into()) }).await;
    for corps in [serde_json::json!({}), serde_json::json!(["D-2"])] {
        let chemin = format!("/api/v1/dossiers/{}/reference-externe", m.dossier_a1);
        let refus = membre.envoyer(membre.nue(Method::Put, &chemin).json(&corps)).await;
        assert_eq!(refus.probleme(ProblemCode::RequeteIllisible).errors.len(), 1, "{corps}");
    }
    let garde = membre.ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await.reference_externe;
    assert_eq!(garde.as_deref(), Some("D-1"));
    assert_eq!(membre.ok(&op, &Reference { reference_externe: None }).await.reference_externe, None);
}

#[tokio::test]
async fn the_name_of_a_document_taken_back_is_free_again() {
    let t = TestApp::new().await;
    let membre = t.membre();
    let premier: Document = deposer(&t, &membre, "1", "FAC-1").await.lire();
    membre.ok(&AnnulerDepot { document_id: premier.id }, &()).await;
    lire(&membre, "/api/v1/documents/ref:FAC-1").await.probleme(ProblemCode::Absent);
    let second: Document = deposer(&t, &membre, "2", "FAC-1").await.lire();
    let lu: Document = lire(&membre, "/api/v1/documents/ref:FAC-1").await.lire();
    assert_eq!(lu.id, second.id);
}

#[tokio::test]
async fn a_name_is_of_one_kind_and_gives_no_right() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde().clone(), t.membre());
    let envoi = EnvoyerMessage { dossier_id: m.dossier_a1.uuid() };
    let form = || Form::new().text("corps", "Bonjour").text("reference_externe", "X1");
    let r = membre.multipart(&envoi, form()).await;
    assert_eq!(r.code(), 201, "{}", r.texte());
    assert_eq!(r.lire::<Message>().reference_externe.as_deref(), Some("X1"));
    membre.multipart(&envoi, form()).await.probleme(ProblemCode::ReferencePrise);
    assert_eq!(crate::messages::fil(&membre, m.dossier_a1).await[0].reference_externe.as_deref(), Some("X1"));
    let lecture = membre.nue(Method::Put, "/api/v1/messages/ref:X1/lecture").json(&serde_json::json!({ "lu": false }));
    assert_eq!(membre.envoyer(lecture).await.code(), 204);
    lire(&membre, "/api/v1/documents/ref:X1").await.probleme(ProblemCode::Absent);

    let op = ReferencerDossier { dossier_id: m.dossier_a1.uuid() };
    let nom = |n: Option<&str>| Reference { reference_externe: n.map(Into::into) };
    assert_eq!(membre.ok(&op, &nom(Some("X1"))).await, nom(Some("X1")));
    assert_eq!(lire(&membre, "/api/v1/dossiers/ref:X1").await.code(), 200);
    let form = formulaire(m.piece("PLAN", "autres"), "a.pdf", pdf("1"));
    let depot = membre.nue(Method::Post, "/api/v1/dossiers/ref:X1/documents").multipart(form);
    assert_eq!(membre.envoyer(depot).await.code(), 201);
    let liste = membre.ok(&ListerDossiers { query: FiltreDossiers::default() }, &()).await.elements;
    let noms: Vec<_> = liste.iter().filter_map(|d| d.reference_externe.as_deref()).collect();
    assert_eq!(noms, ["X1"]);
    // The member leaves the établissement: the name opens nothing any more.
    let (a1, membre_id) = (m.etablissement_a1, m.membre);
    t.semer(move |s| {
        use db::schema::rattachements as r;
        use db::types::V;
        use diesel::prelude::*;
        let sien = r::table.filter(r::utilisateur_id.eq(V(membre_id))).filter(r::etablissement_id.eq(V(a1)));
        diesel::delete(sien).execute(s.conn).unwrap();
    });
    lire(&membre, "/api/v1/dossiers/ref:X1").await.probleme(ProblemCode::Absent);
}

#[tokio::test]
async fn a_dossier_changes_name_and_loses_it() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let (un, deux) =
        (ReferencerDossier { dossier_id: m.dossier_a1.uuid() }, ReferencerDossier { dossier_id: m.dossier_a2.uuid() });
    let nom = |n: Option<&str>| Reference { reference_externe: n.map(Into::into) };
    membre.ok(&un, &nom(Some("A"))).await;
    membre.call(&deux, &nom(Some("A"))).await.probleme(ProblemCode::ReferencePrise);
    membre.ok(&un, &nom(Some("A"))).await;
    membre.ok(&un, &nom(Some("B"))).await;
    lire(&membre, "/api/v1/dossiers/ref:A").await.probleme(ProblemCode::Absent);
    membre.ok(&deux, &nom(Some("A"))).await;
    membre.ok(&un, &nom(None)).await;
    let dossier = membre.ok(&LireDossier { dossier_id: m.dossier_a1.uuid() }, &()).await;
    assert_eq!(dossier.reference_externe, None);
    assert_eq!(membre.call(&un, &nom(Some("é"))).await.pointeurs(), ["/reference_externe"]);
    t.lecteur().call(&un, &nom(Some("A"))).await.probleme(ProblemCode::Interdit);
}

#[tokio::test]
async fn a_name_given_twice_at_once_to_one_thing_is_refused_to_nobody() {
    let t = TestApp::new().await;
    let (m, membre) = (t.monde(), t.membre());
    let nom = |n: &str| Reference { reference_externe: Some(n.into()) };
    for tour in 0..5 {
        let (op, nouveau) = (ReferencerDossier { dossier_id: m.dossier_a1.uuid() }, nom(&format!("A{tour}")));
        for r in join_all((0..8).map(|_| membre.call(&op, &nouveau))).await {
            assert_eq!(r.code(), 200, "{}", r.texte());
        }
    }
    // To two things, one alone has it.
    let (un, deux) =
        (ReferencerDossier { dossier_id: m.dossier_a1.uuid() }, ReferencerDossier { dossier_id: m.dossier_a2.uuid() });
    let partage = nom("B");
    let (a, b) = tokio::join!(membre.call(&un, &partage), membre.call(&deux, &partage));
    let mut codes = [a.code(), b.code()];
    codes.sort_unstable();
    assert_eq!(codes, [200, 409]);
}
