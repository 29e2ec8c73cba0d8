//! The log, its replays, and its purge.

use api_types::ProblemCode;
use api_types::endpoint::{LireLivraison, ListerLivraisons, RejouerLivraison, RejouerLivraisons, SuspendreWebhook};
use api_types::webhooks::{EtendueRejeu, FiltreLivraisons, Rejeu, StatutLivraison};
use test_support::{Reaction, TestApp};
use uuid::Uuid;

use super::{abonne, creer, livraisons, saisie};
use crate::messages::envoyer;

#[tokio::test]
async fn the_log_is_read_page_by_page_and_narrowed() {
    let t = TestApp::new().await;
    let (m, nadia) = (t.monde(), t.administrateur());
    let (recepteur, cree) = abonne(&t).await;
    recepteur.repondre(|_, rang| Reaction::statut(if rang == 1 { 500 } else { 200 }));
    for n in 0..5 {
        envoyer(&t.membre(), m.dossier_a1, &format!("n° {n}")).await;
        t.expedier().await;
    }
    let webhook_id = cree.webhook.id;
    let toutes: Vec<Uuid> = livraisons(&nadia, webhook_id).await.iter().map(|l| l.id).collect();
    let mut lues = Vec::new();
    let mut curseur = None;
    loop {
        let query = FiltreLivraisons { curseur, limite: Some(2), statut: None };
        let page = nadia.ok(&ListerLivraisons { webhook_id, query }, &()).await;
        assert!(page.elements.len() <= 2);
        lues.extend(page.elements.iter().map(|l| l.id));
        curseur = page.suivant;
        if curseur.is_none() {
            break;
        }
    }
    assert_eq!((lues.len(), &lues), (5, &toutes));
    let query = FiltreLivraisons { statut: Some(StatutLivraison::EnAttente), ..FiltreLivraisons::default() };
    let attendues = nadia.ok(&ListerLivraisons { webhook_id, query }, &()).await.elements;
    assert_eq!(attendues.iter().map(|l| l.id).collect::<Vec<_>>(), [toutes[3]]);
    let query = FiltreLivraisons { curseur: Some("rien".to_owned()), ..FiltreLivraisons::default() };
    nadia.call(&ListerLivraisons { webhook_id, query }, &()).await.probleme(ProblemCode::RequeteIllisible);
    t.travailler().await;
}

#[tokio::test]
async fn a_delivery_is_replayed_with_its_identifier_and_keeps_its_attempts() {
    let t = TestApp::new().await;
    let nadia = t.administrateur();
    let (recepteur, cree) = abonne(&t).await;
    let webhook_id = cree.webhook.id;
    envoyer(&t.membre(), t.monde().dossier_a1, "Bonjour").await;
    t.expedier().await;
    let livraison_id = livraisons(&nadia, webhook_id).await[0].id;
    nadia.ok(&RejouerLivraison { webhook_id, livraison_id }, &()).await;
    // Under way already.
    let encore = nadia.call(&RejouerLivraison { webhook_id, livraison_id }, &()).await;
    encore.probleme(ProblemCode::EtatIncompatible);
    assert_eq!(t.expedier().await, 1);
    let recus = recepteur.recus();
    assert_eq!((recus[0].id(), &recus[0].corps), (recus[1].id(), &recus[1].corps));
    let complete = nadia.ok(&LireLivraison { webhook_id, livraison_id }, &()).await;
    assert_eq!((complete.essais.len(), complete.livraison.tentatives), (2, 1));
    assert_eq!(complete.livraison.dernier_essai.as_ref(), complete.essais.last());
    t.travailler().await;
}

#[tokio::test]
async fn what_failed_since_a_date_is_replayed_or_all_of_it() {
    let t = TestApp::new().await;
    let (recepteur, cree) = abonne(&t).await;
    let webhook_id = cree.webhook.id;
    recepteur.repondre(|_, _| Reaction::statut(500));
    envoyer(&t.membre(), t.monde().dossier_a1, "Ancien").await;
    // Given up after ten attempts.
    for attente in [0, 6, 360, 2160, 8640, 21_600, 43_200, 60_480, 86_400, 103_680] {
        t.avancer(attente);
        t.expedier().await;
    }
    let milieu = t.maintenant();
    t.avancer(1);
    recepteur.repondre(|_, _| Reaction::statut(200));
    envoyer(&t.membre(), t.monde().dossier_a1, "Récent").await;
    t.expedier().await;
    let nadia = t.administrateur();
    let statuts: Vec<_> = livraisons(&nadia, webhook_id).await.iter().map(|l| l.statut).collect();
    assert_eq!(statuts, [StatutLivraison::Livree, StatutLivraison::Echouee]);

    let rejouer = async |depuis, etendue| {
        let n = nadia.ok(&RejouerLivraisons { webhook_id }, &Rejeu { depuis, etendue }).await.livraisons;
        assert_eq!(t.expedier().await, usize::try_from(n).unwrap());
        n
    };
    assert_eq!(rejouer(milieu, EtendueRejeu::Echecs).await, 0);
    assert_eq!(rejouer(milieu, EtendueRejeu::Toutes).await, 1);
    assert_eq!(rejouer(cree.webhook.cree_le, EtendueRejeu::Echecs).await, 1);
    assert_eq!(rejouer(cree.webhook.cree_le, EtendueRejeu::Toutes).await, 2);
    assert_eq!(recepteur.recus().len(), 10 + 1 + 1 + 1 + 2);
    t.travailler().await;
}

