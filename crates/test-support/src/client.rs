//! Clients: one per way of being signed in, over the operations of `api-types`.

use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use api_types::{Endpoint, Method, Problem, ProblemCode};
use bytes::Bytes;
use reqwest::header::{COOKIE, HeaderMap, SET_COOKIE};
use reqwest::{RequestBuilder, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Noeud;

/// Somebody who calls the API: keeps the session's cookie as a browser would.
///
/// Clones share the cookie, as the tabs of a browser do.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    cookie: Arc<Mutex<Option<String>>>,
    adresse: Option<IpAddr>,
    jeton: Option<String>,
}

/// An answer, read whole.
#[derive(Debug, Clone)]
pub struct Reponse {
    /// Its status.
    pub statut: StatusCode,
    /// Its headers.
    pub entetes: HeaderMap,
    /// Its body.
    pub corps: Bytes,
}

impl Client {
    pub(crate) fn new(http: reqwest::Client, url: String, jeton: Option<&str>) -> Self {
        let cookie = jeton.map(|j| format!("{}={j}", server::extract::COOKIE));
        Self { http, url, cookie: Arc::new(Mutex::new(cookie)), adresse: None, jeton: None }
    }

    /// The same client, seen from another network address.
    #[must_use]
    pub fn depuis(mut self, adresse: &str) -> Self {
        self.adresse = Some(adresse.parse().expect("une adresse IP"));
        self
    }

    /// The same client, as a proxy in front of several nodes takes it to another.
    #[must_use]
    pub fn vers(&self, noeud: &Noeud) -> Self {
        Self { url: noeud.url().to_owned(), ..self.clone() }
    }

    /// The same client, with an access token.
    #[must_use]
    pub fn porteur(mut self, jeton: &str) -> Self {
        self.jeton = Some(jeton.to_owned());
        self
    }

    /// The cookie held, as `name=value`.
    pub fn cookie(&self) -> Option<String> {
        self.cookie.lock().unwrap().clone()
    }

    /// Holds another cookie, as `name=value`.
    pub fn poser_cookie(&self, cookie: Option<String>) {
        *self.cookie.lock().unwrap() = cookie;
    }

    /// Calls an operation; a body of `()` sends none.
    pub async fn call<E>(&self, operation: &E, corps: &E::Body) -> Reponse
    where
        E: Endpoint,
        E::Body: Serialize,
    {
        self.envoyer(self.requete(operation, corps)).await
    }

    /// Calls an operation that must succeed, and reads its answer.
    #[track_caller]
    pub fn ok<'a, E>(&'a self, operation: &'a E, corps: &'a E::Body) -> impl Future<Output = E::Response> + 'a
    where
        E: Endpoint,
        E::Body: Serialize,
        E::Response: DeserializeOwned,
    {
        let appel = std::panic::Location::caller();
        async move {
            let reponse = self.call(operation, corps).await;
            assert!(reponse.statut.is_success(), "{appel} : {} : {}", E::OPERATION, reponse.texte());
            reponse.lire()
        }
    }

    /// Calls an operation that changes the version whose validator is given.
    pub async fn changer<E>(&self, operation: &E, version: &str, corps: &E::Body) -> Reponse
    where
        E: Endpoint,
        E::Body: Serialize + 'static,
    {
        self.envoyer(self.requete(operation, corps).header("if-match", version)).await
    }

    /// Calls an operation with a multipart form.
    pub async fn multipart<E: Endpoint>(&self, operation: &E, form: reqwest::multipart::Form) -> Reponse {
        self.envoyer(self.nue(E::METHOD, &operation.path()).multipart(form)).await
    }

    /// A request of an operation, to be changed before it is sent.
    pub fn requete<E>(&self, operation: &E, corps: &E::Body) -> RequestBuilder
    where
        E: Endpoint,
        E::Body: Serialize,
    {
        let requete = self.nue(E::METHOD, &operation.path());
        match serde_json::to_value(corps).unwrap() {
            serde_json::Value::Null => requete,
            json => requete.json(&json),
        }
    }

    /// A request to any path, with the cookie and without a body.
    pub fn nue(&self, methode: Method, chemin: &str) -> RequestBuilder {
        let methode = reqwest::Method::from_bytes(methode.as_str().as_bytes()).unwrap();
        let mut requete = self.http.request(methode, format!("{}{chemin}", self.url));
        if let Some(cookie) = self.cookie() {
            requete = requete.header(COOKIE, cookie);
        }
        if let Some(jeton) = &self.jeton {
            requete = requete.bearer_auth(jeton);
        }
        if let Some(adresse) = self.adresse {
            requete = requete.header("x-forwarded-for", adresse.to_string());
        }
        requete
    }

    /// Sends a request, reads its answer whole and keeps its cookie.
    pub async fn envoyer(&self, requete: RequestBuilder) -> Reponse {
        let reponse = requete.send().await.unwrap();
        let (statut, entetes) = (reponse.status(), reponse.headers().clone());
        self.garder(&entetes);
        Reponse { statut, entetes, corps: reponse.bytes().await.unwrap() }
    }

    fn garder(&self, entetes: &HeaderMap) {
        for pose in entetes.get_all(SET_COOKIE) {
            let texte = pose.to_str().unwrap();
            let paire = texte.split(';').next().unwrap_or_default().trim().to_owned();
            let efface = paire.ends_with('=') || texte.to_ascii_lowercase().contains("max-age=0");
            self.poser_cookie((!efface).then_some(paire));
        }
    }
}

impl Reponse {
    /// The status as a number.
    pub fn code(&self) -> u16 {
        self.statut.as_u16()
    }

    /// The body as text.
    pub fn texte(&self) -> String {
        format!("{} {}", self.statut, String::from_utf8_lossy(&self.corps))
    }

    /// The body as JSON; an empty body reads as `()`.
    #[track_caller]
    pub fn lire<T: DeserializeOwned>(&self) -> T {
        let json: &[u8] = if self.corps.is_empty() { b"null" } else { &self.corps };
        serde_json::from_slice(json).unwrap_or_else(|e| panic!("{e} : {}", self.texte()))
    }

    /// The problem that the answer must be, with its code.
    #[track_caller]
    pub fn probleme(&self, code: ProblemCode) -> Problem {
        let probleme: Problem = self.lire();
        assert_eq!(probleme.code, code, "{}", self.texte());
        assert_eq!(self.code(), code.status(), "{}", self.texte());
        assert_eq!(self.entete("content-type"), Some("application/problem+json"));
        probleme
    }

    /// A header.
    pub fn entete(&self, nom: &str) -> Option<&str> {
        self.entetes.get(nom).and_then(|v| v.to_str().ok())
    }

    /// The pointers of the fields at fault.
    pub fn pointeurs(&self) -> Vec<String> {
        self.probleme(ProblemCode::ChampsInvalides).errors.into_iter().map(|e| e.pointer).collect()
    }
}
