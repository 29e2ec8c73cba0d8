use api_types::endpoint::{LireJwks, LireMetadonneesOauth, LireMetadonneesRessource};
use api_types::{Endpoint as _, ProblemCode};
use db::schema::cles_signature;
use diesel::prelude::*;
use domain::Scope;
use test_support::TestApp;

use super::{client_a, jeton, lister};

#[tokio::test]
async fn the_signing_key_turns_without_a_cut() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let (id, secret) = (c.client.client.id, c.secret.0.as_str());
    let lire = lister();
    let avant = jeton(&t, id, secret, None).await;
    let premiere = t.anonyme().ok(&LireJwks {}, &()).await.keys[0].kid.clone();
    t.avancer(1);
    let kid = app::oauth::tourner(t.app()).await.unwrap();
    let apres = jeton(&t, id, secret, None).await;
    for texte in [&avant, &apres] {
        t.anonyme().porteur(texte).ok(&lire, &()).await;
    }
    let kids: Vec<String> = t.anonyme().ok(&LireJwks {}, &()).await.keys.into_iter().map(|k| k.kid).collect();
    assert_eq!(kids, [kid.clone(), premiere]);
    // Once its tokens are dead, the former key is forgotten.
    t.avancer(3601);
    app::oauth::entretenir(t.app()).await.unwrap();
    let restantes: Vec<String> = t.lire(|conn| cles_signature::table.select(cles_signature::kid).load(conn));
    assert_eq!(restantes, [kid]);
}

#[tokio::test]
async fn an_old_key_is_replaced_by_itself() {
    let t = TestApp::new().await;
    app::oauth::entretenir(t.app()).await.unwrap();
    let premiere = t.anonyme().ok(&LireJwks {}, &()).await.keys[0].kid.clone();
    app::oauth::entretenir(t.app()).await.unwrap();
    assert_eq!(t.anonyme().ok(&LireJwks {}, &()).await.keys.len(), 1);
    t.avancer(30 * 24 * 3600);
    app::oauth::entretenir(t.app()).await.unwrap();
    let cles = t.anonyme().ok(&LireJwks {}, &()).await.keys;
    assert_eq!(cles.len(), 2);
    assert_ne!(cles[0].kid, premiere);
}

#[tokio::test]
async fn the_metadata_name_what_is_served() {
    let t = TestApp::new().await;
    let serveur = t.anonyme().ok(&LireMetadonneesOauth {}, &()).await;
    let url = t.app().reglages().url_publique.clone();
    assert_eq!(serveur.issuer, url);
    for (adresse, chemin) in [
        (&serveur.token_endpoint, api_types::endpoint::EmettreJeton::TEMPLATE),
        (&serveur.revocation_endpoint, api_types::endpoint::RevoquerJeton::TEMPLATE),
        (&serveur.introspection_endpoint, api_types::endpoint::IntrospecterJeton::TEMPLATE),
        (&serveur.jwks_uri, LireJwks::TEMPLATE),
    ] {
        assert_eq!(adresse, &format!("{url}{chemin}"));
    }
    let ressource = t.anonyme().ok(&LireMetadonneesRessource {}, &()).await;
    assert_eq!((&ressource.resource, &ressource.authorization_servers), (&url, &vec![url.clone()]));
    assert_eq!(ressource.scopes_supported.len(), 6);
    // The private part is nowhere in clear, and nobody is told to sign in by another way.
    assert!(t.anonyme().call(&LireJwks {}, &()).await.texte().find("\"d\"").is_none());
    let refus = t.anonyme().call(&lister(), &()).await;
    refus.probleme(ProblemCode::NonConnecte);
    assert_eq!(refus.entete("www-authenticate"), Some("Bearer realm=\"eGestion\""));
}
