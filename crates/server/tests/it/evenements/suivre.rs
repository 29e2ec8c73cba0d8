use api_types::ProblemCode;
use api_types::endpoint::{AnnulerDepot, SuivreEvenements};
use api_types::travail::EvenementType;
use db::schema::{evenements, rattachements, sessions};
use db::types::V;
use diesel::prelude::*;
use test_support::TestApp;

use super::{Bloc, Ecoute, message_sur, serveur};
use crate::messages::{deposer, envoyer};

fn reprise() -> Bloc {
    Bloc { event: "reprise".to_owned(), data: "{}".to_owned() }
}

#[tokio::test]
async fn what_happens_is_heard_at_once_by_both_sides() {
    let t = serveur().await;
    let m = t.monde();
    let mut membre = Ecoute::ouvrir(&t.membre(), None).await;
    let mut gestionnaire = Ecoute::ouvrir(&t.gestionnaire(), None).await;
    assert_eq!(membre.entete("content-type"), Some("text/event-stream"));
    assert_eq!(membre.entete("cache-control"), Some("no-store"));
    assert_eq!(membre.entete("x-accel-buffering"), Some("no"));
    let message = envoyer(&t.membre(), m.dossier_a1, "Bonjour").await;
    for ecoute in [&mut membre, &mut gestionnaire] {
        let bloc = ecoute.suivant().await;
        let evenement: api_types::travail::Evenement = serde_json::from_str(&bloc.data).unwrap();
        assert_eq!((evenement.nature, evenement.objet_id), (EvenementType::MessageEnvoye, Some(message.id)));
        assert_eq!((evenement.dossier_id, evenement.le), (m.dossier_a1.uuid(), t.maintenant()));
    }
    t.travailler().await;
}

#[tokio::test]
async fn nobody_hears_of_what_is_not_theirs() {
    let t = serveur().await;
    let m = t.monde();
    let mut gestionnaire = Ecoute::ouvrir(&t.gestionnaire(), None).await;
    let mut autre = Ecoute::ouvrir(&t.autre_membre(), None).await;
    let mut membre = Ecoute::ouvrir(&t.membre(), None).await;
    // A deposit taken back during its undo window never reaches the OPCO.
    let depot = deposer(&t.membre(), m.dossier_a1, m.piece("PLAN", "autres"), "erreur").await;
    t.membre().ok(&AnnulerDepot { document_id: depot.id }, &()).await;
    t.avancer(60);
    t.travailler().await;
    envoyer(&t.membre(), m.dossier_a2, "Bonjour").await;
    envoyer(&t.autre_gestionnaire(), m.dossier_b, "Bonjour").await;
    assert_eq!(gestionnaire.entendre().await, message_sur(m.dossier_a2));
    assert_eq!(autre.entendre().await, message_sur(m.dossier_b));
    assert_eq!(membre.entendre().await, (EvenementType::DocumentDepose, m.dossier_a1.uuid()));
    assert_eq!(membre.entendre().await, (EvenementType::DocumentAnnule, m.dossier_a1.uuid()));
    assert_eq!(membre.entendre().await, message_sur(m.dossier_a2));
    t.travailler().await;
}

#[tokio::test]
async fn a_stream_resumes_after_the_last_event_received() {
    let t = serveur().await;
    let m = t.monde();
    let mut avant = Ecoute::ouvrir(&t.membre(), None).await;
    envoyer(&t.gestionnaire(), m.dossier_a1, "Un").await;
    avant.entendre().await;
    let id = avant.id.clone();
    drop(avant);
    envoyer(&t.gestionnaire(), m.dossier_a2, "Deux").await;
    envoyer(&t.autre_gestionnaire(), m.dossier_b, "Ailleurs").await;
    let mut apres = Ecoute::ouvrir(&t.membre(), Some(&id)).await;
    assert_eq!(apres.entendre().await, message_sur(m.dossier_a2));
    envoyer(&t.gestionnaire(), m.dossier_a1, "Trois").await;
    assert_eq!(apres.entendre().await, message_sur(m.dossier_a1));
    t.travailler().await;
}

