//! Who may do what: the whole policy, in one place.
//!
//! Each action is a type; its rule is the `juger` of its [`Action`], and beside its name stands the
//! scope that an API client needs for it: `None` is for people alone. `docs/AUTORISATIONS.md` is computed from these
//! rules by the tests of this crate.

use crate::acteur::{Acteur, Portee, Profil, RoleMembre};
use crate::document::{Sens, Statut};
use crate::dossier::Etat;
use crate::ids::{
    AdherentId, ClientApiId, DocumentId, DossierId, EtablissementId, InvitationId, MessageId, TeleversementId,
    UtilisateurId, WebhookId,
};
use crate::permit::{Action, Denied};
use crate::scope::Scope;

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

/// What the policy knows of a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdherentScope {
    /// The company.
    pub id: AdherentId,
    /// The gestionnaire whose portfolio holds it.
    pub gestionnaire: Option<UtilisateurId>,
}

/// What the policy knows of the people of a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembresScope {
    /// The company.
    pub adherent: AdherentScope,
    /// Its établissements that no live account administers.
    pub sans_administrateur: Vec<EtablissementId>,
}

/// What the policy knows of a member of a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembreScope {
    /// The person.
    pub id: UtilisateurId,
    /// The company and its people.
    pub membres: MembresScope,
    /// The person's établissements in it.
    pub etablissements: Vec<EtablissementId>,
}

/// What the policy knows of an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationScope {
    /// The invitation.
    pub id: InvitationId,
    /// The company and its people.
    pub membres: MembresScope,
    /// The établissements that it opens.
    pub etablissements: Vec<EtablissementId>,
}

/// What the policy knows of an API client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientApiScope {
    /// The client.
    pub id: ClientApiId,
    /// Its company.
    pub adherent: AdherentScope,
    /// The établissements that it was given.
    pub etablissements: Vec<EtablissementId>,
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

/// What the policy knows of a subscription to webhooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookScope {
    /// The subscription.
    pub id: WebhookId,
    /// Its company.
    pub adherent: AdherentScope,
    /// The établissements it is narrowed to; none is all those of whoever set it.
    pub etablissements: Vec<EtablissementId>,
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

fn adherent_visible(acteur: &Acteur, adherent: &AdherentScope) -> Result<(), Denied> {
    let voit = match &acteur.profil {
        Profil::Membre(r) => r.iter().any(|r| r.adherent == adherent.id),
        Profil::Gestionnaire => adherent.gestionnaire == Some(acteur.id),
        Profil::AdministrateurOpco => true,
    };
    if voit { Ok(()) } else { Err(Denied::Invisible) }
}

/// The établissements of a company whose settings an actor manages: those where a person is
/// administrateur, all that an API client was given.
pub fn etablissements_geres(acteur: &Acteur, adherent: AdherentId) -> Vec<EtablissementId> {
    match acteur.portee {
        Portee::Personne => acteur.administres(adherent),
        Portee::Client(_) => acteur.etablissements(adherent),
    }
}

fn administre(acteur: &Acteur, adherent: &AdherentScope) -> Result<(), Denied> {
    adherent_visible(acteur, adherent)?;
    match acteur.profil {
        Profil::Membre(_) if etablissements_geres(acteur, adherent.id).is_empty() => Err(Denied::Role),
        Profil::Membre(_) => Ok(()),
        Profil::Gestionnaire | Profil::AdministrateurOpco => Err(Denied::Cote),
    }
}

/// The établissements of a company whose members an actor manages: those where it is administrateur, and
/// those that nobody administers, which are nobody else's to open.
pub fn etablissements_des_membres(acteur: &Acteur, membres: &MembresScope) -> Vec<EtablissementId> {
    let mut geres = etablissements_geres(acteur, membres.adherent.id);
    if !geres.is_empty() {
        geres.extend(&membres.sans_administrateur);
        geres.sort_unstable();
        geres.dedup();
    }
    geres
}

/// A member, or an invitation, is of whoever manages the members of one of its établissements.
fn gere_membre(acteur: &Acteur, membres: &MembresScope, etablissements: &[EtablissementId]) -> Result<(), Denied> {
    administre(acteur, &membres.adherent)?;
    let geres = etablissements_des_membres(acteur, membres);
    if etablissements.iter().any(|e| geres.contains(e)) { Ok(()) } else { Err(Denied::Invisible) }
}

fn regle(acteur: &Acteur, webhook: &WebhookScope) -> Result<(), Denied> {
    administre(acteur, &webhook.adherent)?;
    let geres = etablissements_geres(acteur, webhook.adherent.id);
    if webhook.etablissements.iter().all(|e| geres.contains(e)) { Ok(()) } else { Err(Denied::Role) }
}

