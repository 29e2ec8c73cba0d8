//! No token but ours, whatever is done to it.

use api_types::ProblemCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::schema::cles_signature;
use diesel::prelude::*;
use domain::Scope;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::header::HeaderValue;
use serde_json::{Value, json};
use test_support::TestApp;

use super::{client_a, jeton, lister};

const MUTATIONS: usize = 5000;

/// Numbers that look random and are the same at each run.
struct Tirage(u64);

impl Tirage {
    fn sous(&mut self, borne: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % borne
    }
}

fn decoder(partie: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(partie).unwrap()).unwrap()
}

fn ecrire(json: &Value) -> String {
    URL_SAFE_NO_PAD.encode(json.to_string())
}

/// A token and the key that signed it: what an insider could try.
struct Vrai {
    texte: String,
    publique: Vec<u8>,
    privee: EncodingKey,
    kid: String,
}

impl Vrai {
    async fn prendre(t: &TestApp) -> Self {
        let c = client_a(t, &[Scope::DossiersRead]).await;
        let texte = jeton(t, c.client.client.id, &c.secret.0, None).await;
        let (kid, publique, scellee): (String, Vec<u8>, Vec<u8>) = t.lire(|conn| {
            cles_signature::table
                .select((cles_signature::kid, cles_signature::publique, cles_signature::privee_scellee))
                .first(conn)
        });
        let der = t.app().trousseau().ouvrir(&kid, &scellee).unwrap();
        Self { texte, publique, privee: EncodingKey::from_ed_der(der.expose()), kid }
    }

    fn parties(&self) -> (Value, Value, &str) {
        let p: Vec<&str> = self.texte.split('.').collect();
        (decoder(p[0]), decoder(p[1]), p[2])
    }

    fn entete(&self) -> Header {
        let mut entete = Header::new(Algorithm::EdDSA);
        entete.typ = Some("at+jwt".into());
        entete.kid = Some(self.kid.clone());
        entete
    }

    /// Signed by the right key, with something wrong all the same.
    fn bien_signes(&self) -> Vec<String> {
        let (_, corps, _) = self.parties();
        let signer = |entete: &Header, corps: &Value| jsonwebtoken::encode(entete, corps, &self.privee).unwrap();
        let mut faux = Vec::new();
        let instant = corps["iat"].as_i64().unwrap();
        for (membre, valeur) in [
            ("aud", json!("https://ailleurs.example")),
            ("aud", json!(["https://ailleurs.example"])),
            ("aud", Value::Null),
            ("iss", json!("https://ailleurs.example")),
            ("iss", Value::Null),
            ("exp", json!(instant)),
            ("exp", json!(instant - 1)),
            ("exp", json!(instant + 601)),
            ("exp", json!("jamais")),
            ("exp", json!(i64::MAX)),
            ("iat", json!(instant + 31)),
            ("sub", json!("quelqu’un")),
            ("client_id", json!(uuid::Uuid::new_v4())),
            ("scope", json!("dossiers:read admin")),
            ("jti", json!("x")),
        ] {
            let mut corps = corps.clone();
            corps[membre] = valeur;
            faux.push(signer(&self.entete(), &corps));
            corps.as_object_mut().unwrap().remove(membre);
            faux.push(signer(&self.entete(), &corps));
        }
        for typ in [None, Some("JWT"), Some("jwt"), Some("at+jwtx"), Some("logout+jwt")] {
            let mut entete = self.entete();
            entete.typ = typ.map(Into::into);
            faux.push(signer(&entete, &corps));
        }
        let injections: [fn(&mut Header); 6] = [
            |e| e.jku = Some("https://ailleurs.example/jwks.json".into()),
            |e| e.x5u = Some("https://ailleurs.example/cert".into()),
            |e| e.crit = Some(vec!["exp".into()]),
            |e| e.kid = None,
            |e| e.kid = Some("../../dev/null".into()),
            |e| e.kid = Some("' OR '1'='1".into()),
        ];
        for injecter in injections {
            let mut entete = self.entete();
            injecter(&mut entete);
            faux.push(signer(&entete, &corps));
        }
        faux
    }

