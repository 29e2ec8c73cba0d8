//! One's own sessions.

use api_types::ProblemCode;
use api_types::endpoint::{LireSession, ListerSessions, TerminerAutresSessions, TerminerSession};
use test_support::{MOT_DE_PASSE, TestApp};
use uuid::Uuid;

use super::{connecter, vue};

#[tokio::test]
async fn sessions_are_listed_with_what_they_come_from() {
    let t = TestApp::new().await;
    let ancien = t.membre();
    t.avancer(120);
    let telephone = t.anonyme().depuis("198.51.100.4");
    let connexion = api_types::comptes::Connexion {
        email: "marc@bati-rives.example".to_owned(),
        mot_de_passe: api_types::comptes::MotDePasse(MOT_DE_PASSE.to_owned()),
    };
    let requete = telephone.requete(&api_types::endpoint::OuvrirSession {}, &connexion);
    let agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
    telephone.envoyer(requete.header("user-agent", agent)).await;
    t.autre_membre();

    let liste = telephone.ok(&ListerSessions {}, &()).await.elements;
    let vues: Vec<_> = liste.iter().map(|s| (s.courante, s.appareil.as_str(), s.adresse.as_str())).collect();
    assert_eq!(vues, [(true, "Safari sur iPhone", "198.51.100.4"), (false, "Programme", "127.0.0.1")]);
    assert_eq!(liste[0].expire_le.duration_since(liste[0].ouverte_le).as_hours(), 12);

    telephone.ok(&TerminerSession { session_id: liste[1].id }, &()).await;
    ancien.call(&LireSession {}, &()).await.probleme(ProblemCode::NonConnecte);
    assert_eq!(telephone.ok(&ListerSessions {}, &()).await.elements.len(), 1);
}

#[tokio::test]
async fn somebody_elses_session_is_absent() {
    let t = TestApp::new().await;
    let (membre, autre) = (t.membre(), t.autre_membre());
    let etrangere = autre.ok(&ListerSessions {}, &()).await.elements[0].id;
    let refus = membre.call(&TerminerSession { session_id: etrangere }, &()).await;
    refus.probleme(ProblemCode::Absent);
    let absente = membre.call(&TerminerSession { session_id: Uuid::now_v7() }, &()).await;
    assert_eq!(vue(&refus), vue(&absente));
    let tordue = membre.nue(api_types::Method::Delete, "/api/v1/moi/sessions/rien");
    assert_eq!(vue(&membre.envoyer(tordue).await), vue(&absente));
    autre.ok(&LireSession {}, &()).await;
}

#[tokio::test]
async fn all_others_end_together() {
    let t = TestApp::new().await;
    let (ici, la, encore, autre) = (t.membre(), t.membre(), t.membre(), t.autre_membre());
    ici.ok(&TerminerAutresSessions {}, &()).await;
    la.call(&LireSession {}, &()).await.probleme(ProblemCode::NonConnecte);
    encore.call(&LireSession {}, &()).await.probleme(ProblemCode::NonConnecte);
    ici.ok(&LireSession {}, &()).await;
    autre.ok(&LireSession {}, &()).await;
}

#[tokio::test]
async fn nobody_acts_on_sessions_without_one() {
    let t = TestApp::new().await;
    let anonyme = t.anonyme();
    anonyme.call(&LireSession {}, &()).await.probleme(ProblemCode::NonConnecte);
    anonyme.call(&ListerSessions {}, &()).await.probleme(ProblemCode::NonConnecte);
    anonyme.call(&TerminerAutresSessions {}, &()).await.probleme(ProblemCode::NonConnecte);
    anonyme.call(&TerminerSession { session_id: Uuid::nil() }, &()).await.probleme(ProblemCode::NonConnecte);
    assert_eq!(connecter(&anonyme, "marc@bati-rives.example", MOT_DE_PASSE).await.code(), 200);
}
