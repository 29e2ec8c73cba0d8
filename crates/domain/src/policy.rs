//! Who may do what: the whole policy, in one place.
//!
//! Each action is a type; its rule is the `juger` of its [`Action`]. The matrix of roles and
//! actions printed by the server's tests is computed from these rules.

use crate::acteur::{Acteur, Profil, RoleMembre};
use crate::document::{Sens, Statut};
use crate::dossier::Etat;
use crate::ids::{AdherentId, DocumentId, DossierId, EtablissementId, MessageId, TeleversementId, UtilisateurId};
use crate::permit::{Action, Denied};

/// What the policy knows of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierScope {
    /// The dossier.
    pub id: DossierId,
    /// The company it belongs to.
    pub adherent: AdherentId,
    /// The établissement it belongs to.
    pub etablissement: EtablissementId,
    /// The gestionnaire in charge of it.
    pub gestionnaire: Option<UtilisateurId>,
    /// Where it stands.
    pub etat: Etat,
}

/// What the policy knows of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentScope {
    /// The document.
    pub id: DocumentId,
    /// Its dossier.
    pub dossier: DossierScope,
    /// Which side gave it.
    pub sens: Sens,
    /// Where it stands.
    pub statut: Statut,
    /// Who deposited it.
    pub depose_par: UtilisateurId,
}

/// What the policy knows of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageScope {
    /// The message.
    pub id: MessageId,
    /// Its dossier.
    pub dossier: DossierScope,
}

/// What the policy knows of a resumable upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeleversementScope {
    /// The upload.
    pub id: TeleversementId,
    /// The dossier that its document will join.
    pub dossier: DossierScope,
    /// Who opened it: to anybody else it does not exist.
    pub createur: UtilisateurId,
    /// What its bytes will become.
    pub cible: Cible,
}

/// What the bytes of a resumable upload will become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cible {
    /// A document of the member.
    Piece,
    /// A document of the OPCO.
    Opco,
    /// A new version of a document.
    Version(DocumentScope),
}

/// Whether an actor sees a dossier at all.
pub fn voit(acteur: &Acteur, dossier: &DossierScope) -> bool {
    match &acteur.profil {
        Profil::Membre(_) => acteur.role_dans(dossier.etablissement).is_some(),
        // A brouillon is the member's own until it is transmitted.
        Profil::Gestionnaire => dossier.etat != Etat::Brouillon && dossier.gestionnaire == Some(acteur.id),
        Profil::AdministrateurOpco => dossier.etat != Etat::Brouillon,
    }
}

fn visible(acteur: &Acteur, dossier: &DossierScope) -> Result<(), Denied> {
    if voit(acteur, dossier) { Ok(()) } else { Err(Denied::Invisible) }
}

fn contribue(acteur: &Acteur, dossier: &DossierScope) -> Result<(), Denied> {
    visible(acteur, dossier)?;
    match acteur.role_dans(dossier.etablissement) {
        Some(RoleMembre::Contributeur | RoleMembre::Administrateur) => Ok(()),
        Some(RoleMembre::Lecteur) => Err(Denied::Role),
        None => Err(Denied::Cote),
    }
}

fn gere(acteur: &Acteur, dossier: &DossierScope) -> Result<(), Denied> {
    visible(acteur, dossier)?;
    match acteur.profil {
        Profil::Gestionnaire => Ok(()),
        Profil::AdministrateurOpco => Err(Denied::Role),
        Profil::Membre(_) => Err(Denied::Cote),
    }
}

fn document_visible(acteur: &Acteur, document: &DocumentScope) -> Result<(), Denied> {
    visible(acteur, &document.dossier)?;
    let membre = matches!(acteur.profil, Profil::Membre(_));
    // During the undo window, and after an undo, a document is its side's own.
    let chez_soi = (document.sens == Sens::Adherent) == membre;
    match document.statut {
        Statut::Transmis => Ok(()),
        Statut::Recu | Statut::Infecte if chez_soi => Ok(()),
        Statut::Recu | Statut::Infecte | Statut::Annule => Err(Denied::Invisible),
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident on $sur:ty, $nom:literal => |$acteur:ident, $s:ident| $rule:expr;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;
            impl Action for $name {
                type Sur = $sur;
                const NOM: &'static str = $nom;
                fn juger($acteur: &Acteur, $s: &$sur) -> Result<(), Denied> { $rule }
            }
        )+
    };
}

