//! Who is signed in.

use std::sync::Arc;

use api_types::ProblemCode;
use api_types::comptes::Moi;
use api_types::endpoint::{FermerSession, LireSession};
use domain::acteur::Cote;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::echec::Echec;
use crate::api::http;
use crate::api::live;
use crate::state::joints;
use crate::state::origine;
use crate::state::reseau::Reseau;

/// How far the question « who is there? » is answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// Asked, not answered yet.
    Inconnue,
    /// Nobody, or nobody any more.
    Anonyme,
    /// Somebody.
    Ouverte,
    /// The question got no answer.
    Indisponible(Echec),
}

/// The session of this browser.
#[derive(Clone, Copy)]
pub struct Session {
    moi: RwSignal<Option<Arc<Moi>>>,
    phase: RwSignal<Phase>,
    fin: RwSignal<Fin>,
}

/// How the last session of this page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fin {
    /// There was none.
    Aucune,
    /// The person signed out.
    Sortie,
    /// The server no longer knew it.
    Perte,
}

impl Session {
    /// Asks the server who is there, and keeps listening to it.
    pub fn nouvelle() -> Self {
        let session =
            Self { moi: RwSignal::new(None), phase: RwSignal::new(Phase::Inconnue), fin: RwSignal::new(Fin::Aucune) };
        http::a_la_perte_de_session(move || session.perdre());
        session.demander();
        let ouverte = Memo::new(move |_| session.phase.get() == Phase::Ouverte);
        live::suivre(ouverte);
        live::ecouter_en_groupe(move || session.rafraichir());
        Reseau::courant().au_retour(move || {
            if session.phase.get_untracked() == Phase::Indisponible(Echec::Reseau) {
                session.demander();
            }
        });
        session
    }

    /// The session of this page.
    pub fn courante() -> Self {
        expect_context()
    }

    /// How far the question is answered.
    pub fn phase(self) -> ReadSignal<Phase> {
        self.phase.read_only()
    }

    /// Whether the session ended by itself, so that the sign-in page says why it is there.
    pub fn perdue(self) -> bool {
        self.fin.get() == Fin::Perte
    }

    /// Whether the person signed out, so that the sign-in page does not lead back.
    pub fn sortie(self) -> bool {
        self.fin.get() == Fin::Sortie
    }

    /// The person signed in.
    pub fn moi(self) -> Option<Arc<Moi>> {
        self.moi.get()
    }

    /// Something of the person signed in; the default value when there is nobody.
    pub fn de_moi<U: Default>(self, lire: impl FnOnce(&Moi) -> U) -> U {
        self.moi.with(|moi| moi.as_deref().map(lire)).unwrap_or_default()
    }

    /// Whether the reader is a member, rather than on the OPCO's side.
    pub fn membre(self) -> bool {
        self.moi.with(|moi| moi.as_deref().is_some_and(|m| m.cote == Cote::Membre))
    }

    /// The side of the reader; a gestionnaire's while nobody is there.
    pub fn cote(self) -> Cote {
        self.moi.with(|moi| moi.as_deref().map_or(Cote::Gestionnaire, |m| m.cote))
    }

    /// Asks again who is there, from the start.
    pub fn demander(self) {
        self.phase.set(Phase::Inconnue);
        spawn_local(async move {
            match http::call(&LireSession {}, &()).await {
                Ok(moi) => self.ouvrir(moi),
                Err(e) if e.code() == Some(ProblemCode::NonConnecte) => self.fermee(Fin::Aucune),
                Err(e) => self.phase.set(Phase::Indisponible(e)),
            }
        });
    }

    /// Reads the counters and the établissements again, quietly.
    pub fn rafraichir(self) {
        spawn_local(self.relire());
    }

    /// Reads the counters and the établissements again; over once they are those of the server, or it did not answer.
    pub async fn relire(self) {
        if self.phase.get_untracked() != Phase::Ouverte {
            return;
        }
        let personne = || self.moi.with_untracked(|m| m.as_deref().map(|m| m.id));
        let demande_par = personne();
        if let Ok(moi) = http::call(&LireSession {}, &()).await {
            // Signed out or in again meanwhile: the answer is about another session.
            if personne().is_none() || personne() != demande_par {
                return;
            }
            if Some(moi.id) != demande_par {
                // Somebody else signed in by another window: nothing of what is shown is theirs.
                // Cannot fail on the page's own address.
                let _ = window().location().reload();
                return;
            }
            let change = self.moi.with_untracked(|m| m.as_deref().is_some_and(|m| *m != moi));
            if change {
                self.moi.set(Some(Arc::new(moi)));
            }
        }
    }

    /// Somebody signed in.
    pub fn ouvrir(self, moi: Moi) {
        self.fin.set(Fin::Aucune);
        self.moi.set(Some(Arc::new(moi)));
        self.phase.set(Phase::Ouverte);
    }

    /// Signs out, on the server first: a page that only forgot would leave the door open.
    pub async fn fermer(self) -> Result<(), Echec> {
        match http::call(&FermerSession {}, &()).await {
            Err(e) if e.code() != Some(ProblemCode::NonConnecte) => Err(e),
            _ => {
                self.fermee(Fin::Sortie);
                Ok(())
            }
        }
    }

    /// Adds to the count of unread messages, before the server says so.
    pub fn compter_non_lus(self, difference: i64) {
        self.moi.update(|moi| {
            if let Some(moi) = moi {
                let moi = Arc::make_mut(moi);
                moi.messages_non_lus = (moi.messages_non_lus + difference).max(0);
            }
        });
    }

    /// The server no longer knows the session.
    fn perdre(self) {
        if self.phase.get_untracked() == Phase::Ouverte {
            self.fermee(Fin::Perte);
        }
    }

    fn fermee(self, fin: Fin) {
        if fin == Fin::Sortie {
            joints::oublier();
        }
        origine::oublier();
        self.fin.set(fin);
        self.phase.set(Phase::Anonyme);
        self.moi.set(None);
    }
}
