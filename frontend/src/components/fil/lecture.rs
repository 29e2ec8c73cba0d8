//! Read and unread: seen messages become read; one put back to unread stays so.

use api_types::endpoint::MarquerMessage;
use api_types::messages::{EtatLecture, Fil};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::api::echec::Echec;
use crate::api::http;
use crate::api::lecture::Lecture;
use crate::state::annonces::annoncer;
use crate::state::session::Session;

/// The read state of the messages of a thread.
#[derive(Clone, Copy)]
pub struct Lu {
    lecture: Lecture<Fil>,
    session: Session,
    au_marquage: Option<Callback<(Uuid, bool)>>,
    /// Messages that the person put back to unread: being in view no longer marks them.
    retenus: StoredValue<Vec<Uuid>>,
    /// Why the last choice of the person was not kept.
    echec: RwSignal<Option<Echec>>,
}

impl Lu {
    /// The read state of the messages of `lecture`.
    pub fn nouveau(lecture: Lecture<Fil>, au_marquage: Option<Callback<(Uuid, bool)>>) -> Self {
        let session = Session::courante();
        Self { lecture, session, au_marquage, retenus: StoredValue::new(Vec::new()), echec: RwSignal::new(None) }
    }

    /// Why the last choice of the person was not kept.
    pub fn echec(self) -> RwSignal<Option<Echec>> {
        self.echec
    }

    /// The message was seen.
    pub fn vu(self, id: Uuid) {
        if !self.retenus.with_value(|r| r.contains(&id)) && self.non_lu(id) {
            spawn_local(async move {
                // A failure is not worth a word here: the message stays unread, and will be seen again.
                let _ = self.marquer(id, true).await;
            });
        }
    }

    /// The person says so.
    pub fn choisir(self, id: Uuid, lu: bool) {
        self.retenus.update_value(|retenus| {
            retenus.retain(|r| *r != id);
            if !lu {
                retenus.push(id);
            }
        });
        self.echec.set(None);
        spawn_local(async move {
            match self.marquer(id, lu).await {
                Ok(()) if lu => annoncer("Message marqué comme lu."),
                Ok(()) => annoncer("Message marqué comme non lu."),
                Err(echec) => drop(self.echec.try_set(Some(echec))),
            }
        });
    }

    fn non_lu(self, id: Uuid) -> bool {
        self.lecture
            .donnee()
            .with_untracked(|fil| fil.as_ref().is_some_and(|f| f.elements.iter().any(|m| m.id == id && m.non_lu)))
    }

    /// Shows the state at once, tells the server, and takes it back if the server cannot be told.
    async fn marquer(self, id: Uuid, lu: bool) -> Result<(), Echec> {
        self.montrer(id, lu);
        let resultat = http::call(&MarquerMessage { message_id: id }, &EtatLecture { lu }).await;
        if resultat.is_err() {
            self.montrer(id, !lu);
        }
        resultat
    }

    fn montrer(self, id: Uuid, lu: bool) {
        let mut change = false;
        self.lecture.modifier(|fil| {
            if let Some(message) = fil.elements.iter_mut().find(|m| m.id == id) {
                change = message.non_lu == lu;
                message.non_lu = !lu;
            }
        });
        if change {
            self.session.compter_non_lus(if lu { -1 } else { 1 });
            if let Some(dire) = self.au_marquage {
                // Refused when the page that wanted to know is gone.
                dire.try_run((id, lu));
            }
        }
    }
}
