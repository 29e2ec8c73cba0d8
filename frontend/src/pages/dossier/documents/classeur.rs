//! What the cards of a tab share: their list, their dialogs, the seconds that pass.

use std::time::Duration;

use api_types::documents::Document;
use domain::document::Verdict;
use leptos::prelude::*;
use uuid::Uuid;

use crate::api::echec::Echec;

/// The list that cards belong to.
#[derive(Clone, Copy)]
pub struct Classeur {
    /// A document changed: shows it as it is now.
    pub montrer: Callback<Document>,
    /// A document was taken back.
    pub oter: Callback<Uuid>,
    /// Reads the list again.
    pub relire: Callback<()>,
    /// Whether the reader may deposit there.
    pub peut_deposer: Signal<bool>,
    /// Milliseconds of the browser's clock, once a second.
    pub seconde: ReadSignal<f64>,
    /// The preview.
    pub apercu: Sujet<Document>,
    /// The versions.
    pub versions: Sujet<Document>,
    /// The judgement that needs a reason.
    pub examen: Sujet<(Document, Verdict)>,
}

impl Classeur {
    /// The list of the card.
    pub fn courant() -> Self {
        expect_context()
    }

    /// Reads the list again after an act: done or refused, it may differ from what is shown. Not when the network is cut:
    /// the alert of this reading would take the place of the act's own.
    pub fn relire_apres<T>(self, fait: &Result<T, Echec>) {
        if fait.as_ref().err() != Some(&Echec::Reseau) {
            self.relire.try_run(());
        }
    }
}

/// A dialog and what it is about.
pub struct Sujet<T: 'static> {
    /// Whether the dialog is shown.
    pub ouvert: RwSignal<bool>,
    /// What it is about; kept while it closes.
    pub de: RwSignal<Option<T>>,
}

impl<T: 'static> Clone for Sujet<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: 'static> Copy for Sujet<T> {}

impl<T: Send + Sync + 'static> Sujet<T> {
    /// A dialog that is closed.
    pub fn nouveau() -> Self {
        Self { ouvert: RwSignal::new(false), de: RwSignal::new(None) }
    }

    /// Opens the dialog.
    pub fn ouvrir(self, sujet: T) {
        self.de.set(Some(sujet));
        self.ouvert.set(true);
    }
}

/// The browser's clock, once a second, as long as the component that calls this.
pub fn secondes() -> ReadSignal<f64> {
    let (maintenant, battre) = signal(js_sys::Date::now());
    let battre = move || {
        // `Some` when the component is gone, which stops the interval anyway.
        let _ = battre.try_set(js_sys::Date::now());
    };
    let battement = set_interval_with_handle(battre, Duration::from_secs(1));
    if let Ok(battement) = battement {
        on_cleanup(move || battement.clear());
    }
    maintenant
}

/// An element of a list, followed by what names it; its last value once it is gone.
pub fn suivre<C, T>(liste: Signal<C>, trouver: impl Fn(&C) -> Option<T> + Send + Sync + 'static) -> Option<Signal<T>>
where
    C: Send + Sync + 'static,
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let premier = liste.with_untracked(&trouver)?;
    Some(
        Memo::new(move |avant: Option<&T>| liste.with(&trouver).unwrap_or_else(|| avant.unwrap_or(&premier).clone()))
            .into(),
    )
}
