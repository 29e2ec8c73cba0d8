//! What the browser keeps of files on their way, so that leaving the page loses none (IndexedDB).

use js_sys::Promise;
use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

/// The bytes of a larger file are not kept: it must be chosen again.
const OCTETS_MAX: f64 = 25.0 * 1024.0 * 1024.0;
/// After so many milliseconds the server has forgotten the upload.
const DUREE_MS: f64 = 7.0 * 24.0 * 3_600_000.0;
const BASE: &str = "egestion-depots";
const FICHES: &str = "fiches";
const OCTETS: &str = "octets";

/// A file on its way, without its bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gardee {
    /// Who deposits it.
    pub qui: Uuid,
    /// The dossier.
    pub dossier: Uuid,
    /// The category; none for the OPCO's documents.
    pub piece: Option<Uuid>,
    /// The document that it replaces, and the validator of the version that was shown.
    pub remplace: Option<(Uuid, String)>,
    /// Its name.
    pub nom: String,
    /// Its size, in bytes.
    pub taille: u64,
    /// Its media type.
    pub mime: String,
    /// When it was last modified: with its name and size, what tells it from another file.
    pub modifie: f64,
    /// The upload that keeps its first bytes on the server.
    pub televersement: Option<Uuid>,
    /// Whether the person wants it although the same bytes are there.
    pub doublon_accepte: bool,
    /// Whether the person stopped it.
    pub pause: bool,
    /// When it was chosen, in milliseconds.
    pub le: f64,
}

/// Keeps a file, and its bytes when they are few enough.
pub async fn garder(cle: Uuid, fiche: &Gardee, octets: Option<&Blob>) {
    // A browser that keeps nothing, as in private windows, changes nothing for whoever stays on the page.
    let _ = ecrire(cle, fiche, octets).await;
}

async fn ecrire(cle: Uuid, fiche: &Gardee, octets: Option<&Blob>) -> Option<()> {
    let base = ouvrir().await?;
    let cle = JsValue::from_str(&cle.to_string());
    let json = JsValue::from_str(&serde_json::to_string(fiche).ok()?);
    if let Some(octets) = octets.filter(|o| o.size() <= OCTETS_MAX) {
        fini(&rayon(&base, OCTETS, IdbTransactionMode::Readwrite)?.put_with_key(octets, &cle).ok()?).await?;
    }
    fini(&rayon(&base, FICHES, IdbTransactionMode::Readwrite)?.put_with_key(&json, &cle).ok()?).await?;
    Some(())
}

/// Forgets a file.
pub async fn oublier(cle: Uuid) {
    let _ = retirer(cle).await;
}

async fn retirer(cle: Uuid) -> Option<()> {
    let base = ouvrir().await?;
    let cle = JsValue::from_str(&cle.to_string());
    for nom in [FICHES, OCTETS] {
        fini(&rayon(&base, nom, IdbTransactionMode::Readwrite)?.delete(&cle).ok()?).await?;
    }
    Some(())
}

/// Forgets everything: the person signs out.
pub async fn vider() {
    if let Some(base) = ouvrir().await {
        for nom in [FICHES, OCTETS] {
            if let Some(demande) = rayon(&base, nom, IdbTransactionMode::Readwrite).and_then(|r| r.clear().ok()) {
                fini(&demande).await;
            }
        }
    }
}

/// The keys of the files kept.
pub async fn cles() -> Vec<Uuid> {
    let lues = async {
        let base = ouvrir().await?;
        fini(&rayon(&base, FICHES, IdbTransactionMode::Readonly)?.get_all_keys().ok()?).await
    };
    let Some(lues) = lues.await.and_then(|v| v.dyn_into::<js_sys::Array>().ok()) else { return Vec::new() };
    lues.iter().filter_map(|c| c.as_string()?.parse().ok()).collect()
}

/// A file kept, if it is still there; one that is too old is forgotten.
pub async fn lire(cle: Uuid) -> Option<(Gardee, Option<Blob>)> {
    let base = ouvrir().await?;
    let nom = JsValue::from_str(&cle.to_string());
    let json = fini(&rayon(&base, FICHES, IdbTransactionMode::Readonly)?.get(&nom).ok()?).await?;
    let fiche: Option<Gardee> = serde_json::from_str(&json.as_string()?).ok();
    let Some(fiche) = fiche.filter(|f| js_sys::Date::now() - f.le < DUREE_MS) else {
        retirer(cle).await;
        return None;
    };
    let octets = fini(&rayon(&base, OCTETS, IdbTransactionMode::Readonly)?.get(&nom).ok()?).await;
    Some((fiche, octets.and_then(|o| o.dyn_into().ok())))
}

/// Waits until no other tab has this file in hand, then has it until the page goes away.
///
/// A browser without locks gives it at once.
pub async fn prendre(cle: Uuid) {
    let obtenu = Promise::new(&mut |bien, _| {
        let tenir = Closure::once_into_js(move |_: JsValue| {
            let _ = bien.call0(&JsValue::NULL);
            // Never kept: the browser lets go when the page goes away.
            Promise::new(&mut |_, _| {})
        });
        demander(&format!("{BASE}-{cle}"), &tenir);
    });
    let _ = JsFuture::from(obtenu).await;
}

/// Asks `navigator.locks` for a lock, or calls `tenir` where there is none.
fn demander(nom: &str, tenir: &JsValue) {
    let lire = |objet: &JsValue, cle: &str| js_sys::Reflect::get(objet, &JsValue::from_str(cle)).ok();
    let verrous = lire(&window(), "navigator").and_then(|n| lire(&n, "locks"));
    let tenir: &js_sys::Function = tenir.unchecked_ref();
    match verrous.as_ref().and_then(|v| lire(v, "request")?.dyn_into::<js_sys::Function>().ok().zip(Some(v))) {
        Some((demande, verrous)) => {
            let _ = demande.call2(verrous, &JsValue::from_str(nom), tenir);
        }
        None => {
            let _ = tenir.call1(&JsValue::NULL, &JsValue::NULL);
        }
    }
}

async fn ouvrir() -> Option<IdbDatabase> {
    let demande: IdbOpenDbRequest = window().indexed_db().ok()??.open_with_u32(BASE, 1).ok()?;
    let neuve = demande.clone();
    let preparer = Closure::once(move |_: JsValue| {
        if let Ok(base) = neuve.result().map(JsCast::unchecked_into::<IdbDatabase>) {
            for nom in [FICHES, OCTETS] {
                let _ = base.create_object_store(nom);
            }
        }
    });
    demande.set_onupgradeneeded(Some(preparer.as_ref().unchecked_ref()));
    let base = fini(&demande).await.map(JsCast::unchecked_into);
    demande.set_onupgradeneeded(None);
    base
}

fn rayon(base: &IdbDatabase, nom: &str, mode: IdbTransactionMode) -> Option<IdbObjectStore> {
    base.transaction_with_str_and_mode(nom, mode).ok()?.object_store(nom).ok()
}

/// What a request to the base gives; `None` when it fails.
async fn fini(demande: &IdbRequest) -> Option<JsValue> {
    let promesse = Promise::new(&mut |bien, mal| {
        demande.set_onsuccess(Some(&bien));
        demande.set_onerror(Some(&mal));
    });
    JsFuture::from(promesse).await.ok()?;
    demande.result().ok()
}
