//! The live stream: what happens elsewhere, told as it happens.
//!
//! The browser's `EventSource` is used directly: its `open` event, which says that a lost stream is back, is
//! what tells pages to read again.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use api_types::Endpoint;
use api_types::endpoint::SuivreEvenements;
use api_types::travail::Evenement;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, MessageEvent};

/// What a page that listens is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Nouvelle {
    /// Something happened.
    Arrivee(Evenement),
    /// The stream is back after a silence: events may have been missed, read again.
    Reprise,
}

/// How long what happens is gathered before acting once.
const GROUPE: Duration = Duration::from_millis(500);

type Oreille = Rc<dyn Fn(&Nouvelle)>;

#[derive(Default)]
struct Salle {
    prochaine: u32,
    oreilles: Vec<(u32, Oreille)>,
}

thread_local! {
    static SALLE: RefCell<Salle> = RefCell::default();
}

/// Listens until the component that calls it goes away.
pub fn ecouter(faire: impl Fn(&Nouvelle) + 'static) {
    let numero = SALLE.with_borrow_mut(|salle| {
        salle.prochaine = salle.prochaine.wrapping_add(1);
        salle.oreilles.push((salle.prochaine, Rc::new(faire)));
        salle.prochaine
    });
    on_cleanup(move || SALLE.with_borrow_mut(|salle| salle.oreilles.retain(|(n, _)| *n != numero)));
}

/// Listens, and acts once for all that happens within half a second.
pub fn ecouter_en_groupe(faire: impl Fn() + 'static) {
    let faire = Rc::new(faire);
    let prevu = StoredValue::new(false);
    ecouter(move |_| {
        if prevu.try_get_value() == Some(false) {
            prevu.set_value(true);
            let faire = Rc::clone(&faire);
            let agir = move || {
                // Unless the listener is gone meanwhile.
                if prevu.try_set_value(false).is_none() {
                    faire();
                }
            };
            set_timeout(agir, GROUPE);
        }
    });
}

fn dire(nouvelle: &Nouvelle) {
    // Copied first: whoever is told may start or stop listening.
    let oreilles: Vec<Oreille> = SALLE.with_borrow(|salle| salle.oreilles.iter().map(|(_, o)| Rc::clone(o)).collect());
    for oreille in oreilles {
        oreille(nouvelle);
    }
}

/// First and longest wait before opening again a stream that the server refused.
const ATTENTES: (Duration, Duration) = (Duration::from_secs(2), Duration::from_mins(1));

/// The stream and what it needs to come back.
#[derive(Clone, Copy)]
struct Direct {
    flux: StoredValue<Option<Flux>, LocalStorage>,
    coupe: StoredValue<bool>,
    attente: StoredValue<Duration>,
}

/// An open stream; dropped, it is closed.
struct Flux {
    source: EventSource,
    _rappels: [Closure<dyn FnMut(MessageEvent)>; 3],
}

impl Drop for Flux {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Keeps the stream open while `ouvert` says so and the page is in view.
///
/// The browser reconnects by itself after a cut; when it gives up (the server refused), the stream is opened
/// again after a wait that doubles. A page in the background closes it: browsers allow few connections.
pub fn suivre(ouvert: Memo<bool>) {
    let direct = Direct {
        flux: StoredValue::new_local(None),
        coupe: StoredValue::new(false),
        attente: StoredValue::new(ATTENTES.0),
    };
    let visible = RwSignal::new(true);
    let poignee = window_event_listener(leptos::ev::visibilitychange, move |_| visible.set(!document().hidden()));
    on_cleanup(move || poignee.remove());
    Effect::new(move |_| {
        if !ouvert.get() {
            direct.flux.set_value(None);
            direct.coupe.set_value(false);
        } else if visible.get() {
            direct.ouvrir();
        } else {
            direct.flux.set_value(None);
            direct.coupe.set_value(true);
        }
    });
}

impl Direct {
    fn ouvrir(self) {
        if let Some(flux) = Flux::ouvrir(self) {
            self.flux.set_value(Some(flux));
        }
    }

    /// The stream is open.
    fn ouvert(self) {
        self.attente.set_value(ATTENTES.0);
        if self.coupe.get_value() {
            self.coupe.set_value(false);
            dire(&Nouvelle::Reprise);
        }
    }

    /// The stream is cut; when the browser will not try again, it is opened again later.
    fn rompu(self) {
        self.coupe.set_value(true);
        let fini = |flux: &Option<Flux>| flux.as_ref().is_some_and(|f| f.source.ready_state() == EventSource::CLOSED);
        if !self.flux.with_value(fini) {
            return;
        }
        let attente = self.attente.get_value();
        self.attente.set_value((attente * 2).min(ATTENTES.1));
        set_timeout(
            move || {
                // Unless it was closed or opened again on purpose in the meantime.
                if self.flux.try_with_value(fini) == Some(true) {
                    self.ouvrir();
                }
            },
            attente,
        );
    }
}

impl Flux {
    fn ouvrir(direct: Direct) -> Option<Self> {
        let source = EventSource::new(&SuivreEvenements {}.path()).ok()?;
        let ecouter = |nom: &str, mut faire: Box<dyn FnMut(MessageEvent)>| {
            let rappel = Closure::new(move |e: MessageEvent| faire(e));
            // Cannot fail on an object of the browser's own.
            source.add_event_listener_with_callback(nom, rappel.as_ref().unchecked_ref()).ok();
            rappel
        };
        let rappels = [
            ecouter(
                "evenement",
                Box::new(|e| {
                    let texte = e.data().as_string().unwrap_or_default();
                    // An event of a later version of the server says nothing to this page.
                    if let Ok(evenement) = serde_json::from_str(&texte) {
                        dire(&Nouvelle::Arrivee(evenement));
                    }
                }),
            ),
            ecouter("open", Box::new(move |_| direct.ouvert())),
            ecouter("error", Box::new(move |_| direct.rompu())),
        ];
        Some(Self { source, _rappels: rappels })
    }
}