#[tokio::test]
async fn events_written_at_the_same_time_are_all_heard() {
    let t = serveur().await;
    let dossier = t.monde().dossier_a1;
    let mut ecoute = Ecoute::ouvrir(&t.membre(), None).await;
    let membre = t.membre();
    let envois = (0..20).map(|n| {
        let membre = membre.clone();
        tokio::spawn(async move { envoyer(&membre, dossier, &format!("n° {n}")).await.id })
    });
    let mut envoyes = Vec::new();
    for envoi in envois.collect::<Vec<_>>() {
        envoyes.push(envoi.await.unwrap());
    }
    let mut entendus = Vec::new();
    for _ in &envoyes {
        let evenement: api_types::travail::Evenement = serde_json::from_str(&ecoute.suivant().await.data).unwrap();
        entendus.push(evenement.objet_id.unwrap());
    }
    envoyes.sort();
    entendus.sort();
    assert_eq!(entendus, envoyes);
    t.travailler().await;
}

#[tokio::test]
async fn a_stream_that_heard_nothing_knows_from_where_to_resume() {
    let t = serveur().await;
    let m = t.monde();
    envoyer(&t.gestionnaire(), m.dossier_a1, "Avant").await;
    let ecoute = Ecoute::ouvrir(&t.membre(), None).await;
    let id = ecoute.id.clone();
    drop(ecoute);
    envoyer(&t.gestionnaire(), m.dossier_a2, "Après").await;
    let mut apres = Ecoute::ouvrir(&t.membre(), Some(&id)).await;
    // On PostgreSQL the hub may not have read the first message yet when the stream opened.
    let mut entendu = apres.entendre().await;
    if entendu == message_sur(m.dossier_a1) {
        entendu = apres.entendre().await;
    }
    assert_eq!(entendu, message_sur(m.dossier_a2));
    t.travailler().await;
}

#[tokio::test]
async fn who_comes_back_from_too_far_is_told_to_read_everything_again() {
    let t = serveur().await;
    let m = t.monde().clone();
    envoyer(&t.gestionnaire(), m.dossier_a1, "Un").await;
    let debut: i64 =
        t.lire(|c| evenements::table.select(diesel::dsl::max(evenements::seq)).first::<Option<i64>>(c)).unwrap();
    let scope = |id, adherent, etablissement, gestionnaire| domain::policy::DossierScope {
        id,
        adherent,
        etablissement,
        gestionnaire: Some(gestionnaire),
        etat: domain::dossier::Etat::EnInstruction,
    };
    let ailleurs = scope(m.dossier_b, m.adherent_b, m.etablissement_b, m.autre_gestionnaire);
    let ici = scope(m.dossier_a1, m.adherent_a, m.etablissement_a1, m.gestionnaire);
    let annoncer = |nombre: usize, dossier: domain::policy::DossierScope| {
        t.semer(move |s| {
            for _ in 0..nombre {
                let (nature, audience) = (EvenementType::DossierEtat, db::codes::Audience::Tous);
                let annonce = db::journal::Annonce { nature, audience, dossier: dossier.clone(), objet: None };
                db::journal::annoncer(s.conn, s.le, &annonce).unwrap();
            }
        });
    };
    // What others did meanwhile does not count, however much it is.
    annoncer(2001, ailleurs);
    envoyer(&t.gestionnaire(), m.dossier_a2, "Deux").await;
    let mut loin = Ecoute::ouvrir(&t.membre(), Some(&debut.to_string())).await;
    assert_eq!(loin.entendre().await, message_sur(m.dossier_a2));
    drop(loin);
    annoncer(1001, ici);
    for depuis in [debut.to_string(), "999999999".to_owned(), "-3".to_owned(), "hier".to_owned()] {
        let mut ecoute = Ecoute::ouvrir(&t.membre(), Some(&depuis)).await;
        let place: i64 = ecoute.id.parse().unwrap();
        assert!((0..999_999_999).contains(&place), "{depuis}: {place}");
        assert_eq!(ecoute.suivant().await, reprise(), "{depuis}");
        envoyer(&t.gestionnaire(), m.dossier_a2, "La suite").await;
        assert_eq!(ecoute.entendre().await, message_sur(m.dossier_a2));
    }
    let mut presque = Ecoute::ouvrir(&t.membre(), Some(&(debut + 1).to_string())).await;
    assert_eq!(presque.suivant().await, reprise());
    t.travailler().await;
}

