//! Asking for an account, and confirming its address.

use api_types::ProblemCode;
use api_types::comptes::{Confirmation, CreationCompte, MotDePasse};
use api_types::endpoint::{ConfirmerCompte, CreerCompte, LireSession};
use db::schema::journal;
use diesel::prelude::*;
use domain::RoleMembre;
use test_support::{MOT_DE_PASSE, TestApp, siret};

use super::{connecter, courriels_a, creation, jeton_de, vue};

const PAUL: &str = "paul@bati-rives.example";

/// A number is copied as it is read on paper: what separates its parts does not count.
#[tokio::test]
async fn the_number_of_a_company_may_be_written_in_any_way() {
    let t = TestApp::new().await;
    for (rang, numero) in ["001-2345", "00.123 45", "0012345"].into_iter().enumerate() {
        let email = format!("paul{rang}@bati-rives.example");
        let demande = CreationCompte { numero_adherent: numero.to_owned(), ..creation(&email) };
        t.anonyme().ok(&CreerCompte {}, &demande).await;
        let jeton = jeton_de(&courriels_a(&t, &email)[0]);
        t.anonyme().ok(&ConfirmerCompte {}, &Confirmation { jeton }).await;
    }
}

#[tokio::test]
async fn a_confirmed_account_reads_the_dossiers_of_its_etablissement() {
    let t = TestApp::new().await;
    let paul = t.anonyme();
    let recue = paul.call(&CreerCompte {}, &creation(PAUL)).await;
    assert_eq!((recue.code(), recue.corps.len()), (202, 0));

    connecter(&paul, PAUL, MOT_DE_PASSE).await.probleme(ProblemCode::IdentifiantsIncorrects);
    let jeton = jeton_de(&courriels_a(&t, PAUL)[0]);
    paul.ok(&ConfirmerCompte {}, &Confirmation { jeton }).await;
    assert_eq!(connecter(&paul, PAUL, MOT_DE_PASSE).await.code(), 200);

    let moi = paul.ok(&LireSession {}, &()).await;
    assert_eq!((moi.prenom.as_str(), moi.nom.as_str(), moi.email.as_str()), ("Paul", "Kermadec", PAUL));
    let [rattache] = moi.etablissements.as_slice() else { panic!("{moi:?}") };
    // The company has an administrateur already: who comes later reads, until that one says more.
    assert_eq!((rattache.id, rattache.role), (t.monde().etablissement_a1.uuid(), RoleMembre::Lecteur));
    assert_eq!(t.journal(moi.id), ["compte.creer", "compte.renvoyer_confirmation", "compte.confirmer"]);
    assert!(courriels_a(&t, "nadia@bati-rives.example").iter().any(|c| c.sujet.contains("nouveau compte")));
}

#[tokio::test]
async fn the_first_confirmed_account_of_a_company_is_its_administrateur() {
    let t = TestApp::new().await;
    let gestionnaire = t.monde().gestionnaire;
    t.semer(move |s| {
        let c = s.adherent("0099999", "Charpentes Neuves", &siret(3, 1)[..9], gestionnaire);
        s.etablissement(c, &siret(3, 1), "Siège")
    });
    let demande = |email: &str| CreationCompte {
        siret: siret(3, 1),
        numero_adherent: " 009 9999 ".to_owned(),
        ..creation(email)
    };
    let mut roles = Vec::new();
    // Both are asked for before either is confirmed: the one who confirms first is the first.
    for email in ["un@charpentes.example", "deux@charpentes.example"] {
        t.anonyme().ok(&CreerCompte {}, &demande(email)).await;
    }
    for email in ["deux@charpentes.example", "un@charpentes.example"] {
        let client = t.anonyme();
        client.ok(&ConfirmerCompte {}, &Confirmation { jeton: jeton_de(&courriels_a(&t, email)[0]) }).await;
        assert_eq!(connecter(&client, email, MOT_DE_PASSE).await.code(), 200);
        roles.push(client.ok(&LireSession {}, &()).await.etablissements[0].role);
    }
    assert_eq!(roles, [RoleMembre::Administrateur, RoleMembre::Lecteur]);
}

