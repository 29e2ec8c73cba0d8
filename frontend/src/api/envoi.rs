//! Sending a file with its progress, which `fetch` does not tell.

use std::rc::Rc;

use api_types::Endpoint;
use serde::de::DeserializeOwned;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{FormData, ProgressEvent, XmlHttpRequest, XmlHttpRequestEventTarget};

use super::echec::Echec;
use super::http::{ENTETE_CLE, ENTETE_ORIGINE, ENTETE_VERSION, signaler_perte};

/// What an upload tells.
#[derive(Debug)]
pub enum Signe<R> {
    /// So many bytes of the form have left, out of so many.
    Progres {
        /// Bytes that left.
        partis: f64,
        /// Bytes of the whole form.
        total: f64,
    },
    /// All bytes have left.
    Parti,
    /// The answer, or its absence; nothing comes after it.
    Fini(Result<R, Echec>),
}

/// An upload under way; dropping it stops it, and nothing more is told.
pub struct Envoi {
    requete: XmlHttpRequest,
    montee: Option<XmlHttpRequestEventTarget>,
    ecoutes: Vec<Closure<dyn Fn(ProgressEvent)>>,
}

impl Envoi {
    /// Sends a form to an operation, and tells `dire` what becomes of it.
    ///
    /// `cle` makes it happen once, however often it is sent; `version` is the one that it replaces.
    /// `None` when the browser cannot even start.
    pub fn partir<E>(
        operation: &E,
        formulaire: &FormData,
        cle: Uuid,
        version: Option<&str>,
        dire: impl Fn(Signe<E::Response>) + 'static,
    ) -> Option<Self>
    where
        E: Endpoint<Body = ()>,
        E::Response: DeserializeOwned + 'static,
    {
        let requete = XmlHttpRequest::new().ok()?;
        requete.open(E::METHOD.as_str(), &operation.path()).ok()?;
        requete.set_request_header("Accept", "application/json").ok()?;
        requete.set_request_header(ENTETE_ORIGINE.0, ENTETE_ORIGINE.1).ok()?;
        requete.set_request_header(ENTETE_CLE, &cle.to_string()).ok()?;
        if let Some(version) = version {
            requete.set_request_header(ENTETE_VERSION, version).ok()?;
        }
        let montee = requete.upload().ok().map(JsCast::unchecked_into);
        let mut envoi = Self { requete: requete.clone(), montee, ecoutes: Vec::new() };
        envoi.ecouter(&Rc::new(dire));
        requete.send_with_opt_form_data(Some(formulaire)).ok()?;
        Some(envoi)
    }

    fn ecouter<R: DeserializeOwned + 'static>(&mut self, dire: &Rc<impl Fn(Signe<R>) + 'static>) {
        if let Some(montee) = self.montee.clone() {
            let progres = self.garder(dire, |e| Signe::Progres { partis: e.loaded(), total: e.total() });
            montee.set_onprogress(Some(&progres));
            let parti = self.garder(dire, |_| Signe::Parti);
            montee.set_onload(Some(&parti));
        }
        let requete = self.requete.clone();
        let fini = self.garder(dire, move |_| Signe::Fini(lire(&requete)));
        self.requete.set_onload(Some(&fini));
        let perdu = self.garder(dire, |_| Signe::Fini(Err(Echec::Reseau)));
        self.requete.set_onerror(Some(&perdu));
        self.requete.set_ontimeout(Some(&perdu));
        self.requete.set_onabort(Some(&perdu));
    }

    /// Keeps a listener as long as the upload.
    fn garder<R: 'static>(
        &mut self,
        dire: &Rc<impl Fn(Signe<R>) + 'static>,
        traduire: impl Fn(&ProgressEvent) -> Signe<R> + 'static,
    ) -> js_sys::Function {
        let dire = Rc::clone(dire);
        let ecoute = Closure::<dyn Fn(ProgressEvent)>::new(move |e: ProgressEvent| dire(traduire(&e)));
        let fonction = ecoute.as_ref().unchecked_ref::<js_sys::Function>().clone();
        self.ecoutes.push(ecoute);
        fonction
    }
}

impl Drop for Envoi {
    fn drop(&mut self) {
        // Unplugged before it is stopped: a listener must not outlive the closure behind it.
        for cible in [Some(self.requete.unchecked_ref::<XmlHttpRequestEventTarget>()), self.montee.as_ref()]
            .into_iter()
            .flatten()
        {
            cible.set_onprogress(None);
            cible.set_onload(None);
            cible.set_onerror(None);
            cible.set_ontimeout(None);
            cible.set_onabort(None);
        }
        // Stopping a request that is over does nothing.
        let _ = self.requete.abort();
    }
}

fn lire<R: DeserializeOwned>(requete: &XmlHttpRequest) -> Result<R, Echec> {
    let statut = requete.status().unwrap_or(0);
    let texte = requete.response_text().ok().flatten().unwrap_or_default();
    if statut == 0 {
        return Err(Echec::Reseau);
    }
    if (200..300).contains(&statut) {
        return serde_json::from_str(&texte).map_err(|_| Echec::Illisible(statut));
    }
    let attente = requete.get_response_header("Retry-After").ok().flatten();
    let echec = Echec::de_reponse(statut, attente.as_deref(), &texte);
    signaler_perte(&echec);
    Err(echec)
}
