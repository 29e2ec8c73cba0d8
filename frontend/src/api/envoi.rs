//! Requests whose progress is told, which `fetch` does not do; and that can be stopped.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use api_types::Method;
use js_sys::Promise;
use leptos::prelude::set_interval_with_handle;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

use super::echec::Echec;
use super::http::{ENTETE_ORIGINE, signaler_perte};

/// A connection that moves nothing for so many milliseconds is taken for lost.
const SILENCE_MS: f64 = 60_000.0;
/// How often that is looked at.
const VEILLE: Duration = Duration::from_secs(5);

/// The bytes sent with a request.
pub enum Corps<'a> {
    /// None.
    Rien,
    /// JSON.
    Json(&'a str),
    /// A file, or a part of one.
    Octets(&'a Blob),
}

/// An answer that is not a refusal.
pub struct Reponse {
    /// Its body.
    pub texte: String,
    requete: XmlHttpRequest,
}

impl Reponse {
    /// A header that holds a number of bytes.
    pub fn nombre(&self, nom: &str) -> Option<u64> {
        self.requete.get_response_header(nom).ok().flatten()?.trim().parse().ok()
    }
}

/// A failure, and where the server keeps the bytes all the same.
pub struct Rate {
    /// The failure.
    pub echec: Echec,
    /// The address given with it.
    pub lieu: Option<String>,
}

impl From<Echec> for Rate {
    fn from(echec: Echec) -> Self {
        Self { echec, lieu: None }
    }
}

/// Requests that are made one after the other, and that [`Prise`] stops.
#[derive(Clone, Default)]
pub struct Ligne {
    requete: Rc<RefCell<Option<XmlHttpRequest>>>,
    coupee: Rc<Cell<bool>>,
}

/// Stops the requests of its line when it is dropped, and nothing more is told.
pub struct Prise(Ligne);

impl Drop for Prise {
    fn drop(&mut self) {
        self.0.coupee.set(true);
        if let Some(requete) = self.0.requete.borrow_mut().take() {
            // Stopping a request that is over does nothing.
            let _ = requete.abort();
        }
    }
}

impl Ligne {
    /// A line, and what stops it.
    pub fn nouvelle() -> (Self, Prise) {
        let ligne = Self::default();
        (ligne.clone(), Prise(ligne))
    }

    /// Whether it was stopped: what comes back concerns nobody any more.
    pub fn coupee(&self) -> bool {
        self.coupee.get()
    }

    /// Makes a request, and tells `progres` how many bytes have left.
    pub async fn demander(
        &self,
        methode: Method,
        chemin: &str,
        entetes: &[(&str, &str)],
        corps: Corps<'_>,
        progres: impl Fn(f64) + 'static,
    ) -> Result<Reponse, Rate> {
        if self.coupee() {
            return Err(Echec::Reseau.into());
        }
        let dernier = Rc::new(Cell::new(js_sys::Date::now()));
        let note = Rc::clone(&dernier);
        let ecoute = Closure::<dyn Fn(ProgressEvent)>::new(move |e: ProgressEvent| {
            note.set(js_sys::Date::now());
            progres(e.loaded());
        });
        let fini = self.lancer(methode, chemin, entetes, &corps, &ecoute).ok_or(Echec::Reseau)?;
        let veilleur = self.clone();
        let veille = set_interval_with_handle(
            move || {
                if js_sys::Date::now() - dernier.get() > SILENCE_MS
                    && let Some(requete) = veilleur.requete.borrow().as_ref()
                {
                    let _ = requete.abort();
                }
            },
            VEILLE,
        );
        let attendu = JsFuture::from(fini).await;
        if let Ok(veille) = veille {
            veille.clear();
        }
        let requete = self.requete.borrow_mut().take();
        match (attendu, requete) {
            (Ok(_), Some(requete)) => lire(requete),
            _ => Err(Echec::Reseau.into()),
        }
    }

    fn lancer(
        &self,
        methode: Method,
        chemin: &str,
        entetes: &[(&str, &str)],
        corps: &Corps<'_>,
        ecoute: &Closure<dyn Fn(ProgressEvent)>,
    ) -> Option<Promise> {
        let requete = XmlHttpRequest::new().ok()?;
        requete.open(methode.as_str(), chemin).ok()?;
        for (nom, valeur) in [("Accept", "application/json"), ENTETE_ORIGINE].iter().chain(entetes) {
            requete.set_request_header(nom, valeur).ok()?;
        }
        if let (Corps::Octets(_), Ok(montee)) = (corps, requete.upload()) {
            montee.set_onprogress(Some(ecoute.as_ref().unchecked_ref()));
            montee.set_onload(Some(ecoute.as_ref().unchecked_ref()));
        }
        let fini = Promise::new(&mut |bien, _| requete.set_onloadend(Some(&bien)));
        match corps {
            Corps::Rien => requete.send(),
            Corps::Json(json) => requete.send_with_opt_str(Some(json)),
            Corps::Octets(octets) => requete.send_with_opt_blob(Some(octets)),
        }
        .ok()?;
        *self.requete.borrow_mut() = Some(requete);
        Some(fini)
    }
}

fn lire(requete: XmlHttpRequest) -> Result<Reponse, Rate> {
    // Unplugged: the listener goes with the one who waited.
    if let Ok(montee) = requete.upload() {
        montee.set_onprogress(None);
        montee.set_onload(None);
    }
    let statut = requete.status().unwrap_or(0);
    let texte = requete.response_text().ok().flatten().unwrap_or_default();
    if statut == 0 {
        return Err(Echec::Reseau.into());
    }
    if (200..300).contains(&statut) {
        return Ok(Reponse { texte, requete });
    }
    let entete = |nom| requete.get_response_header(nom).ok().flatten();
    let echec = Echec::de_reponse(statut, entete("Retry-After").as_deref(), &texte);
    signaler_perte(&echec);
    Err(Rate { echec, lieu: entete("Location") })
}
