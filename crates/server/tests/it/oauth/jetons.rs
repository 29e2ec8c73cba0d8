use api_types::endpoint::{EnvoyerMessage, IntrospecterJeton, LireDossier, ListerMessages, RevoquerJeton};
use api_types::messages::FiltreMessages;
use api_types::oauth::{Introspection, Jeton};
use api_types::{Endpoint as _, Method, ProblemCode};
use domain::Scope;
use reqwest::multipart::Form;
use test_support::TestApp;

use super::{client_a, creer, demander, erreur, jeton, lister, poster};

#[tokio::test]
async fn a_token_opens_what_its_scopes_allow_and_nothing_of_another_company() {
    let t = TestApp::new().await;
    let m = t.monde();
    let c = client_a(&t, &[Scope::DossiersRead, Scope::MessagesWrite]).await;
    let reponse = demander(&t, c.client.client.id, &c.secret.0, None).await;
    let donne: Jeton = reponse.lire();
    assert_eq!((donne.token_type.as_str(), donne.expires_in), ("Bearer", 600));
    assert_eq!(donne.scope, "dossiers:read messages:write");
    assert_eq!(reponse.entete("cache-control"), Some("no-store"));
    let porteur = t.anonyme().porteur(&donne.access_token.0);
    let liste = porteur.ok(&lister(), &()).await;
    assert_eq!(liste.elements.len(), 2);
    let envoi = EnvoyerMessage { dossier_id: m.dossier_a1.uuid() };
    let ecrit = porteur.multipart(&envoi, Form::new().text("corps", "Bonjour")).await;
    assert_eq!(ecrit.code(), 201, "{}", ecrit.texte());
    assert!(ecrit.texte().contains("Paie du siège"), "{}", ecrit.texte());
    porteur.call(&LireDossier { dossier_id: m.dossier_b.uuid() }, &()).await.probleme(ProblemCode::Absent);
    t.travailler().await;
}

#[tokio::test]
async fn a_scope_may_be_narrowed_and_never_widened() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DossiersRead, Scope::MessagesRead]).await;
    let id = c.client.client.id;
    let etroit = t.anonyme().porteur(&jeton(&t, id, &c.secret.0, Some("dossiers:read")).await);
    etroit.ok(&lister(), &()).await;
    let refus = etroit.call(&ListerMessages { query: FiltreMessages::default() }, &()).await;
    refus.probleme(ProblemCode::PorteeInsuffisante);
    for scope in ["documents:read", "dossiers:read documents:write", "admin", ""] {
        erreur(&demander(&t, id, &c.secret.0, Some(scope)).await, 400, "invalid_scope");
    }
}

#[tokio::test]
async fn wrong_requests_are_refused_in_the_words_of_the_rfc() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let (id, secret) = (c.client.client.id, c.secret.0.as_str());
    let faux = demander(&t, id, "egs_live_au-hasard", None).await;
    erreur(&faux, 401, "invalid_client");
    assert!(faux.entete("www-authenticate").unwrap().starts_with("Basic "));
    erreur(&demander(&t, uuid::Uuid::new_v4(), secret, None).await, 401, "invalid_client");
    let octroi = [("grant_type", "password")];
    erreur(&poster(&t.anonyme(), "/oauth/token", id, secret, &octroi).await, 400, "unsupported_grant_type");
    erreur(&poster(&t.anonyme(), "/oauth/token", id, secret, &[]).await, 400, "invalid_request");
    let deux_fois = [("grant_type", "client_credentials"), ("grant_type", "client_credentials")];
    erreur(&poster(&t.anonyme(), "/oauth/token", id, secret, &deux_fois).await, 400, "invalid_request");
    let deux_preuves = [("grant_type", "client_credentials"), ("client_secret", secret)];
    erreur(&poster(&t.anonyme(), "/oauth/token", id, secret, &deux_preuves).await, 400, "invalid_request");
    let corps = [("grant_type", "client_credentials"), ("client_id", &id.to_string()), ("client_secret", secret)];
    let client = t.anonyme();
    let dans_le_corps = client.envoyer(client.nue(Method::Post, "/oauth/token").form(&corps)).await;
    assert_eq!(dans_le_corps.code(), 200, "{}", dans_le_corps.texte());
}

