//! What a use case may answer instead of its value, free of any transport.

use db::DbError;
use domain::Denied;
use domain::document::{FichierRefuse, Format};

/// A field that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Champ {
    /// JSON pointer to the field, such as `/siret`.
    pub pointeur: &'static str,
    /// What is wrong and what to do, in French.
    pub detail: String,
}

impl Champ {
    /// A wrong field.
    pub fn new(pointeur: &'static str, detail: impl Into<String>) -> Self {
        Self { pointeur, detail: detail.into() }
    }
}

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The thing is absent, or not visible to the caller.
    #[error("absent")]
    Absent,
    /// The caller may not do it.
    #[error("interdit")]
    Interdit(Denied),
    /// The address and the password do not match.
    #[error("identifiants incorrects")]
    Identifiants,
    /// Too many attempts.
    #[error("trop de tentatives")]
    TropDeTentatives {
        /// Seconds to wait.
        attendre: u64,
    },
    /// A one-time link is unknown, used or expired.
    #[error("lien invalide")]
    LienInvalide,
    /// Fields are missing or wrong.
    #[error("champs invalides")]
    Champs(Vec<Champ>),
    /// The file is refused on its bytes.
    #[error("fichier refusé : {0}")]
    Fichier(FichierRefuse),
    /// The category does not accept the format.
    #[error("format refusé")]
    FormatRefuse {
        /// What the file is.
        recu: Format,
        /// What the category accepts.
        acceptes: Vec<Format>,
    },
    /// The file is over the limit.
    #[error("trop volumineux")]
    TropVolumineux {
        /// The limit, in bytes.
        limite: u64,
    },
    /// The same bytes are already in the dossier.
    #[error("document en double")]
    Doublon(Box<db::documents::Fiche>),
    /// The category holds its number of documents.
    #[error("nombre de documents atteint")]
    PieceComplete {
        /// The number.
        maximum: i32,
    },
    /// The undo window is over.
    #[error("annulation trop tardive")]
    TropTard,
    /// The gestionnaire accepted the document that was to be replaced.
    #[error("pièce acceptée")]
    PieceAcceptee,
    /// A later version took the place of the document.
    #[error("version dépassée")]
    Depasse,
    /// The piece is asked for already, in other words.
    #[error("pièce déjà demandée")]
    DejaDemandee,
    /// The request for the piece was answered.
    #[error("demande satisfaite")]
    DemandeSatisfaite,
    /// Nothing is asked for in the category.
    #[error("aucune demande")]
    SansDemande,
    /// A webhook cannot be sent again: it is on its way, it was a test, or its subscription is not active.
    #[error("livraison qui ne se rejoue pas")]
    Livraison,
    /// The état does not allow it.
    #[error("état incompatible")]
    Etat,
    /// The caller gave that name to something else.
    #[error("référence prise")]
    ReferencePrise,
    /// The caller has too many uploads alive.
    #[error("trop de téléversements vivants")]
    TropDeTeleversements,
    /// The company would have no administrateur left.
    #[error("dernier administrateur")]
    DernierAdministrateur,
    /// What is to be changed is not what the caller has read any more.
    #[error("version périmée")]
    Perimee,
    /// The key of the request was taken by one that was committed, or is about to be.
    #[error("clé d’idempotence connue")]
    CleConnue,
    /// The key of the request was given to another one.
    #[error("clé d’idempotence réutilisée")]
    CleReutilisee,
    /// What is asked for cannot be simulated.
    #[error("simulation impossible")]
    Simulation,
    /// The upload does not stand where the bytes begin.
    #[error("écart de téléversement")]
    Ecart {
        /// Where it stands, in bytes.
        recu: u64,
    },
    /// The bytes are not those that their checksum tells.
    #[error("empreinte fausse")]
    Empreinte,
    /// The upload is over: expired, ended by another request, or refused.
    #[error("téléversement clos")]
    TeleversementClos,
    /// The sender went away, or the form is not understood.
    #[error("envoi illisible : {0}")]
    Illisible(String),
    /// A service that we depend on does not answer.
    #[error("indisponible : {0}")]
    Indisponible(String),
    /// A fault of ours; the text is for the log.
    #[error("interne : {0}")]
    Interne(String),
}

impl Error {
    /// One wrong field.
    pub fn champ(pointeur: &'static str, detail: impl Into<String>) -> Self {
        Self::Champs(vec![Champ::new(pointeur, detail)])
    }

    /// Whether nothing was written, for sure: a refusal, which leaves the bytes of the act to nobody. After a fault they
    /// may have been committed: the sweep decides.
    pub const fn sans_effet(&self) -> bool {
        // Without `_`: who adds an error says of it whether bytes are to be removed after it.
        match self {
            Self::Absent
            | Self::Interdit(_)
            | Self::Identifiants
            | Self::TropDeTentatives { .. }
            | Self::LienInvalide
            | Self::Champs(_)
            | Self::Fichier(_)
            | Self::FormatRefuse { .. }
            | Self::TropVolumineux { .. }
            | Self::Doublon(_)
            | Self::PieceComplete { .. }
            | Self::TropTard
            | Self::PieceAcceptee
            | Self::Depasse
            | Self::DejaDemandee
            | Self::DemandeSatisfaite
            | Self::SansDemande
            | Self::Livraison
            | Self::Etat
            | Self::ReferencePrise
            | Self::TropDeTeleversements
            | Self::DernierAdministrateur
            | Self::Perimee
            | Self::CleConnue
            | Self::CleReutilisee
            | Self::Simulation
            | Self::Ecart { .. }
            | Self::Empreinte
            | Self::TeleversementClos
            | Self::Illisible(_) => true,
            Self::Indisponible(_) | Self::Interne(_) => false,
        }
    }
}

impl From<DbError> for Error {
    fn from(e: DbError) -> Self {
        match e {
            DbError::Absent => Self::Absent,
            DbError::Indisponible(m) => Self::Indisponible(m),
            DbError::Valeur(m) => Self::Illisible(m),
            DbError::Doublon(_) | DbError::Migration(_) | DbError::Adresse | DbError::Interne(_) => {
                Self::Interne(e.to_string())
            }
        }
    }
}

impl From<db::conn::QueryError> for Error {
    fn from(e: db::conn::QueryError) -> Self {
        DbError::from(e).into()
    }
}

impl From<Denied> for Error {
    fn from(d: Denied) -> Self {
        match d {
            Denied::Invisible => Self::Absent,
            Denied::Role | Denied::Cote | Denied::Scope(_) | Denied::Personne => Self::Interdit(d),
        }
    }
}
