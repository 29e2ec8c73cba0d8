//! Who acts.

use std::sync::Arc;

use uuid::Uuid;

use crate::enum_code;
use crate::ids::{AdherentId, EtablissementId, SessionId, UtilisateurId};
use crate::scope::Scopes;

enum_code! {
    /// What a member may do in an établissement.
    pub enum RoleMembre {
        /// Sees, and changes nothing.
        Lecteur = "lecteur",
        /// Deposits, writes, requests.
        Contributeur = "contributeur",
        /// Contributes and manages the company's users.
        Administrateur = "administrateur",
    }
}

enum_code! {
    /// On which side of the extranet an account stands.
    pub enum Cote {
        /// A user of an adhérent.
        Membre = "membre",
        /// A case manager of the OPCO.
        Gestionnaire = "gestionnaire",
        /// An administrator of the OPCO.
        AdministrateurOpco = "administrateur_opco",
    }
}

/// A member's attachment to one établissement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rattachement {
    /// The company.
    pub adherent: AdherentId,
    /// The place of business.
    pub etablissement: EtablissementId,
    /// What the person may do there.
    pub role: RoleMembre,
}

/// The side and the reach of an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Profil {
    /// A member, through its attachments.
    Membre(Arc<[Rattachement]>),
    /// A gestionnaire, through the dossiers of its portfolio.
    Gestionnaire,
    /// An administrator of the OPCO, over everything.
    AdministrateurOpco,
}

/// How far the actor's rights are narrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Portee {
    /// A signed-in person: all that its profile allows.
    Personne,
    /// An API client: of what its profile allows, these scopes alone.
    Client(Scopes),
}

/// What an actor was recognised by, which may end before its request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preuve {
    /// Nothing: it does not ask, and is acted for by its present rights.
    Aucune,
    /// A session.
    Session(SessionId),
    /// An access token, by its `jti`.
    Jeton(Uuid),
}

/// A signed-in person or an API client, as every permit remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acteur {
    /// The account.
    pub id: UtilisateurId,
    /// Its side and reach, read at each request: a right withdrawn is withdrawn at once.
    pub profil: Profil,
    /// How far they are narrowed.
    pub portee: Portee,
    /// What it was recognised by.
    pub preuve: Preuve,
}

impl Acteur {
    /// The side of the extranet the actor stands on.
    pub const fn cote(&self) -> Cote {
        match self.profil {
            Profil::Membre(_) => Cote::Membre,
            Profil::Gestionnaire => Cote::Gestionnaire,
            Profil::AdministrateurOpco => Cote::AdministrateurOpco,
        }
    }

    /// The role held in an établissement, for a member who is attached to it.
    pub fn role_dans(&self, etablissement: EtablissementId) -> Option<RoleMembre> {
        match &self.profil {
            Profil::Membre(r) => r.iter().find(|r| r.etablissement == etablissement).map(|r| r.role),
            Profil::Gestionnaire | Profil::AdministrateurOpco => None,
        }
    }

    /// The établissements of a company that a member is attached to.
    pub fn etablissements(&self, adherent: AdherentId) -> Vec<EtablissementId> {
        self.attaches(adherent, |_| true)
    }

    /// The établissements of a company where a member is administrateur.
    pub fn administres(&self, adherent: AdherentId) -> Vec<EtablissementId> {
        self.attaches(adherent, |role| role == RoleMembre::Administrateur)
    }

    fn attaches(&self, adherent: AdherentId, admis: impl Fn(RoleMembre) -> bool) -> Vec<EtablissementId> {
        match &self.profil {
            Profil::Membre(r) => {
                r.iter().filter(|r| r.adherent == adherent && admis(r.role)).map(|r| r.etablissement).collect()
            }
            Profil::Gestionnaire | Profil::AdministrateurOpco => Vec::new(),
        }
    }
}