#[tokio::test]
async fn the_answer_never_tells_what_is_known() {
    let t = TestApp::new().await;
    let neuf = t.anonyme().call(&CreerCompte {}, &creation("neuf@exemple.example")).await;
    let connu = t.anonyme().call(&CreerCompte {}, &creation("nadia@bati-rives.example")).await;
    let autre_siret = CreationCompte { siret: siret(7, 1), ..creation("siret@exemple.example") };
    let siret_inconnu = t.anonyme().call(&CreerCompte {}, &autre_siret).await;
    let autre_numero = CreationCompte { numero_adherent: "0067890".to_owned(), ..creation("numero@exemple.example") };
    let numero_inconnu = t.anonyme().call(&CreerCompte {}, &autre_numero).await;
    assert_eq!(neuf.code(), 202);
    for reponse in [connu, siret_inconnu, numero_inconnu] {
        assert_eq!(vue(&reponse), vue(&neuf));
    }

    let sujet = |email: &str| courriels_a(&t, email).into_iter().map(|c| c.sujet).collect::<Vec<_>>();
    assert_eq!(sujet("neuf@exemple.example"), ["Confirmez votre compte eGestion"]);
    assert_eq!(sujet("nadia@bati-rives.example"), ["Vous avez déjà un compte eGestion"]);
    assert_eq!(sujet("siret@exemple.example"), ["Votre compte eGestion n’a pas été créé"]);
    assert_eq!(sujet("numero@exemple.example"), ["Votre compte eGestion n’a pas été créé"]);
    // No mail holds what was typed: it would let anybody write to anybody in our name.
    assert!(t.courriels().iter().all(|c| !c.corps.as_deref().unwrap().contains("Kermadec")));
}

#[tokio::test]
async fn every_wrong_field_is_named_at_once() {
    let t = TestApp::new().await;
    let vide = CreationCompte {
        siret: "73282932000079".to_owned(),
        numero_adherent: " ".to_owned(),
        prenom: String::new(),
        nom: "a\nb".to_owned(),
        email: "paul@".to_owned(),
        mot_de_passe: MotDePasse("court".to_owned()),
    };
    let refus = t.anonyme().call(&CreerCompte {}, &vide).await;
    assert_eq!(refus.pointeurs(), ["/siret", "/numero_adherent", "/prenom", "/nom", "/email", "/mot_de_passe"]);
    for faible in ["motdepasse2026", "kermadec-2026", "paul.bati-rives", "Constructys2026!"] {
        let demande = CreationCompte { mot_de_passe: MotDePasse(faible.to_owned()), ..creation(PAUL) };
        assert_eq!(t.anonyme().call(&CreerCompte {}, &demande).await.pointeurs(), ["/mot_de_passe"], "{faible}");
    }
    assert!(t.courriels().is_empty());
}

#[tokio::test]
async fn a_token_serves_once_and_for_a_day() {
    let t = TestApp::new().await;
    let client = t.anonyme();
    client.ok(&CreerCompte {}, &creation(PAUL)).await;
    let jeton = jeton_de(&courriels_a(&t, PAUL)[0]);
    let confirmation = Confirmation { jeton };
    client.ok(&ConfirmerCompte {}, &confirmation).await;
    client.call(&ConfirmerCompte {}, &confirmation).await.probleme(ProblemCode::LienInvalide);
    let inconnu = Confirmation { jeton: "A".repeat(43) };
    client.call(&ConfirmerCompte {}, &inconnu).await.probleme(ProblemCode::LienInvalide);

    client.ok(&CreerCompte {}, &creation("tard@bati-rives.example")).await;
    let tard = Confirmation { jeton: jeton_de(&courriels_a(&t, "tard@bati-rives.example")[0]) };
    t.avancer(24 * 3600);
    client.call(&ConfirmerCompte {}, &tard).await.probleme(ProblemCode::LienInvalide);
}