/// Seen by whoever is administrateur of one of its établissements.
fn client_visible(acteur: &Acteur, client: &ClientApiScope) -> Result<(), Denied> {
    administre(acteur, &client.adherent)?;
    let geres = etablissements_geres(acteur, client.adherent.id);
    if client.etablissements.iter().any(|e| geres.contains(e)) { Ok(()) } else { Err(Denied::Invisible) }
}

/// Managed by whoever is administrateur of all of them: nobody reaches further through a client
/// than by themselves.
fn gere_client(acteur: &Acteur, client: &ClientApiScope) -> Result<(), Denied> {
    client_visible(acteur, client)?;
    let geres = etablissements_geres(acteur, client.adherent.id);
    if client.etablissements.iter().all(|e| geres.contains(e)) { Ok(()) } else { Err(Denied::Role) }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident on $sur:ty, $nom:literal, $scope:expr => |$acteur:ident, $s:ident| $rule:expr;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;
            impl Action for $name {
                type Sur = $sur;
                const NOM: &'static str = $nom;
                const SCOPE: Option<Scope> = $scope;
                fn juger($acteur: &Acteur, $s: &$sur) -> Result<(), Denied> { $rule }
            }
        )+

        /// The names of all actions, as they are declared.
        pub const NOMS: &[&str] = &[$($nom),+];
    };
}