    /// Signed by nobody, or by a key that the forger knows.
    fn contrefaits(&self) -> Vec<String> {
        let (entete, corps, signature) = self.parties();
        let mut faux = Vec::new();
        for alg in ["none", "None", "NONE", "", "HS256", "HS384", "HS512", "ES256", "RS256", "PS256"] {
            let mut entete = entete.clone();
            entete["alg"] = json!(alg);
            for fin in ["", signature] {
                faux.push(format!("{}.{}.{fin}", ecrire(&entete), ecrire(&corps)));
            }
        }
        // The public key taken for a secret shared with us.
        let publique = URL_SAFE_NO_PAD.encode(&self.publique);
        for secret in [self.publique.as_slice(), publique.as_bytes(), b"", b"secret"] {
            for alg in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
                let mut entete = self.entete();
                entete.alg = alg;
                faux.push(jsonwebtoken::encode(&entete, &corps, &EncodingKey::from_secret(secret)).unwrap());
            }
        }
        // The forger's own key, told in the header.
        let sienne =
            aws_lc_rs::signature::Ed25519KeyPair::generate_pkcs8(&aws_lc_rs::rand::SystemRandom::new()).unwrap();
        let sienne = EncodingKey::from_ed_der(sienne.as_ref());
        let mut entete = self.entete();
        faux.push(jsonwebtoken::encode(&entete, &corps, &sienne).unwrap());
        entete.jwk = jsonwebtoken::jwk::Jwk::from_encoding_key(&sienne, Algorithm::EdDSA).ok();
        faux.push(jsonwebtoken::encode(&entete, &corps, &sienne).unwrap());
        faux
    }

    /// Altered anywhere, by a bit, a letter, a cut, a repetition.
    fn altere(&self, tirage: &mut Tirage) -> String {
        let mut octets = self.texte.clone().into_bytes();
        let rang = tirage.sous(octets.len());
        match tirage.sous(6) {
            0 => octets[rang] ^= 1 << tirage.sous(7),
            1 => octets[rang] = b"ABCxyz019-_.= "[tirage.sous(14)],
            2 => octets.truncate(rang),
            3 => {
                octets.remove(rang);
            }
            4 => octets.insert(rang, b"Aa0-."[tirage.sous(5)]),
            _ => octets.swap(rang, tirage.sous(self.texte.len())),
        }
        String::from_utf8_lossy(&octets).into_owned()
    }
}

#[tokio::test]
async fn five_thousand_altered_tokens_open_nothing() {
    let t = TestApp::new().await;
    let vrai = Vrai::prendre(&t).await;
    let ici = "192.0.2.7".parse().unwrap();
    assert!(t.app().presenter_jeton(&vrai.texte, ici).await.is_ok());
    let resigne = jsonwebtoken::encode(&vrai.entete(), &vrai.parties().1, &vrai.privee).unwrap();
    assert!(t.app().presenter_jeton(&resigne, ici).await.is_ok(), "what is signed again unchanged is right");
    let mut faux = vrai.bien_signes();
    faux.extend(vrai.contrefaits());
    for texte in &faux {
        t.anonyme().porteur(texte).call(&lister(), &()).await.probleme(ProblemCode::JetonInvalide);
    }
    let mut tirage = Tirage(20_261_125);
    while faux.len() < MUTATIONS {
        let texte = vrai.altere(&mut tirage);
        if texte != vrai.texte {
            faux.push(texte);
        }
    }
    let operation = lister();
    let mut inexprimables = 0;
    for (rang, texte) in faux.iter().enumerate() {
        // HTTP itself cannot carry a few of them.
        if HeaderValue::from_str(texte).is_err() {
            inexprimables += 1;
            assert!(t.app().presenter_jeton(texte, ici).await.is_err(), "{texte}");
            continue;
        }
        // From many networks: the number of wrong proofs of one is limited.
        let client = t.anonyme().depuis(&format!("198.51.{}.7", rang % 250)).porteur(texte);
        let refus = client.call(&operation, &()).await;
        assert_eq!(refus.code(), 401, "{texte}: {}", refus.texte());
    }
    assert!(inexprimables * 20 < MUTATIONS, "{inexprimables} were not sent");
    assert_eq!(t.anonyme().porteur(&vrai.texte).call(&operation, &()).await.code(), 200);
}