#[tokio::test]
async fn wrong_secrets_are_limited_by_client_and_address() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let id = c.client.client.id;
    for _ in 0..11 {
        erreur(&demander(&t, id, "egs_live_faux", None).await, 401, "invalid_client");
    }
    let refus = demander(&t, id, &c.secret.0, None).await;
    refus.probleme(ProblemCode::TropDeRequetes);
    assert_eq!(refus.entete("retry-after"), Some("900"));
    let ailleurs = t.anonyme().depuis("192.0.2.7");
    let champs = [("grant_type", "client_credentials")];
    assert_eq!(poster(&ailleurs, "/oauth/token", id, &c.secret.0, &champs).await.code(), 200);
    t.avancer(901);
    assert_eq!(demander(&t, id, &c.secret.0, None).await.code(), 200);
}

#[tokio::test]
async fn a_token_ends_with_its_time_and_by_its_bearer() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let (id, secret) = (c.client.client.id, c.secret.0.as_str());
    let lire = lister();
    let (premier, second) = (jeton(&t, id, secret, None).await, jeton(&t, id, secret, None).await);
    let revoque = poster(&t.anonyme(), RevoquerJeton::TEMPLATE, id, secret, &[("token", &premier)]).await;
    assert_eq!(revoque.code(), 200, "{}", revoque.texte());
    let refus = t.anonyme().porteur(&premier).call(&lire, &()).await;
    refus.probleme(ProblemCode::JetonInvalide);
    assert_eq!(refus.entete("www-authenticate"), Some("Bearer error=\"invalid_token\""));
    t.anonyme().porteur(&second).ok(&lire, &()).await;
    t.avancer(600);
    t.anonyme().porteur(&second).call(&lire, &()).await.probleme(ProblemCode::JetonInvalide);
}

#[tokio::test]
async fn a_client_is_told_about_its_own_tokens_alone() {
    let t = TestApp::new().await;
    let m = t.monde();
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let autre = creer(&t.autre_membre(), m.adherent_b, &[m.etablissement_b], &[Scope::DossiersRead]).await;
    let texte = jeton(&t, c.client.client.id, &c.secret.0, None).await;
    let champs = [("token", texte.as_str())];
    let chemin = IntrospecterJeton::TEMPLATE;
    let sien: Introspection = poster(&t.anonyme(), chemin, c.client.client.id, &c.secret.0, &champs).await.lire();
    assert!(sien.active);
    assert_eq!(sien.client_id, Some(c.client.client.id.to_string()));
    assert_eq!(sien.scope.as_deref(), Some("dossiers:read"));
    let etranger = poster(&t.anonyme(), chemin, autre.client.client.id, &autre.secret.0, &champs).await;
    assert_eq!(etranger.texte(), "200 OK {\"active\":false}");
    // Another client's attempt to revoke it says nothing and does nothing.
    let revoque = poster(&t.anonyme(), RevoquerJeton::TEMPLATE, autre.client.client.id, &autre.secret.0, &champs).await;
    assert_eq!(revoque.code(), 200);
    t.anonyme().porteur(&texte).ok(&lister(), &()).await;
}

#[tokio::test]
async fn a_token_and_a_session_together_are_refused_and_a_token_needs_no_origin() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DossiersRead, Scope::MessagesWrite]).await;
    let texte = jeton(&t, c.client.client.id, &c.secret.0, None).await;
    let lire = lister();
    t.membre().porteur(&texte).call(&lire, &()).await.probleme(ProblemCode::RequeteIllisible);
    let porteur = t.anonyme().porteur(&texte);
    let envoi = EnvoyerMessage { dossier_id: t.monde().dossier_a1.uuid() };
    let requete = porteur.nue(Method::Post, &envoi.path()).header("origin", "https://ailleurs.example");
    let ecrit = porteur.envoyer(requete.multipart(Form::new().text("corps", "Bonjour"))).await;
    assert_eq!(ecrit.code(), 201, "{}", ecrit.texte());
    t.travailler().await;
}
