//! Passwords: changed, forgotten, set anew, judged.

use api_types::ProblemCode;
use api_types::comptes::{ChangementMotDePasse, EvaluationMotDePasse, MotDePasse, OubliMotDePasse, Reinitialisation};
use api_types::endpoint::{
    ChangerMotDePasse, CreerCompte, EvaluerMotDePasse, LireSession, OublierMotDePasse, ReinitialiserMotDePasse,
};
use futures_util::future::join_all;
use test_support::{MOT_DE_PASSE, TestApp};

use super::{connecter, courriels_a, creation, jeton_de, vue};

const MARC: &str = "marc@bati-rives.example";
const NOUVEAU: &str = "truelle enduit gravier 58 rouge";

fn changement(actuel: &str, nouveau: &str) -> ChangementMotDePasse {
    ChangementMotDePasse { actuel: MotDePasse(actuel.to_owned()), nouveau: MotDePasse(nouveau.to_owned()) }
}

fn oubli(email: &str) -> OubliMotDePasse {
    OubliMotDePasse { email: email.to_owned() }
}

fn reinitialisation(jeton: &str, mot_de_passe: &str) -> Reinitialisation {
    Reinitialisation { jeton: jeton.to_owned(), mot_de_passe: MotDePasse(mot_de_passe.to_owned()) }
}

#[tokio::test]
async fn a_change_gives_a_new_token_and_ends_the_other_sessions() {
    let t = TestApp::new().await;
    let (ici, ailleurs) = (t.membre(), t.membre());
    let ancien = ici.cookie();
    let reponse = ici.call(&ChangerMotDePasse {}, &changement(MOT_DE_PASSE, NOUVEAU)).await;
    assert_eq!(reponse.code(), 204);
    assert_ne!(ici.cookie(), ancien);
    ici.ok(&LireSession {}, &()).await;
    ailleurs.call(&LireSession {}, &()).await.probleme(ProblemCode::NonConnecte);
    let rejoue = t.anonyme();
    rejoue.poser_cookie(ancien);
    rejoue.call(&LireSession {}, &()).await.probleme(ProblemCode::NonConnecte);

    connecter(&t.anonyme(), MARC, MOT_DE_PASSE).await.probleme(ProblemCode::IdentifiantsIncorrects);
    assert_eq!(connecter(&t.anonyme(), MARC, NOUVEAU).await.code(), 200);
    assert_eq!(courriels_a(&t, MARC)[0].sujet, "Votre mot de passe eGestion a changé");
    assert_eq!(t.journal(t.monde().membre.uuid()), ["essai.semer", "mot_de_passe.changer"]);
}

#[tokio::test]
async fn a_change_needs_the_present_password_and_a_strong_one() {
    let t = TestApp::new().await;
    let membre = t.membre();
    let essayer = async |actuel: &str, nouveau: &str| {
        membre.call(&ChangerMotDePasse {}, &changement(actuel, nouveau)).await.pointeurs()
    };
    assert_eq!(essayer("un autre mot de passe", NOUVEAU).await, ["/actuel"]);
    assert_eq!(essayer(MOT_DE_PASSE, "court").await, ["/nouveau"]);
    assert_eq!(essayer(MOT_DE_PASSE, "bati.rives.2026").await, ["/nouveau"]);
    assert_eq!(essayer(MOT_DE_PASSE, MOT_DE_PASSE).await, ["/nouveau"]);
    membre.ok(&LireSession {}, &()).await;
    assert_eq!(connecter(&t.anonyme(), MARC, MOT_DE_PASSE).await.code(), 200);
}

