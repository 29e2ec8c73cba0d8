//! What a request says in JSON or in its query, and what is wrong with it: where, why, in French.
//!
//! Nothing of what was sent is repeated: it may be a password.

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use api_types::ProblemCode;
use futures_util::future::LocalBoxFuture;
use futures_util::{FutureExt as _, StreamExt as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use crate::problem::ApiError;

/// Largest body in JSON, in bytes.
const JSON_MAX: usize = 256 * 1024;

/// The body of a request: a JSON object.
#[derive(Debug)]
pub struct Objet<T>(pub T);

impl<T> Objet<T> {
    /// What the object says.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Objet<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + Serialize + 'static> FromRequest for Objet<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let genre = req.mime_type().ok().flatten();
        let json = genre.is_some_and(|m| m.subtype() == "json" || m.suffix().is_some_and(|s| s == "json"));
        let payload = payload.take();
        async move {
            if !json {
                let e = ApiError::new(ProblemCode::TypeDeCorpsRefuse);
                return Err(e.detail("Envoyez du JSON (application/json)."));
            }
            lire(&tout(payload).await?).map(Self)
        }
        .boxed_local()
    }
}

async fn tout(mut payload: Payload) -> Result<Bytes, ApiError> {
    let mut octets = actix_web::web::BytesMut::new();
    while let Some(lus) = payload.next().await {
        let lus = lus.map_err(|e| coupe(&e))?;
        if octets.len() + lus.len() > JSON_MAX {
            return Err(trop_long());
        }
        octets.extend_from_slice(&lus);
    }
    Ok(octets.freeze())
}

fn coupe(e: &PayloadError) -> ApiError {
    match e {
        PayloadError::Overflow => trop_long(),
        _ => ApiError::new(ProblemCode::RequeteIllisible),
    }
}

fn trop_long() -> ApiError {
    ApiError::new(ProblemCode::TropVolumineux).detail("Le corps de la requête est trop long.")
}

fn lire<T: DeserializeOwned + Serialize>(octets: &[u8]) -> Result<T, ApiError> {
    let mut json = serde_json::Deserializer::from_slice(octets);
    let lu: T = serde_path_to_error::deserialize(&mut json).map_err(|e| {
        let (chemin, e) = (pointeur(e.path()), e.into_inner());
        if e.is_data() { dans(&chemin, &e.to_string()) } else { mal_forme(&e) }
    })?;
    json.end().map_err(|e| mal_forme(&e))?;
    if octets.contains(&b'[') && en_liste(octets, &lu) {
        return Err(fautif("", "Un objet JSON est attendu là où une liste est donnée."));
    }
    Ok(lu)
}

/// Whether a list stands where an object is meant: serde would take its values in the order of the fields.
fn en_liste(octets: &[u8], lu: &impl Serialize) -> bool {
    fn autrement(recu: &Value, compris: &Value) -> bool {
        match (recu, compris) {
            (Value::Array(_), Value::Object(_)) => true,
            (Value::Array(recus), Value::Array(compris)) => recus.iter().zip(compris).any(|(r, c)| autrement(r, c)),
            (Value::Object(recus), Value::Object(compris)) => {
                recus.iter().any(|(nom, r)| compris.get(nom).is_some_and(|c| autrement(r, c)))
            }
            _ => false,
        }
    }
    let (recu, compris) = (serde_json::from_slice(octets), serde_json::to_value(lu));
    recu.is_ok_and(|recu| compris.is_ok_and(|compris| autrement(&recu, &compris)))
}

fn mal_forme(e: &serde_json::Error) -> ApiError {
    let ou = format!("Le JSON est mal formé, ligne {}, colonne {}.", e.line(), e.column());
    ApiError::new(ProblemCode::RequeteIllisible).detail(ou)
}

/// Where a value stands (RFC 6901).
fn pointeur(chemin: &Path) -> String {
    let mut texte = String::new();
    for segment in chemin {
        let partie = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
            // Where a variant is told by one of the fields, it has no place of its own.
            Segment::Enum { .. } | Segment::Unknown => continue,
        };
        texte = format!("{texte}/{partie}");
    }
    texte
}

/// What serde says in English of a value at some place.
fn dans(chemin: &str, anglais: &str) -> ApiError {
    let cite = |debut: &str| anglais.strip_prefix(debut)?.split('`').next();
    if let Some(nom) = cite("missing field `") {
        return fautif(&format!("{chemin}/{nom}"), "Ce champ manque.");
    }
    let ici =
        |nom: &str| if chemin.ends_with(&format!("/{nom}")) { chemin.to_owned() } else { format!("{chemin}/{nom}") };
    if let Some(nom) = cite("unknown field `") {
        return fautif(&ici(nom), "Ce champ n’existe pas ici.");
    }
    if let Some(nom) = cite("duplicate field `") {
        return fautif(&ici(nom), "Ce champ est donné deux fois.");
    }
    fautif(chemin, &valeur(anglais))
}

