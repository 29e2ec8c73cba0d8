//! Writing: one request at a time, its failure kept to be shown.

use std::future::Future;

use api_types::problem::FieldError;
use leptos::prelude::*;

use super::echec::Echec;

/// An act of the person: sending a form, marking, choosing.
pub struct Ecriture<I: 'static> {
    action: Action<I, ()>,
    en_cours: Memo<bool>,
    echec: RwSignal<Option<Echec>>,
}

impl<I: 'static> Clone for Ecriture<I> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<I: 'static> Copy for Ecriture<I> {}

impl<I: 'static> Ecriture<I> {
    /// Acts, unless the previous act is still under way.
    pub fn envoyer(self, entree: I) {
        if self.en_cours.try_get_untracked() == Some(false) {
            self.echec.set(None);
            self.action.dispatch_local(entree);
        }
    }

    /// Whether the act is under way.
    pub fn en_cours(self) -> Memo<bool> {
        self.en_cours
    }

    /// Why the last act failed.
    pub fn echec(self) -> RwSignal<Option<Echec>> {
        self.echec
    }
}

/// An act; `faire` sends it and deals with its success.
pub fn ecrire<I, F, Fut>(faire: F) -> Ecriture<I>
where
    I: Clone + 'static,
    F: Fn(I) -> Fut + 'static,
    Fut: Future<Output = Result<(), Echec>> + 'static,
{
    let echec = RwSignal::new(None);
    let action = Action::new_local(move |entree: &I| {
        let suite = faire(entree.clone());
        async move {
            if let Err(e) = suite.await {
                echec.try_set(Some(e));
            }
        }
    });
    Ecriture { action, en_cours: action.pending(), echec }
}

/// The faults of a form's fields, found here or by the server.
#[derive(Clone, Copy)]
pub struct Fautes(RwSignal<Vec<FieldError>>);

impl Fautes {
    /// No fault yet.
    pub fn nouvelles() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// What is wrong with the field at a JSON pointer, such as `/siret`.
    pub fn de(self, pointeur: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.0.with(|fautes| fautes.iter().find(|f| f.pointer == pointeur).map(|f| f.detail.clone()))
        })
    }

    /// Replaces the faults and brings the first field at fault into focus. Whether there is none.
    pub fn poser(self, fautes: Vec<FieldError>) -> bool {
        let aucune = fautes.is_empty();
        self.0.set(fautes);
        if !aucune {
            crate::state::page::viser_premiere_faute();
        }
        aucune
    }

    /// Takes over the faults that the server found, each time that `ecriture` fails.
    pub fn suivre<I: 'static>(self, ecriture: Ecriture<I>) {
        Effect::new(move |_| {
            ecriture.echec.with(|echec| {
                if let Some(champs) = echec.as_ref().map(Echec::champs).filter(|c| !c.is_empty()) {
                    self.poser(champs.to_vec());
                }
            });
        });
    }
}

/// A fault found by the page itself.
pub fn faute(pointeur: &str, detail: impl Into<String>) -> FieldError {
    FieldError { pointer: pointeur.into(), detail: detail.into() }
}