actions! {
    /// Read a dossier, its inscriptions, règlements, documents and messages.
    LireDossier on DossierScope, "dossier.lire" => |a, d| visible(a, d);
    /// Deposit a document under « Mes documents ».
    Deposer on DossierScope, "document.deposer" => |a, d| contribue(a, d);
    /// Deposit a document under « Documents Constructys ».
    DeposerOpco on DossierScope, "document.deposer_opco" => |a, d| gere(a, d);
    /// Write a message in the dossier's thread.
    Ecrire on DossierScope, "message.ecrire" => |a, d| contribue(a, d).or_else(|e| match e {
        Denied::Cote => gere(a, d),
        autre => Err(autre),
    });
    /// Ask the member for a piece.
    DemanderPiece on DossierScope, "piece.demander" => |a, d| gere(a, d);
    /// Mark what arrived on a dossier as treated.
    Traiter on DossierScope, "dossier.traiter" => |a, d| gere(a, d);
    /// Read a document: its card, its content, its receipt, its versions.
    LireDocument on DocumentScope, "document.lire" => |a, d| document_visible(a, d);
    /// Take back a document during the undo window.
    AnnulerDepot on DocumentScope, "document.annuler" => |a, d| {
        document_visible(a, d)?;
        if d.sens == Sens::Adherent { contribue(a, &d.dossier) } else { gere(a, &d.dossier) }
    };
    /// Replace a document by a new version.
    Remplacer on DocumentScope, "document.remplacer" => |a, d| {
        document_visible(a, d)?;
        if d.sens == Sens::Adherent { contribue(a, &d.dossier) } else { gere(a, &d.dossier) }
    };
    /// Open a resumable upload towards a dossier.
    Televerser on DossierScope, "televersement.creer" => |a, d| contribue(a, d).or_else(|e| match e {
        Denied::Cote => gere(a, d),
        autre => Err(autre),
    });
    /// Go on with a resumable upload: its creator alone, as long as the deposit at its end is permitted.
    Poursuivre on TeleversementScope, "televersement.poursuivre" => |a, t| {
        if t.createur != a.id {
            return Err(Denied::Invisible);
        }
        match &t.cible {
            Cible::Piece => contribue(a, &t.dossier),
            Cible::Opco => gere(a, &t.dossier),
            Cible::Version(document) => Remplacer::juger(a, document),
        }
    };
    /// Judge a document of the member.
    Examiner on DocumentScope, "document.examiner" => |a, d| {
        document_visible(a, d)?;
        gere(a, &d.dossier)?;
        if d.sens == Sens::Adherent { Ok(()) } else { Err(Denied::Cote) }
    };
    /// Set a message read or unread, for oneself.
    MarquerMessage on MessageScope, "message.marquer" => |a, m| visible(a, &m.dossier);
    /// Manage one's own account: password, sessions, favourites, inbox.
    GererSonCompte on (), "compte.gerer" => |_a, _s| Ok(());
    /// See eGestion's home: what is awaited from the member, the figures of its établissements.
    VoirAccueil on (), "accueil.voir" => |a, _s| match a.profil {
        Profil::Membre(_) => Ok(()),
        Profil::Gestionnaire | Profil::AdministrateurOpco => Err(Denied::Cote),
    };
    /// See the gestionnaire's worklist.
    VoirTravail on (), "travail.voir" => |a, _s| match a.profil {
        Profil::Gestionnaire => Ok(()),
        Profil::AdministrateurOpco => Err(Denied::Role),
        Profil::Membre(_) => Err(Denied::Cote),
    };
}
