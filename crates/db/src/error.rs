//! What may go wrong in the database.

use diesel::result::{DatabaseErrorKind, Error};

/// A failure of the database, free of any transport.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DbError {
    /// The row is not there, or not within the caller's perimeter.
    #[error("absent")]
    Absent,
    /// A uniqueness rule, by the name of its constraint.
    #[error("doublon sur {0}")]
    Doublon(String),
    /// The database does not answer, or is busy for too long.
    #[error("base indisponible : {0}")]
    Indisponible(String),
    /// A value that the engine cannot hold: a NUL in a text, a day out of its calendar.
    #[error("valeur impossible à enregistrer : {0}")]
    Valeur(String),
    /// A migration failed.
    #[error("migration : {0}")]
    Migration(String),
    /// The address is neither `sqlite://…` nor `postgres://…`, or that engine is not compiled in.
    #[error("adresse de base inconnue : sqlite://chemin ou postgres://…")]
    Adresse,
    /// Anything else: a fault of ours.
    #[error("base : {0}")]
    Interne(String),
}

impl From<Error> for DbError {
    fn from(e: Error) -> Self {
        match e {
            Error::NotFound => Self::Absent,
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => {
                // PostgreSQL names the constraint; SQLite names the columns, as « table.column ».
                Self::Doublon(info.constraint_name().unwrap_or_else(|| info.message()).to_owned())
            }
            Error::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::SerializationFailure,
                info,
            ) => Self::Indisponible(info.message().to_owned()),
            Error::DatabaseError(_, info) if info.message().contains("locked") => {
                Self::Indisponible(info.message().to_owned())
            }
            Error::DatabaseError(_, info) if hors_domaine(info.message()) => Self::Valeur(info.message().to_owned()),
            autre => Self::Interne(autre.to_string()),
        }
    }
}

/// PostgreSQL's words for values that SQLite would take.
fn hors_domaine(message: &str) -> bool {
    ["invalid byte sequence for encoding", "date out of range", "timestamp out of range"]
        .iter()
        .any(|motif| message.contains(motif))
}