/// What is wrong with a value, in the words of serde.
fn valeur(anglais: &str) -> String {
    if anglais.starts_with("unknown variant") {
        let connus: Vec<&str> = anglais.split('`').skip(3).step_by(2).collect();
        return format!("Valeur inconnue. Valeurs possibles : {}.", connus.join(", "));
    }
    let attendu = anglais.rsplit_once("expected ").map_or("", |(_, a)| a.split(" at line").next().unwrap_or(a));
    let attendu = match attendu {
        "a string" | "a borrowed string" => "un texte",
        "a boolean" => "true ou false",
        "a sequence" => "une liste",
        a if a.starts_with("struct ") || a == "a map" => "un objet",
        a if ["u8", "u16", "u32", "u64", "usize", "i8", "i16", "i32", "i64"].contains(&a) => "un nombre entier",
        a if a.contains("UUID") => "un UUID",
        _ => return "Cette valeur n’a pas la forme attendue.".to_owned(),
    };
    format!("Cette valeur n’a pas la forme attendue : {attendu}.")
}

fn fautif(chemin: &str, detail: &str) -> ApiError {
    ApiError::illisible(chemin, detail)
}

/// The query of a request.
#[derive(Debug)]
pub struct Parametres<T>(pub T);

impl<T> Parametres<T> {
    /// What the query says.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Parametres<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned> FromRequest for Parametres<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let paires = url::form_urlencoded::parse(req.query_string().as_bytes());
        let lu = serde_path_to_error::deserialize(serde_urlencoded::Deserializer::new(paires));
        ready(lu.map(Self).map_err(|e| {
            let nom = pointeur(e.path());
            parametre(nom.trim_start_matches('/'), &e.into_inner().to_string())
        }))
    }
}

fn parametre(nom: &str, anglais: &str) -> ApiError {
    let cite = |debut: &str| anglais.strip_prefix(debut)?.split('`').next();
    let detail = match (cite("duplicate field `"), cite("missing field `")) {
        (Some(nom), _) => format!("Le paramètre « {nom} » se donne une fois."),
        (_, Some(nom)) => format!("Le paramètre « {nom} » manque."),
        _ => format!("Paramètre « {nom} ». {}", valeur(anglais)),
    };
    ApiError::new(ProblemCode::RequeteIllisible).detail(detail)
}

#[cfg(test)]
mod tests {
    use api_types::messages::EtatLecture;
    use api_types::webhooks::SaisieWebhook;

    use super::{Value, lire};

    fn faute<T: serde::de::DeserializeOwned + serde::Serialize + std::fmt::Debug>(json: &str) -> (String, String) {
        let probleme = lire::<T>(json.as_bytes()).expect_err(json).probleme().clone();
        let champ = probleme.errors.first();
        (champ.map(|c| c.pointer.clone()).unwrap_or_default(), probleme.detail.unwrap_or_default())
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place_and_without_its_value() {
        for (json, pointeur, texte) in [
            ("{", "", "mal formé, ligne 1"),
            ("{}", "/lu", "manque"),
            (r#"{"lu":true,"autre":1}"#, "/autre", "n’existe pas"),
            (r#"{"lu":true,"lu":true}"#, "/lu", "deux fois"),
            (r#"{"lu":"secret"}"#, "/lu", "true ou false"),
            ("[true]", "", "objet JSON"),
            (r#"{"lu":true} {}"#, "", "mal formé"),
        ] {
            let (lu, detail) = faute::<EtatLecture>(json);
            assert_eq!(lu, pointeur, "{json}");
            assert!(detail.contains(texte) && !detail.contains("secret"), "{json} {detail}");
        }
    }

    #[test]
    fn an_object_within_a_list_is_no_list() {
        assert_eq!(faute::<Vec<EtatLecture>>("[[true]]").1, "Un objet JSON est attendu là où une liste est donnée.");
        assert!(lire::<Vec<EtatLecture>>(br#"[{"lu":true}]"#).is_ok());
        assert!(lire::<Value>(br#"{"a":[1,[2]]}"#).is_ok());
        assert_eq!(faute::<SaisieWebhook>(r#"{"url":["x"]}"#).0, "/url");
    }
}
