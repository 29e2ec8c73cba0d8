//! Who hears of what.

use api_types::endpoint::{AnnulerDepot, CreerWebhook, ModifierWebhook, TraiterDossier};
use api_types::travail::Traitement;
use api_types::webhooks::{SaisieWebhook, WebhookType};
use db::schema::{rattachements, utilisateurs};
use db::types::V;
use diesel::prelude::*;
use test_support::{Recepteur, TestApp};

use super::{abonne, creer, saisie};
use crate::messages::{deposer, envoyer};

fn dossiers(recepteur: &Recepteur) -> Vec<uuid::Uuid> {
    recepteur.recus().iter().filter_map(|r| r.message().data.dossier_id).collect()
}

#[tokio::test]
async fn a_company_hears_of_its_own_dossiers_alone() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (a, _) = abonne(&t).await;
    let b = Recepteur::new();
    t.autre_membre().ok(&CreerWebhook { adherent_id: m.adherent_b.uuid() }, &saisie(&b.url())).await;
    envoyer(&t.membre(), m.dossier_a1, "Bonjour").await;
    envoyer(&t.autre_gestionnaire(), m.dossier_b, "Bonjour").await;
    t.expedier().await;
    assert_eq!((dossiers(&a), dossiers(&b)), (vec![m.dossier_a1.uuid()], vec![m.dossier_b.uuid()]));
    t.travailler().await;
}

#[tokio::test]
async fn what_is_the_opcos_alone_is_never_told() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (recepteur, _) = abonne(&t).await;
    envoyer(&t.membre(), m.dossier_a1, "Bonjour").await;
    t.gestionnaire().ok(&TraiterDossier { dossier_id: m.dossier_a1.uuid(), query: Traitement::default() }, &()).await;
    // During the undo window a document of the OPCO is the OPCO's own.
    let form = reqwest::multipart::Form::new()
        .part("fichier", reqwest::multipart::Part::bytes(crate::messages::pdf("accord")).file_name("accord.pdf"));
    let depot = api_types::endpoint::DeposerDocumentOpco { dossier_id: m.dossier_a1.uuid() };
    let document: api_types::documents::Document = t.gestionnaire().multipart(&depot, form).await.lire();
    t.gestionnaire().ok(&AnnulerDepot { document_id: document.id }, &()).await;
    t.expedier().await;
    let natures: Vec<_> = recepteur.recus().iter().map(|r| r.message().nature).collect();
    assert_eq!(natures, [WebhookType::MessageEnvoye]);
    t.travailler().await;
}

#[tokio::test]
async fn a_subscription_is_narrowed_to_types_and_etablissements() {
    let t = TestApp::new().await;
    let m = t.monde();
    let (par_type, par_lieu) = (Recepteur::new(), Recepteur::new());
    creer(&t, &SaisieWebhook { types: vec![WebhookType::DocumentDepose], ..saisie(&par_type.url()) }).await;
    creer(&t, &SaisieWebhook { etablissements: vec![m.etablissement_a2.uuid()], ..saisie(&par_lieu.url()) }).await;
    envoyer(&t.membre(), m.dossier_a1, "Bonjour").await;
    envoyer(&t.membre(), m.dossier_a2, "Bonjour").await;
    let depot = deposer(&t.membre(), m.dossier_a1, m.piece("PLAN", "autres"), "piece").await;
    t.expedier().await;
    assert_eq!(dossiers(&par_type), [m.dossier_a1.uuid()]);
    assert_eq!(dossiers(&par_lieu), [m.dossier_a2.uuid()]);
    t.membre().ok(&AnnulerDepot { document_id: depot.id }, &()).await;
    t.travailler().await;
}

