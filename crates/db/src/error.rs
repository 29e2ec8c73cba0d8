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
            Error::DatabaseError(_, info) if occupee(info.message()) => Self::Indisponible(info.message().to_owned()),
            Error::DatabaseError(_, info) if hors_domaine(info.message()) => Self::Valeur(info.message().to_owned()),
            autre => Self::Interne(autre.to_string()),
        }
    }
}

/// The words of both engines for a wait that they gave up, of which diesel tells no kind: asked again, it is likely to
/// be done.
fn occupee(message: &str) -> bool {
    [
        "locked",
        "deadlock detected",
        "canceling statement due to lock timeout",
        "canceling statement due to statement timeout",
    ]
    .iter()
    .any(|motif| message.contains(motif))
}

/// PostgreSQL's words for values that SQLite would take.
fn hors_domaine(message: &str) -> bool {
    ["invalid byte sequence for encoding", "date out of range", "timestamp out of range"]
        .iter()
        .any(|motif| message.contains(motif))
}

#[cfg(test)]
mod tests {
    use diesel::result::{DatabaseErrorKind, Error};

    use super::DbError;

    #[test]
    fn what_the_engine_gave_up_waiting_for_is_to_be_asked_again() {
        for (kind, message, attendue) in [
            (DatabaseErrorKind::Unknown, "database is locked", true),
            (DatabaseErrorKind::Unknown, "deadlock detected", true),
            (DatabaseErrorKind::Unknown, "canceling statement due to lock timeout", true),
            (DatabaseErrorKind::Unknown, "canceling statement due to statement timeout", true),
            (DatabaseErrorKind::SerializationFailure, "could not serialize access due to concurrent update", true),
            (DatabaseErrorKind::ClosedConnection, "server closed the connection unexpectedly", true),
            (DatabaseErrorKind::Unknown, "relation \"dossiers\" does not exist", false),
            (DatabaseErrorKind::ForeignKeyViolation, "FOREIGN KEY constraint failed", false),
        ] {
            let e = DbError::from(Error::DatabaseError(kind, Box::new(message.to_owned())));
            assert_eq!(matches!(e, DbError::Indisponible(_)), attendue, "{message}: {e}");
        }
    }
}