#[tokio::test]
async fn a_stream_ends_with_its_session() {
    let t = serveur().await;
    let m = t.monde().clone();
    let ecoute = Ecoute::ouvrir(&t.membre(), None).await;
    t.semer(move |s| {
        diesel::delete(sessions::table.filter(sessions::utilisateur_id.eq(V(m.membre)))).execute(s.conn).unwrap();
    });
    assert_eq!(ecoute.fermer().await, []);
}

#[tokio::test]
async fn listening_does_not_keep_a_session_alive() {
    let t = serveur().await;
    let ecoute = Ecoute::ouvrir(&t.membre(), None).await;
    t.avancer(60 * 60 + 1);
    assert_eq!(ecoute.fermer().await, []);
}

#[tokio::test]
async fn a_right_withdrawn_is_heard_no_more() {
    let t = serveur().await;
    let m = t.monde().clone();
    let mut ecoute = Ecoute::ouvrir(&t.membre(), None).await;
    t.semer(move |s| {
        diesel::delete(rattachements::table.find((V(m.membre), V(m.etablissement_a1)))).execute(s.conn).unwrap();
    });
    // The second beat from now comes after the rights were read again.
    for _ in 0..2 {
        ecoute.battement().await;
    }
    let m = t.monde();
    envoyer(&t.gestionnaire(), m.dossier_a1, "Un").await;
    envoyer(&t.gestionnaire(), m.dossier_a2, "Deux").await;
    assert_eq!(ecoute.entendre().await, message_sur(m.dossier_a2));
    t.travailler().await;
}

#[tokio::test]
async fn an_eleventh_stream_ends_the_oldest() {
    let t = serveur().await;
    let m = t.monde();
    let premier = Ecoute::ouvrir(&t.membre(), None).await;
    let mut suivants = Vec::new();
    for _ in 0..10 {
        suivants.push(Ecoute::ouvrir(&t.membre(), None).await);
    }
    assert_eq!(premier.fermer().await, []);
    envoyer(&t.gestionnaire(), m.dossier_a1, "Bonjour").await;
    for ecoute in &mut suivants {
        assert_eq!(ecoute.entendre().await, message_sur(m.dossier_a1));
    }
    t.travailler().await;
}

#[tokio::test]
async fn streams_end_when_the_process_stops() {
    let t = serveur().await;
    let ecoute = Ecoute::ouvrir(&t.membre(), None).await;
    t.app().hub().fermer();
    assert_eq!(ecoute.fermer().await, []);
}

#[tokio::test]
async fn a_stream_needs_a_session() {
    let t = serveur().await;
    t.anonyme().call(&SuivreEvenements {}, &()).await.probleme(ProblemCode::NonConnecte);
}

#[tokio::test]
async fn events_of_more_than_a_week_are_purged_but_the_last() {
    let t = TestApp::new().await;
    let m = t.monde();
    let nombre = || t.lire(|c| evenements::table.count().get_result::<i64>(c));
    envoyer(&t.gestionnaire(), m.dossier_a1, "Un").await;
    envoyer(&t.gestionnaire(), m.dossier_a1, "Deux").await;
    t.avancer(7 * 24 * 3600 + 1);
    assert_eq!((app::worker::purger_evenements(t.app()).await.unwrap(), nombre()), (1, 1));
    envoyer(&t.autre_gestionnaire(), m.dossier_b, "Trois").await;
    assert_eq!((app::worker::purger_evenements(t.app()).await.unwrap(), nombre()), (1, 1));
    t.travailler().await;
}

#[tokio::test]
async fn any_number_of_old_events_is_purged() {
    let t = TestApp::new().await;
    let m = t.monde();
    envoyer(&t.gestionnaire(), m.dossier_a1, "Un").await;
    t.semer(|s| {
        for _ in 0..11 {
            diesel::sql_query(
                "INSERT INTO evenements (le, nature, audience, dossier_id, etablissement_id) \
                 SELECT le, nature, audience, dossier_id, etablissement_id FROM evenements",
            )
            .execute(s.conn)
            .unwrap();
        }
    });
    t.avancer(7 * 24 * 3600 + 1);
    envoyer(&t.autre_gestionnaire(), m.dossier_b, "Deux").await;
    assert_eq!(app::worker::purger_evenements(t.app()).await.unwrap(), 1 << 11);
    assert_eq!(t.lire(|c| evenements::table.count().get_result::<i64>(c)), 1);
    t.travailler().await;
}
