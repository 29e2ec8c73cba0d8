//! Proof that somebody may do something, passed to the code that does it.

use std::marker::PhantomData;
use std::sync::Arc;

use crate::acteur::{Acteur, Portee, Profil};
use crate::ids::{AdherentId, EtablissementId, UtilisateurId};
use crate::scope::Scope;

/// An action of the policy: on what, and who may.
pub trait Action: Send + Sync + 'static {
    /// The resource acted on, with what the judgement needs to know of it.
    type Sur: Clone + Send + Sync;
    /// The stable name of the action, as the printed matrix and the journal show it.
    const NOM: &'static str;
    /// The scope that an API client needs for it; `None` for people alone.
    const SCOPE: Option<Scope>;
    /// Whether `acteur` may do it on `sur`.
    fn juger(acteur: &Acteur, sur: &Self::Sur) -> Result<(), Denied>;
}

/// Why an action is denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The resource is outside the actor's perimeter: to it, it does not exist.
    #[error("absent")]
    Invisible,
    /// The actor sees the resource, and its role is too small.
    #[error("rôle insuffisant")]
    Role,
    /// The actor sees the resource, and stands on the wrong side of the extranet.
    #[error("réservé à l’autre partie")]
    Cote,
    /// The API client sees the resource, and was not given the scope.
    #[error("portée insuffisante")]
    Scope(Scope),
    /// The API client sees the resource, and the action is for people alone.
    #[error("réservé aux personnes")]
    Personne,
}

/// Proof that an actor may do `A` on the resource held.
///
/// Only [`authorize`] makes one, so a function that takes a permit cannot be reached without
/// the judgement having been made.
#[derive(Debug)]
pub struct Permit<A: Action> {
    acteur: Arc<Acteur>,
    sur: A::Sur,
    action: PhantomData<fn() -> A>,
}

impl<A: Action> Clone for Permit<A> {
    fn clone(&self) -> Self {
        Self { acteur: Arc::clone(&self.acteur), sur: self.sur.clone(), action: PhantomData }
    }
}

impl<A: Action> Permit<A> {
    /// Who acts.
    pub fn acteur(&self) -> &Acteur {
        &self.acteur
    }

    /// Who acts, to be shared with another judgement.
    pub const fn partage(&self) -> &Arc<Acteur> {
        &self.acteur
    }

    /// What is acted on.
    pub const fn sur(&self) -> &A::Sur {
        &self.sur
    }
}

/// Judges an action and, when it is allowed, hands over the proof.
///
/// What is invisible stays so whatever the scopes; then a scope that is missing is told before
/// the role that goes with it.
pub fn authorize<A: Action>(acteur: &Arc<Acteur>, sur: A::Sur) -> Result<Permit<A>, Denied> {
    let verdict = A::juger(acteur, &sur);
    if verdict != Err(Denied::Invisible) {
        acteur.portee.couvre(A::SCOPE)?;
    }
    verdict?;
    Ok(Permit { acteur: Arc::clone(acteur), sur, action: PhantomData })
}

impl Portee {
    /// Whether an action of this scope is within reach; one of none is for people alone.
    pub fn couvre(&self, scope: Option<Scope>) -> Result<(), Denied> {
        match (self, scope) {
            (Self::Personne, _) => Ok(()),
            (Self::Client(scopes), Some(scope)) if scopes.contient(scope) => Ok(()),
            (Self::Client(_), Some(scope)) => Err(Denied::Scope(scope)),
            (Self::Client(_), None) => Err(Denied::Personne),
        }
    }
}

/// One part of what an actor sees in lists; the parts never overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Branche {
    /// The dossiers of an établissement.
    Etablissement(EtablissementId),
    /// The dossiers of a gestionnaire's portfolio.
    Portefeuille(UtilisateurId),
    /// All dossiers.
    Tout,
}

/// What an actor sees in lists: the branches to read, each served by its own index.
///
/// Made of the permit of an action only, so that a list cannot be read without its scope.
#[derive(Debug, Clone)]
pub struct Perimeter {
    acteur: Arc<Acteur>,
    branches: Vec<Branche>,
}

impl Perimeter {
    /// The perimeter of whoever may do an action on the whole.
    pub fn of<A: Action<Sur = ()>>(permit: &Permit<A>) -> Self {
        let acteur = permit.partage();
        let branches = match &acteur.profil {
            Profil::Membre(r) => r.iter().map(|r| Branche::Etablissement(r.etablissement)).collect(),
            Profil::Gestionnaire => vec![Branche::Portefeuille(acteur.id)],
            Profil::AdministrateurOpco => vec![Branche::Tout],
        };
        Self { acteur: Arc::clone(acteur), branches }
    }

    /// The same perimeter without a member's other établissements: nothing if that one is not theirs. What a portfolio
    /// holds of it is for the query to tell.
    #[must_use]
    pub fn restreint(mut self, etablissement: EtablissementId) -> Self {
        self.branches.retain(|b| !matches!(b, Branche::Etablissement(e) if *e != etablissement));
        self
    }

    /// Who looks.
    pub fn acteur(&self) -> &Acteur {
        &self.acteur
    }

    /// The branches to read.
    pub fn branches(&self) -> &[Branche] {
        &self.branches
    }

    /// The companies a member belongs to, without repetition; empty on the OPCO's side.
    pub fn adherents(&self) -> Vec<AdherentId> {
        let mut ids: Vec<AdherentId> = match &self.acteur.profil {
            Profil::Membre(r) => r.iter().map(|r| r.adherent).collect(),
            Profil::Gestionnaire | Profil::AdministrateurOpco => Vec::new(),
        };
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}