#[tokio::test]
async fn a_right_withdrawn_is_heard_no_more_until_somebody_else_bears_the_subscription() {
    let t = TestApp::new().await;
    let m = t.monde().clone();
    let (recepteur, cree) = abonne(&t).await;
    let (a1, nadia) = (m.etablissement_a1, m.administrateur);
    t.semer(move |s| {
        diesel::delete(rattachements::table.find((V(nadia), V(a1)))).execute(s.conn).unwrap();
    });
    envoyer(&t.membre(), m.dossier_a1, "Un").await;
    envoyer(&t.membre(), m.dossier_a2, "Deux").await;
    t.expedier().await;
    assert_eq!(dossiers(&recepteur), [m.dossier_a2.uuid()]);

    // Made while the right stood, sent once it is gone: not sent.
    envoyer(&t.membre(), m.dossier_a2, "Trois").await;
    recepteur.repondre(|_, _| test_support::Reaction::statut(500));
    t.expedier().await;
    t.semer(move |s| {
        let suspendre = utilisateurs::suspendu_le.eq(Some(V(s.le)));
        diesel::update(utilisateurs::table.find(V(nadia))).set(suspendre).execute(s.conn).unwrap();
    });
    t.avancer(3600);
    t.expedier().await;
    assert_eq!(recepteur.recus().len(), 2);

    recepteur.repondre(|_, _| test_support::Reaction::statut(200));
    t.semer(move |s| {
        use domain::RoleMembre;
        diesel::update(rattachements::table.filter(rattachements::utilisateur_id.eq(V(m.membre))))
            .set(rattachements::role.eq(V(RoleMembre::Administrateur)))
            .execute(s.conn)
            .unwrap();
    });
    let modifier = ModifierWebhook { webhook_id: cree.webhook.id };
    assert_eq!(t.membre().changer(&modifier, "*", &saisie(&recepteur.url())).await.code(), 200);
    envoyer(&t.gestionnaire(), m.dossier_a1, "Quatre").await;
    t.expedier().await;
    assert_eq!(dossiers(&recepteur).last(), Some(&m.dossier_a1.uuid()));
    t.travailler().await;
}

#[tokio::test]
async fn nothing_that_happened_before_is_told() {
    let t = TestApp::new().await;
    envoyer(&t.membre(), t.monde().dossier_a1, "Avant").await;
    t.avancer(1);
    let (recepteur, _) = abonne(&t).await;
    assert_eq!((t.expedier().await, recepteur.recus().len()), (0, 0));
    t.travailler().await;
}

#[tokio::test]
async fn who_manages_one_etablissement_reads_the_log_of_that_one_alone() {
    use api_types::ProblemCode;
    use api_types::endpoint::{LireLivraison, LireWebhook, ListerWebhooks, SuspendreWebhook};
    use domain::RoleMembre;
    let t = TestApp::new().await;
    let m = t.monde().clone();
    let (_recepteur, cree) = abonne(&t).await;
    let webhook_id = cree.webhook.id;
    let d_un_seul = SaisieWebhook { etablissements: vec![m.etablissement_a2.uuid()], ..saisie("http://127.0.0.1:9/") };
    let ailleurs = creer(&t, &d_un_seul).await.webhook.id;
    t.semer(move |s| {
        diesel::update(rattachements::table.find((V(m.lecteur), V(m.etablissement_a1))))
            .set(rattachements::role.eq(V(RoleMembre::Administrateur)))
            .execute(s.conn)
            .unwrap();
    });
    envoyer(&t.membre(), m.dossier_a1, "Un").await;
    envoyer(&t.membre(), m.dossier_a2, "Deux").await;
    t.expedier().await;
    let toutes = super::livraisons(&t.administrateur(), webhook_id).await;
    let lea = t.lecteur();
    let siennes = super::livraisons(&lea, webhook_id).await;
    assert_eq!((toutes.len(), siennes.len()), (2, 1));
    assert_eq!(siennes[0].dossier_id, Some(m.dossier_a1.uuid()));
    let livraison_id = toutes.iter().find(|l| l.dossier_id == Some(m.dossier_a2.uuid())).unwrap().id;
    lea.call(&LireLivraison { webhook_id, livraison_id }, &()).await.probleme(ProblemCode::Absent);
    lea.call(&LireWebhook { webhook_id: ailleurs }, &()).await.probleme(ProblemCode::Interdit);
    let liste = lea.ok(&ListerWebhooks { adherent_id: m.adherent_a.uuid() }, &()).await;
    assert_eq!(liste.elements.iter().map(|w| w.id).collect::<Vec<_>>(), [webhook_id]);
    // Nor do the counts tell of more than the log.
    t.administrateur().ok(&SuspendreWebhook { webhook_id }, &()).await;
    envoyer(&t.membre(), m.dossier_a1, "Trois").await;
    envoyer(&t.membre(), m.dossier_a2, "Quatre").await;
    t.expedier().await;
    let retenues = async |client: &test_support::Client| client.ok(&LireWebhook { webhook_id }, &()).await.retenues;
    assert_eq!((retenues(&t.administrateur()).await, retenues(&lea).await), (2, 1));
    t.travailler().await;
}
