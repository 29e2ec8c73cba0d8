use api_types::endpoint::{AnnulerDepot, LireDocument, LireDossier};
use db::codes::Audience;
use db::journal::Trace;
use db::schema::{arrivees, dossiers};
use db::types::V;
use diesel::prelude::*;
use domain::document::Statut;
use domain::dossier::Etat;
use domain::evenement::EvenementType;
use domain::ids::DossierId;
use test_support::{NouveauDossier, TestApp};

use super::{depose, pdf, piece};

/// A dossier of A1 that its members still write.
fn brouillon(t: &TestApp) -> DossierId {
    let m = t.monde().clone();
    t.semer(move |s| {
        let (qui, gestionnaire) = ((m.adherent_a, m.etablissement_a1), m.gestionnaire);
        let nouveau = NouveauDossier::new("1820000050.01", "1403450", qui, gestionnaire);
        s.dossier(NouveauDossier { etat: Etat::Brouillon, ..nouveau })
    })
}

/// Transmits a dossier and what it holds, as the act that sends a demande does.
async fn transmettre(t: &TestApp, dossier: DossierId) {
    let gestionnaire = t.monde().gestionnaire;
    t.app()
        .write_systeme(move |tx| {
            diesel::update(dossiers::table.find(V(dossier)))
                .set((dossiers::etat.eq(V(Etat::Transmis)), dossiers::gestionnaire_id.eq(Some(V(gestionnaire)))))
                .execute(tx.conn)?;
            let scope = db::portee::dossier(tx.conn, dossier)?;
            app::documents::transmettre_avec_le_dossier(tx, &scope)?;
            let trace = Trace {
                action: "dossier.transmettre",
                objet: "dossier",
                objet_id: dossier.uuid(),
                dossier: Some(dossier),
                details: serde_json::Value::Null,
            };
            Ok(((), app::Journal::new(trace).annonce(EvenementType::DossierEtat, Audience::Tous, &scope, None)))
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn what_a_brouillon_holds_is_transmitted_with_it_and_not_before() {
    let t = TestApp::new().await;
    let dossier = brouillon(&t);
    let autres = t.monde().piece("PLAN", "autres");
    let d = depose(&t.membre(), dossier, autres, "a.pdf", pdf("a")).await;
    t.avancer(60);
    assert_eq!(t.travailler().await, 1);
    let op = LireDocument { document_id: d.id };
    let vu = t.membre().ok(&op, &()).await;
    assert_eq!((vu.statut, vu.transmis_le), (Statut::Recu, None));
    assert_eq!(t.lire(|conn| arrivees::table.count().get_result::<i64>(conn)), 0, "nobody is told of a brouillon");
    assert_eq!(t.journal(d.id), ["document.deposer"]);

    t.avancer(3600);
    transmettre(&t, dossier).await;
    assert_eq!(t.travailler().await, 1);
    let vu = t.gestionnaire().ok(&op, &()).await;
    assert_eq!((vu.statut, vu.transmis_le), (Statut::Transmis, Some(t.maintenant())));
    let lu = t.gestionnaire().ok(&LireDossier { dossier_id: dossier.uuid() }, &()).await;
    assert_eq!(lu.a_traiter, 1);
}

#[tokio::test]
async fn a_document_of_a_brouillon_can_be_taken_back_until_the_dossier_is_transmitted() {
    let t = TestApp::new().await;
    let dossier = brouillon(&t);
    let autres = t.monde().piece("PLAN", "autres");
    let d = depose(&t.membre(), dossier, autres, "a.pdf", pdf("a")).await;
    t.avancer(600);
    t.travailler().await;
    assert_eq!(t.membre().call(&AnnulerDepot { document_id: d.id }, &()).await.code(), 204);
    transmettre(&t, dossier).await;
    assert_eq!(t.travailler().await, 0);
    assert!(piece(&t.gestionnaire(), dossier, autres).await.documents.is_empty());
}

#[tokio::test]
async fn nobody_writes_a_message_on_a_brouillon() {
    let t = TestApp::new().await;
    let dossier = brouillon(&t);
    let form = crate::messages::formulaire("Bonjour", &[("a.pdf", pdf("a"))]);
    let refus = crate::messages::essayer(&t.membre(), dossier, form).await;
    refus.probleme(api_types::ProblemCode::EtatIncompatible);
    assert_eq!((t.blobs(), t.courriels().len()), (0, 0));
    transmettre(&t, dossier).await;
    crate::messages::envoyer(&t.membre(), dossier, "Bonjour").await;
    t.travailler().await;
}