#[tokio::test]
async fn a_request_never_confirmed_is_replaced_by_the_next() {
    let t = TestApp::new().await;
    let client = t.anonyme();
    let intrus =
        CreationCompte { mot_de_passe: MotDePasse("brouette ardoise chevron 12".to_owned()), ..creation(PAUL) };
    client.ok(&CreerCompte {}, &intrus).await;
    client.ok(&CreerCompte {}, &creation(PAUL)).await;
    let courriels = courriels_a(&t, PAUL);
    let premier = Confirmation { jeton: jeton_de(&courriels[0]) };
    client.call(&ConfirmerCompte {}, &premier).await.probleme(ProblemCode::LienInvalide);
    client.ok(&ConfirmerCompte {}, &Confirmation { jeton: jeton_de(&courriels[1]) }).await;
    connecter(&client, PAUL, "brouette ardoise chevron 12").await.probleme(ProblemCode::IdentifiantsIncorrects);
    assert_eq!(connecter(&client, PAUL, MOT_DE_PASSE).await.code(), 200);
}

#[tokio::test]
async fn a_mailbox_is_not_filled_by_others() {
    let t = TestApp::new().await;
    for rang in 0..6 {
        let client = t.anonyme().depuis(&format!("192.0.2.{rang}"));
        assert_eq!(client.call(&CreerCompte {}, &creation("nadia@bati-rives.example")).await.code(), 202);
    }
    assert_eq!(courriels_a(&t, "nadia@bati-rives.example").len(), 3);
    t.avancer(3600);
    t.anonyme().ok(&CreerCompte {}, &creation("nadia@bati-rives.example")).await;
    assert_eq!(courriels_a(&t, "nadia@bati-rives.example").len(), 4);
}

#[tokio::test]
async fn mails_leave_with_the_address_of_the_product_and_are_forgotten() {
    let t = TestApp::new().await;
    t.anonyme().ok(&CreerCompte {}, &creation(PAUL)).await;
    assert_eq!(t.travailler().await, 1);
    let lettres = t.lettres();
    let [lettre] = lettres.as_slice() else { panic!("{lettres:?}") };
    assert!(lettre.contains(&format!("To: {PAUL}")));
    assert_eq!(courriels_a(&t, PAUL)[0].corps, None);
}

#[tokio::test]
async fn requests_at_once_for_one_address_make_one_account() {
    let t = TestApp::new().await;
    let demandes = (0..6).map(|rang| {
        let client = t.anonyme().depuis(&format!("192.0.2.{rang}"));
        tokio::spawn(async move { client.call(&CreerCompte {}, &creation(PAUL)).await.code() })
    });
    for demande in demandes.collect::<Vec<_>>() {
        assert_eq!(demande.await.unwrap(), 202);
    }
    let courriels = courriels_a(&t, PAUL);
    assert_eq!(courriels.len(), 3);
    let mut confirmes = 0;
    for courriel in &courriels {
        let confirmation = Confirmation { jeton: jeton_de(courriel) };
        confirmes += u8::from(t.anonyme().call(&ConfirmerCompte {}, &confirmation).await.code() == 204);
    }
    assert_eq!(confirmes, 1);
}

#[tokio::test]
async fn the_journal_holds_neither_names_nor_addresses_nor_tokens() {
    let t = TestApp::new().await;
    let client = t.anonyme();
    client.ok(&CreerCompte {}, &creation(PAUL)).await;
    let jeton = jeton_de(&courriels_a(&t, PAUL)[0]);
    client.ok(&ConfirmerCompte {}, &Confirmation { jeton: jeton.clone() }).await;
    connecter(&client, PAUL, MOT_DE_PASSE).await;
    client.ok(&CreerCompte {}, &CreationCompte { siret: siret(7, 1), ..creation("autre@exemple.example") }).await;
    let lignes: Vec<String> = t.lire(|conn| journal::table.select(journal::details).load(conn));
    let cookie = client.cookie().unwrap();
    for secret in ["paul", "Kermadec", "exemple.example", &siret(7, 1), &jeton, cookie.split_once('=').unwrap().1] {
        assert!(lignes.iter().all(|l| !l.contains(secret)), "{secret}");
    }
}
