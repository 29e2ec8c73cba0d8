//! Whether a message has really been seen.

use std::time::Duration;

use leptos::html::Article;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// How long a message must be in view to have been read.
const REGARD: Duration = Duration::from_secs(1);

/// Observes an element; dropped, it stops.
struct Observation {
    observateur: IntersectionObserver,
    _rappel: Closure<dyn FnMut(js_sys::Array)>,
}

impl Drop for Observation {
    fn drop(&mut self) {
        self.observateur.disconnect();
    }
}

/// Calls `vu` when the element has been in view for a second, in a page that is itself in view; again each time
/// that it comes back.
pub fn quand_vu(element: NodeRef<Article>, vu: impl Fn() + Copy + Send + Sync + 'static) {
    let visible = RwSignal::new(false);
    let observation = StoredValue::new_local(None);
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let rappel = Closure::new(move |entrees: js_sys::Array| {
            if let Some(derniere) = entrees.iter().last() {
                visible.set(bien_visible(derniere.unchecked_ref()));
            }
        });
        let options = IntersectionObserverInit::new();
        let seuils: js_sys::Array = [0.0, 0.25, 0.5, 0.75, 1.0].into_iter().map(js_sys::Number::from).collect();
        options.set_threshold(&seuils);
        if let Ok(observateur) = IntersectionObserver::new_with_options(rappel.as_ref().unchecked_ref(), &options) {
            observateur.observe(&element);
            observation.set_value(Some(Observation { observateur, _rappel: rappel }));
        }
    });
    Effect::new(move |avant: Option<Option<TimeoutHandle>>| {
        if let Some(minuterie) = avant.flatten() {
            minuterie.clear();
        }
        visible.get().then(|| attendre(visible, vu)).flatten()
    });
}

fn attendre(visible: RwSignal<bool>, vu: impl Fn() + Copy + Send + Sync + 'static) -> Option<TimeoutHandle> {
    let echoir = move || {
        if visible.try_get_untracked() != Some(true) {
            return;
        }
        if document().hidden() {
            // Nobody looks: wait for a second that counts.
            attendre(visible, vu);
        } else {
            vu();
        }
    };
    set_timeout_with_handle(echoir, REGARD).ok()
}

/// Half of the message, or as much of it as fills a third of the window.
fn bien_visible(entree: &IntersectionObserverEntry) -> bool {
    let fenetre = window().inner_height().ok().and_then(|h| h.as_f64()).unwrap_or(f64::MAX);
    entree.is_intersecting()
        && (entree.intersection_ratio() >= 0.5 || entree.intersection_rect().height() >= fenetre / 3.0)
}
