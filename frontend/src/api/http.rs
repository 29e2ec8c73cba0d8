//! Requests: each operation of the API is called through its [`Endpoint`].

use std::any::TypeId;
use std::cell::RefCell;

use api_types::{Endpoint, Method, ProblemCode};
use gloo_net::http::{Request, RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;
use web_sys::{AbortController, AbortSignal, FormData};

use super::echec::Echec;

/// The header that no other site can make a browser send: it proves that the request is the page's own.
pub const ENTETE_ORIGINE: (&str, &str) = ("X-Requested-With", "egestion");

/// The header of the key that makes a request happen once, however often it is sent.
pub const ENTETE_CLE: &str = "Idempotency-Key";
/// The header of the version that is being changed.
pub const ENTETE_VERSION: &str = "If-Match";

thread_local! {
    static PERTE: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Says what to do when the server no longer knows the session.
pub fn a_la_perte_de_session(faire: impl Fn() + 'static) {
    PERTE.with(|perte| *perte.borrow_mut() = Some(Box::new(faire)));
}

/// Tells that the server no longer knows the session, if that is what `echec` says.
pub fn signaler_perte(echec: &Echec) {
    if echec.code() == Some(ProblemCode::NonConnecte) {
        PERTE.with(|perte| {
            if let Some(faire) = perte.borrow().as_ref() {
                faire();
            }
        });
    }
}

/// Stops a request when it is dropped.
pub struct Interruption(AbortController);

impl Interruption {
    /// A way to stop a request, where the browser has one.
    pub fn nouvelle() -> Option<Self> {
        AbortController::new().ok().map(Self)
    }

    /// What to give to the request.
    pub fn signal(&self) -> AbortSignal {
        self.0.signal()
    }
}

impl Drop for Interruption {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Calls an operation.
pub async fn call<E>(operation: &E, corps: &E::Body) -> Result<E::Response, Echec>
where
    E: Endpoint,
    E::Body: Serialize + 'static,
    E::Response: DeserializeOwned + 'static,
{
    decoder(&executer(requete(E::METHOD, &operation.path(), None), json_de(corps)?).await?)
}

/// Calls an operation that changes the version whose validator is given, and no later one.
pub async fn changer<E>(operation: &E, version: &str, corps: &E::Body) -> Result<E::Response, Echec>
where
    E: Endpoint,
    E::Body: Serialize + 'static,
    E::Response: DeserializeOwned + 'static,
{
    let requete = requete(E::METHOD, &operation.path(), None).header(ENTETE_VERSION, version);
    decoder(&executer(requete, json_de(corps)?).await?)
}

fn json_de<B: Serialize + 'static>(corps: &B) -> Result<Option<String>, Echec> {
    if TypeId::of::<B>() == TypeId::of::<()>() {
        return Ok(None);
    }
    serde_json::to_string(corps).map(Some).map_err(|_| Echec::Illisible(0))
}

/// Reads, and may be interrupted.
pub async fn lire<E>(operation: &E, signal: Option<AbortSignal>) -> Result<E::Response, Echec>
where
    E: Endpoint<Body = ()>,
    E::Response: DeserializeOwned + 'static,
{
    decoder(&executer(requete(E::METHOD, &operation.path(), signal.as_ref()), None).await?)
}

/// Calls an operation whose body is a form with files; `cle` makes it happen once.
pub async fn envoyer_formulaire<E>(operation: &E, cle: Uuid, formulaire: FormData) -> Result<E::Response, Echec>
where
    E: Endpoint<Body = ()>,
    E::Response: DeserializeOwned + 'static,
{
    let requete = requete(E::METHOD, &operation.path(), None).header(ENTETE_CLE, &cle.to_string());
    let requete = requete.body(formulaire).map_err(|_| Echec::Reseau)?;
    decoder(&recevoir(requete).await?)
}

fn requete(methode: Method, chemin: &str, signal: Option<&AbortSignal>) -> RequestBuilder {
    let methode = match methode {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Delete => gloo_net::http::Method::DELETE,
        Method::Patch => gloo_net::http::Method::PATCH,
        Method::Head => gloo_net::http::Method::HEAD,
        Method::Options => gloo_net::http::Method::OPTIONS,
    };
    RequestBuilder::new(chemin)
        .method(methode)
        .header("Accept", "application/json")
        .header(ENTETE_ORIGINE.0, ENTETE_ORIGINE.1)
        .abort_signal(signal)
}

async fn executer(requete: RequestBuilder, json: Option<String>) -> Result<String, Echec> {
    let requete = match json {
        Some(json) => requete.header("Content-Type", "application/json").body(json),
        None => requete.build(),
    };
    recevoir(requete.map_err(|_| Echec::Reseau)?).await
}

/// Sends, and gives the text of a successful answer.
async fn recevoir(requete: Request) -> Result<String, Echec> {
    let reponse: Response = requete.send().await.map_err(|_| Echec::Reseau)?;
    let texte = reponse.text().await.map_err(|_| Echec::Reseau)?;
    if reponse.ok() {
        return Ok(texte);
    }
    let echec = Echec::de_reponse(reponse.status(), reponse.headers().get("Retry-After").as_deref(), &texte);
    signaler_perte(&echec);
    Err(echec)
}

fn decoder<R: DeserializeOwned + 'static>(texte: &str) -> Result<R, Echec> {
    // An operation without an answer may still say something; it is not read.
    let rien = TypeId::of::<R>() == TypeId::of::<()>();
    serde_json::from_str(if rien { "null" } else { texte }).map_err(|_| Echec::Illisible(200))
}