#[tokio::test]
async fn the_present_password_is_not_to_be_guessed() {
    let t = TestApp::new().await;
    let membre = t.membre();
    for _ in 0..5 {
        membre
            .call(&ChangerMotDePasse {}, &changement("au hasard", NOUVEAU))
            .await
            .probleme(ProblemCode::ChampsInvalides);
    }
    let refus = membre.call(&ChangerMotDePasse {}, &changement(MOT_DE_PASSE, NOUVEAU)).await;
    refus.probleme(ProblemCode::TropDeRequetes);
    assert_eq!(refus.entete("retry-after"), Some("900"));
    t.avancer(900);
    membre.ok(&ChangerMotDePasse {}, &changement(MOT_DE_PASSE, NOUVEAU)).await;
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_the_link() {
    let t = TestApp::new().await;
    let (session, client) = (t.membre(), t.anonyme());
    client.ok(&OublierMotDePasse {}, &oubli(MARC)).await;
    client.ok(&OublierMotDePasse {}, &oubli(" MARC@bati-rives.example ")).await;
    let liens: Vec<_> = courriels_a(&t, MARC).iter().map(jeton_de).collect();
    assert_eq!(liens.len(), 2);

    let faible = client.call(&ReinitialiserMotDePasse {}, &reinitialisation(&liens[0], "marc-guerin-2026")).await;
    assert_eq!(faible.pointeurs(), ["/mot_de_passe"]);
    client.ok(&ReinitialiserMotDePasse {}, &reinitialisation(&liens[0], NOUVEAU)).await;
    session.call(&LireSession {}, &()).await.probleme(ProblemCode::NonConnecte);
    // The link served, and the other one is void.
    for lien in &liens {
        let encore = client.call(&ReinitialiserMotDePasse {}, &reinitialisation(lien, MOT_DE_PASSE)).await;
        encore.probleme(ProblemCode::LienInvalide);
    }
    assert_eq!(connecter(&client, MARC, NOUVEAU).await.code(), 200);
    assert_eq!(courriels_a(&t, MARC)[2].sujet, "Votre mot de passe eGestion a changé");
}

#[tokio::test]
async fn a_session_opened_by_the_former_password_while_another_is_set_does_not_outlive_it() {
    let t = TestApp::new().await;
    for (ancien, nouveau) in [(MOT_DE_PASSE, NOUVEAU), (NOUVEAU, MOT_DE_PASSE), (MOT_DE_PASSE, NOUVEAU)] {
        let (proprietaire, autres) = (t.anonyme(), [t.anonyme(), t.anonyme(), t.anonyme(), t.anonyme()]);
        proprietaire.ok(&OublierMotDePasse {}, &oubli(MARC)).await;
        let demande = reinitialisation(&jeton_de(courriels_a(&t, MARC).last().unwrap()), nouveau);
        let entrees = join_all(autres.iter().map(|client| connecter(client, MARC, ancien)));
        tokio::join!(entrees, proprietaire.ok(&ReinitialiserMotDePasse {}, &demande));
        for client in &autres {
            client.call(&LireSession {}, &()).await.probleme(ProblemCode::NonConnecte);
        }
        t.avancer(3600);
    }
}

#[tokio::test]
async fn a_link_to_a_new_password_lives_an_hour_and_is_no_other_link() {
    let t = TestApp::new().await;
    let client = t.anonyme();
    client.ok(&OublierMotDePasse {}, &oubli(MARC)).await;
    let lien = jeton_de(&courriels_a(&t, MARC)[0]);
    let confirmation = api_types::comptes::Confirmation { jeton: lien.clone() };
    client.call(&api_types::endpoint::ConfirmerCompte {}, &confirmation).await.probleme(ProblemCode::LienInvalide);
    t.avancer(3600);
    client
        .call(&ReinitialiserMotDePasse {}, &reinitialisation(&lien, NOUVEAU))
        .await
        .probleme(ProblemCode::LienInvalide);
}

#[tokio::test]
async fn a_forgotten_password_never_tells_who_has_an_account() {
    let t = TestApp::new().await;
    let connu = t.anonyme().call(&OublierMotDePasse {}, &oubli(MARC)).await;
    let inconnu = t.anonyme().call(&OublierMotDePasse {}, &oubli("personne@bati-rives.example")).await;
    assert_eq!((connu.code(), connu.corps.len()), (202, 0));
    assert_eq!(vue(&connu), vue(&inconnu));
    assert_eq!(t.courriels().len(), 1);
    let refus = t.anonyme().call(&OublierMotDePasse {}, &oubli("pas une adresse")).await;
    assert_eq!(refus.pointeurs(), ["/email"]);
}

#[tokio::test]
async fn a_mailbox_receives_three_links_an_hour_and_an_address_asks_for_twenty() {
    let t = TestApp::new().await;
    let client = t.anonyme();
    for _ in 0..20 {
        assert_eq!(client.call(&OublierMotDePasse {}, &oubli(MARC)).await.code(), 202);
    }
    assert_eq!(courriels_a(&t, MARC).len(), 3);
    let refus = client.call(&OublierMotDePasse {}, &oubli("nadia@bati-rives.example")).await;
    refus.probleme(ProblemCode::TropDeRequetes);
    let ailleurs = client.clone().depuis("198.51.100.9");
    assert_eq!(ailleurs.call(&OublierMotDePasse {}, &oubli(MARC)).await.code(), 202);
    t.avancer(3600);
    client.ok(&OublierMotDePasse {}, &oubli(MARC)).await;
    assert_eq!(courriels_a(&t, MARC).len(), 4);
}

#[tokio::test]
async fn the_link_proves_the_mailbox_too() {
    let t = TestApp::new().await;
    let (client, paul) = (t.anonyme(), "paul@bati-rives.example");
    client.ok(&CreerCompte {}, &creation(paul)).await;
    client.ok(&OublierMotDePasse {}, &oubli(paul)).await;
    let courriels = courriels_a(&t, paul);
    client.ok(&ReinitialiserMotDePasse {}, &reinitialisation(&jeton_de(&courriels[1]), NOUVEAU)).await;
    assert_eq!(connecter(&client, paul, NOUVEAU).await.code(), 200);
    let confirmation = api_types::comptes::Confirmation { jeton: jeton_de(&courriels[0]) };
    client.call(&api_types::endpoint::ConfirmerCompte {}, &confirmation).await.probleme(ProblemCode::LienInvalide);
}

/// Who forgot a password has tried it too many times: the mailbox proves more than the tries.
#[tokio::test]
async fn a_new_password_opens_the_account_that_tries_had_closed() {
    let t = TestApp::new().await;
    let client = t.anonyme();
    for _ in 0..6 {
        connecter(&client, MARC, "ce n’est pas le bon").await;
    }
    connecter(&client, MARC, MOT_DE_PASSE).await.probleme(ProblemCode::TropDeRequetes);
    client.ok(&OublierMotDePasse {}, &oubli(MARC)).await;
    let jeton = jeton_de(&courriels_a(&t, MARC)[0]);
    client.ok(&ReinitialiserMotDePasse {}, &reinitialisation(&jeton, NOUVEAU)).await;
    assert_eq!(connecter(&client, MARC, NOUVEAU).await.code(), 200);
}

#[tokio::test]
async fn passwords_are_judged_while_they_are_typed() {
    let t = TestApp::new().await;
    let juger = async |texte: &str| {
        let evaluation = EvaluationMotDePasse { mot_de_passe: MotDePasse(texte.to_owned()) };
        let force = t.anonyme().ok(&EvaluerMotDePasse {}, &evaluation).await;
        (force.score, force.accepte)
    };
    assert_eq!(juger(MOT_DE_PASSE).await, (4, true));
    assert!(!juger("motdepasse2026").await.1);
    assert!(!juger("").await.1);
    let (score, accepte) = juger(&"tuile brouette zinc ".repeat(1000)).await;
    assert!(score >= 3 && !accepte);
    // A password is used whole: nothing is trimmed, nothing is cut.
    let long = "tuile brouette zinc ".repeat(12);
    let membre = t.membre();
    membre.ok(&ChangerMotDePasse {}, &changement(MOT_DE_PASSE, &long)).await;
    connecter(&t.anonyme(), MARC, long.trim_end()).await.probleme(ProblemCode::IdentifiantsIncorrects);
    assert_eq!(connecter(&t.anonyme(), MARC, &long).await.code(), 200);
}