actions! {
    /// Read a dossier, its inscriptions and its règlements.
    LireDossier on DossierScope, "dossier.lire", Some(Scope::DossiersRead) => |a, d| visible(a, d);
    /// Read the list of a dossier's documents, and all of them at once.
    ListerDocuments on DossierScope, "document.lister", Some(Scope::DocumentsRead) => |a, d| visible(a, d);
    /// Read a dossier's thread of messages.
    LireFil on DossierScope, "message.lire", Some(Scope::MessagesRead) => |a, d| visible(a, d);
    /// Deposit a document under « Mes documents ».
    Deposer on DossierScope, "document.deposer", Some(Scope::DocumentsWrite) => |a, d| contribue(a, d);
    /// Deposit a document under « Documents Constructys ».
    DeposerOpco on DossierScope, "document.deposer_opco", None => |a, d| gere(a, d);
    /// Write a message in the dossier's thread.
    Ecrire on DossierScope, "message.ecrire", Some(Scope::MessagesWrite) => |a, d| contribue(a, d).or_else(|e| match e {
        Denied::Cote => gere(a, d),
        autre => Err(autre),
    });
    /// Give a dossier the name that it has in one's own software.
    Referencer on DossierScope, "dossier.referencer", Some(Scope::DocumentsWrite) => |a, d| Ecrire::juger(a, d);
    /// Ask the member for a piece.
    DemanderPiece on DossierScope, "piece.demander", None => |a, d| gere(a, d);
    /// Mark what arrived on a dossier as treated.
    Traiter on DossierScope, "dossier.traiter", None => |a, d| gere(a, d);
    /// Read a document: its card, its content, its receipt, its versions.
    LireDocument on DocumentScope, "document.lire", Some(Scope::DocumentsRead) => |a, d| document_visible(a, d);
    /// Take back a document during the undo window.
    AnnulerDepot on DocumentScope, "document.annuler", Some(Scope::DocumentsWrite) => |a, d| {
        document_visible(a, d)?;
        if d.sens == Sens::Adherent { contribue(a, &d.dossier) } else { gere(a, &d.dossier) }
    };
    /// Replace a document by a new version.
    Remplacer on DocumentScope, "document.remplacer", Some(Scope::DocumentsWrite) => |a, d| {
        document_visible(a, d)?;
        if d.sens == Sens::Adherent { contribue(a, &d.dossier) } else { gere(a, &d.dossier) }
    };
    /// Open a resumable upload towards a dossier.
    Televerser on DossierScope, "televersement.creer", Some(Scope::DocumentsWrite) => |a, d| contribue(a, d).or_else(|e| match e {
        Denied::Cote => gere(a, d),
        autre => Err(autre),
    });
    /// Go on with a resumable upload: its creator alone, as long as the deposit at its end is permitted.
    Poursuivre on TeleversementScope, "televersement.poursuivre", Some(Scope::DocumentsWrite) => |a, t| {
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
    Examiner on DocumentScope, "document.examiner", None => |a, d| {
        document_visible(a, d)?;
        gere(a, &d.dossier)?;
        if d.sens == Sens::Adherent { Ok(()) } else { Err(Denied::Cote) }
    };
    /// Set a message read or unread, for oneself.
    MarquerMessage on MessageScope, "message.marquer", Some(Scope::MessagesWrite) => |a, m| visible(a, &m.dossier);
    /// Manage the members of a company: list them, invite others.
    GererMembres on MembresScope, "membre.gerer", None => |a, s| administre(a, &s.adherent);
    /// See a member of the company, and set what the person may do.
    ReglerMembre on MembreScope, "membre.regler", None => |a, m| gere_membre(a, &m.membres, &m.etablissements);
    /// Withdraw an invitation.
    RetirerInvitation on InvitationScope, "invitation.retirer", None => |a, i| gere_membre(a, &i.membres, &i.etablissements);
    /// Manage the API clients of a company.
    GererClients on AdherentScope, "client_api.gerer", None => |a, s| administre(a, s);
    /// See an API client, its secrets' marks, its keys and its use.
    LireClient on ClientApiScope, "client_api.lire", None => |a, c| client_visible(a, c);
    /// Change an API client, its secrets and its keys; revoke it.
    GererClient on ClientApiScope, "client_api.modifier", None => |a, c| gere_client(a, c);
    /// Manage the webhooks of a company.
    GererWebhooks on AdherentScope, "webhook.gerer", Some(Scope::WebhooksManage) => |a, s| administre(a, s);
    /// Manage one subscription to webhooks, within the établissements that one manages.
    GererWebhook on WebhookScope, "webhook.regler", Some(Scope::WebhooksManage) => |a, w| regle(a, w);
    /// In a sandbox, force an act of either side on a dossier.
    ForcerDossier on DossierScope, "bac_a_sable.forcer", None => |a, d| {
        visible(a, d)?;
        match a.role_dans(d.etablissement) {
            Some(RoleMembre::Administrateur) => Ok(()),
            Some(RoleMembre::Lecteur | RoleMembre::Contributeur) => Err(Denied::Role),
            None => Err(Denied::Cote),
        }
    };
    /// In a sandbox, reset a company and disturb its webhooks.
    ConduireEntreprise on AdherentScope, "bac_a_sable.conduire", None => |a, s| administre(a, s);
    /// In a sandbox, move the clock forward.
    DeplacerHorloge on (), "bac_a_sable.horloge", None => |a, _s| match &a.profil {
        Profil::Membre(r) if r.iter().any(|r| r.role == RoleMembre::Administrateur) => Ok(()),
        Profil::Membre(_) => Err(Denied::Role),
        Profil::Gestionnaire | Profil::AdministrateurOpco => Err(Denied::Cote),
    };
    /// Read the list of dossiers that one sees.
    ListerDossiers on (), "dossier.lister", Some(Scope::DossiersRead) => |_a, _s| Ok(());
    /// Read the list of one's own uploads that are not ended.
    ListerTeleversements on (), "televersement.lister", Some(Scope::DocumentsWrite) => |_a, _s| Ok(());
    /// Read the inbox, over all dossiers that one sees.
    ListerMessages on (), "message.lister", Some(Scope::MessagesRead) => |_a, _s| Ok(());
    /// Follow what happens on the dossiers that one sees.
    SuivreEvenements on (), "evenement.suivre", Some(Scope::DossiersRead) => |_a, _s| Ok(());
    /// See what may be told by webhooks.
    VoirTypesEvenements on (), "webhook.types", Some(Scope::WebhooksManage) => |_a, _s| Ok(());
    /// Ask for several acts at once: each is judged on its own.
    ExecuterLot on (), "lot.executer", Some(Scope::DossiersRead) => |_a, _s| Ok(());
    /// See what dossiers refer to: dispositifs.
    VoirReferentiel on (), "referentiel.voir", Some(Scope::DossiersRead) => |_a, _s| Ok(());
    /// See the portal: services and guides.
    VoirPortail on (), "portail.voir", None => |_a, _s| Ok(());
    /// Manage one's own account: password, sessions, favourites.
    GererSonCompte on (), "compte.gerer", None => |_a, _s| Ok(());
    /// Ask to join an établissement, by its two numbers.
    DemanderRattachement on (), "rattachement.demander", None => |a, _s| match a.profil {
        Profil::Membre(_) => Ok(()),
        Profil::Gestionnaire | Profil::AdministrateurOpco => Err(Denied::Cote),
    };
    /// See eGestion's home: what is awaited from the member, the figures of its établissements.
    VoirAccueil on (), "accueil.voir", None => |a, _s| match a.profil {
        Profil::Membre(_) => Ok(()),
        Profil::Gestionnaire | Profil::AdministrateurOpco => Err(Denied::Cote),
    };
    /// See the gestionnaire's worklist.
    VoirTravail on (), "travail.voir", None => |a, _s| match a.profil {
        Profil::Gestionnaire => Ok(()),
        Profil::AdministrateurOpco => Err(Denied::Role),
        Profil::Membre(_) => Err(Denied::Cote),
    };
}
