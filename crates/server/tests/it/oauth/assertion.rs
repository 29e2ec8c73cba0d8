use api_types::Method;
use api_types::clients_api::NouvelleCleApi;
use api_types::endpoint::{AjouterCleApi, RetirerCleApi};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Scope;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use test_support::{Reponse, TestApp};
use uuid::Uuid;

use super::{client_a, erreur};

struct Cle {
    signe: EncodingKey,
    jwk: Value,
}

fn cle() -> Cle {
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
    let paire = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref()).unwrap();
    let point = paire.public_key().as_ref();
    let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
    let jwk = json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "kid": "paie-1", "x": x, "y": y });
    Cle { signe: EncodingKey::from_ec_der(pkcs8.as_ref()), jwk }
}

/// A fresh public key, as a client gives it.
pub(crate) fn cle_publique() -> Value {
    cle().jwk
}

fn revendications(t: &TestApp, client: Uuid) -> Value {
    let maintenant = t.maintenant().as_second();
    let aud = format!("{}/oauth/token", t.app().reglages().url_publique);
    json!({ "iss": client, "sub": client, "aud": aud, "iat": maintenant, "exp": maintenant + 60, "jti": Uuid::new_v4() })
}

fn signer(cle: &Cle, corps: &Value) -> String {
    let mut entete = Header::new(Algorithm::ES256);
    entete.kid = Some("paie-1".into());
    jsonwebtoken::encode(&entete, corps, &cle.signe).unwrap()
}

async fn presenter(t: &TestApp, assertion: &str) -> Reponse {
    let client = t.anonyme();
    let champs = [
        ("grant_type", "client_credentials"),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", assertion),
    ];
    client.envoyer(client.nue(Method::Post, "/oauth/token").form(&champs)).await
}

#[tokio::test]
async fn a_client_proves_itself_by_its_key_once_per_assertion() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let (id, cle) = (c.client.client.id, cle());
    let op = AjouterCleApi { client_id: id };
    let fiche = t.administrateur().ok(&op, &NouvelleCleApi { jwk: cle.jwk.clone() }).await;
    assert_eq!((fiche.cles[0].kid.as_str(), fiche.cles[0].alg.as_str()), ("paie-1", "ES256"));
    let assertion = signer(&cle, &revendications(&t, id));
    assert_eq!(presenter(&t, &assertion).await.code(), 200);
    erreur(&presenter(&t, &assertion).await, 401, "invalid_client");
    let retirer = RetirerCleApi { client_id: id, cle_id: fiche.cles[0].id };
    assert_eq!(t.administrateur().call(&retirer, &()).await.code(), 204);
    erreur(&presenter(&t, &signer(&cle, &revendications(&t, id))).await, 401, "invalid_client");
}

#[tokio::test]
async fn an_assertion_that_is_not_right_in_everything_proves_nothing() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let (id, cle) = (c.client.client.id, cle());
    t.administrateur().ok(&AjouterCleApi { client_id: id }, &NouvelleCleApi { jwk: cle.jwk.clone() }).await;
    let maintenant = t.maintenant().as_second();
    for (membre, valeur) in [
        ("aud", json!("https://ailleurs.example/oauth/token")),
        ("iss", json!(Uuid::new_v4())),
        ("exp", json!(maintenant)),
        ("exp", json!(maintenant + 301)),
        ("nbf", json!(maintenant + 31)),
        ("jti", json!("")),
    ] {
        let mut corps = revendications(&t, id);
        corps[membre] = valeur;
        erreur(&presenter(&t, &signer(&cle, &corps)).await, 401, "invalid_client");
    }
    let autre = self::cle();
    erreur(&presenter(&t, &signer(&autre, &revendications(&t, id))).await, 401, "invalid_client");
}

#[tokio::test]
async fn a_key_with_its_private_part_is_refused() {
    let t = TestApp::new().await;
    let c = client_a(&t, &[Scope::DossiersRead]).await;
    let op = AjouterCleApi { client_id: c.client.client.id };
    let mut privee = cle().jwk;
    privee["d"] = json!("AAAA");
    let rsa = json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB" });
    let hors_courbe = json!({ "kty": "EC", "crv": "P-384", "x": "AAAA", "y": "AAAA" });
    for jwk in [privee, rsa, hors_courbe, json!({}), json!("x")] {
        assert_eq!(t.administrateur().call(&op, &NouvelleCleApi { jwk }).await.pointeurs(), ["/jwk"]);
    }
}