#[tokio::test]
async fn nothing_is_replayed_while_paused_nor_from_another_log() {
    let t = TestApp::new().await;
    let nadia = t.administrateur();
    let (_recepteur, cree) = abonne(&t).await;
    let autre = creer(&t, &saisie("http://127.0.0.1:9/")).await.webhook.id;
    envoyer(&t.membre(), t.monde().dossier_a1, "Bonjour").await;
    t.expedier().await;
    let webhook_id = cree.webhook.id;
    let livraison_id = livraisons(&nadia, webhook_id).await[0].id;
    let ailleurs = nadia.call(&LireLivraison { webhook_id: autre, livraison_id }, &()).await;
    ailleurs.probleme(ProblemCode::Absent);
    nadia.call(&RejouerLivraison { webhook_id: autre, livraison_id }, &()).await.probleme(ProblemCode::Absent);
    let absente = nadia.call(&LireLivraison { webhook_id, livraison_id: Uuid::new_v4() }, &()).await;
    assert_eq!(ailleurs.corps, absente.corps);
    nadia.ok(&SuspendreWebhook { webhook_id }, &()).await;
    let refus = nadia.call(&RejouerLivraison { webhook_id, livraison_id }, &()).await;
    refus.probleme(ProblemCode::EtatIncompatible);
    let tout = Rejeu { depuis: cree.webhook.cree_le, etendue: EtendueRejeu::Toutes };
    nadia.call(&RejouerLivraisons { webhook_id }, &tout).await.probleme(ProblemCode::EtatIncompatible);
    t.travailler().await;
}

#[tokio::test]
async fn a_delivery_that_is_replayed_while_the_old_log_is_forgotten_stays_with_its_attempts() {
    use db::schema::{essais, livraisons as t_livraisons};
    use db::types::V;
    use diesel::prelude::*;
    use domain::ids::LivraisonId;
    let t = TestApp::new().await;
    let (_recepteur, cree) = abonne(&t).await;
    envoyer(&t.membre(), t.monde().dossier_a1, "Vieux").await;
    t.expedier().await;
    let id = livraisons(&t.administrateur(), cree.webhook.id).await[0].id;
    t.avancer(30 * 24 * 3600 + 1);
    let relance = (
        t_livraisons::statut.eq(V(domain::webhook::StatutLivraison::EnAttente)),
        t_livraisons::prochaine_le.eq(Some(V(t.maintenant()))),
        t_livraisons::terminee_le.eq(None::<V<jiff::Timestamp>>),
    );
    let rejouer = move |conn: &mut db::Conn| {
        diesel::update(t_livraisons::table.find(V(LivraisonId::new(id)))).set(relance).execute(conn)?;
        Ok(())
    };
    let oubliees = crate::pendant(&t, rejouer, app::webhooks::purger(t.app())).await.unwrap();
    assert_eq!((oubliees, t.lire(|c| essais::table.count().get_result::<i64>(c))), (0, 1));
    assert_eq!(t.expedier().await, 1);
    t.travailler().await;
}

#[tokio::test]
async fn the_old_log_is_forgotten() {
    use db::schema::essais;
    use diesel::prelude::*;
    let t = TestApp::new().await;
    let (_recepteur, cree) = abonne(&t).await;
    envoyer(&t.membre(), t.monde().dossier_a1, "Vieux").await;
    t.expedier().await;
    t.avancer(30 * 24 * 3600);
    envoyer(&t.membre(), t.monde().dossier_a1, "Neuf").await;
    t.expedier().await;
    assert_eq!(app::webhooks::purger(t.app()).await.unwrap(), 0);
    t.avancer(1);
    assert_eq!(app::webhooks::purger(t.app()).await.unwrap(), 1);
    assert_eq!(livraisons(&t.administrateur(), cree.webhook.id).await.len(), 1);
    assert_eq!(t.lire(|c| essais::table.count().get_result::<i64>(c)), 1);
    t.travailler().await;
}
