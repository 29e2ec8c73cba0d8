//! How our values are stored on each engine: one SQL type of ours per kind of value.
//!
//! | ours | PostgreSQL | SQLite |
//! |---|---|---|
//! | [`Uid`] | `uuid` | 16-byte blob |
//! | [`Horodatage`] | `timestamp` (UTC) | `YYYY-MM-DDTHH:MM:SS.ffffffZ` |
//! | [`Jour`] | `date` | `YYYY-MM-DD` |
//! | [`Code`] | `text` | text |

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{HasSqlType, SqlType};
use diesel::sqlite::Sqlite;
use domain::acteur::{Cote, RoleMembre};
use domain::code::Code as _;
use domain::document::{Format, Sens, Statut, Usage, Verdict};
use domain::dossier::{EtapePiece, Etat, Exigence, ModeReglement, Situation, Vue};
use domain::evenement::{ArriveeNature, EvenementType};
use domain::ids::Id;
use domain::message::Nature;
use domain::mode::Mode;
use domain::outil::Outil;
use domain::televersement::{Doublon, RefusTeleversement, StatutTeleversement};
use domain::webhook::{CauseEchec, EtatAbonnement, MotifDesactivation, StatutLivraison, WebhookType};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::codes::{ActeSecurite, Audience, Issue, JetonUsage, JobNature, JobStatut, NatureCompte, Reference};
use crate::conn::MultiBackend;

/// An identifier: a UUID.
#[derive(Debug, Clone, Copy, SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951))]
#[diesel(sqlite_type(name = "Binary"))]
pub struct Uid;

/// An instant, in UTC, to the microsecond.
#[derive(Debug, Clone, Copy, SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(oid = 1114, array_oid = 1115))]
#[diesel(sqlite_type(name = "Text"))]
pub struct Horodatage;

impl diesel::sql_types::SqlOrd for Horodatage {}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(oid = 1082, array_oid = 1182))]
#[diesel(sqlite_type(name = "Text"))]
pub struct Jour;

impl diesel::sql_types::SqlOrd for Jour {}

/// A value of a closed set, by its stable code.
#[derive(Debug, Clone, Copy, SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(oid = 25, array_oid = 1009))]
#[diesel(sqlite_type(name = "Text"))]
pub struct Code;

/// A value of the domain on its way into, or out of, a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Uid)]
#[diesel(sql_type = Horodatage)]
#[diesel(sql_type = Jour)]
#[diesel(sql_type = Code)]
pub struct V<T>(pub T);

/// Lets a domain type be bound to, and read from, a SQL type of ours through either engine.
macro_rules! stored {
    ([$($g:tt)*] $rust:ty => $sql:ident) => {
        impl<$($g)*> ToSql<$sql, MultiBackend> for V<$rust> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value(($sql, self));
                Ok(IsNull::No)
            }
        }
        impl<$($g)*> FromSql<$sql, MultiBackend> for V<$rust> {
            fn from_sql(bytes: <MultiBackend as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                bytes.from_sql::<Self, $sql>()
            }
        }
    };
}

macro_rules! sql_types {
    ($($sql:ident),+) => { $(
        impl HasSqlType<$sql> for MultiBackend {
            fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
                Self::lookup_sql_type::<$sql>(lookup)
            }
        }
    )+ };
}
sql_types!(Uid, Horodatage, Jour, Code);

stored!([T: 'static] Id<T> => Uid);
stored!([] Timestamp => Horodatage);
stored!([] Date => Jour);

impl<T> ToSql<Uid, Sqlite> for V<Id<T>> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.uuid().as_bytes().to_vec());
        Ok(IsNull::No)
    }
}
impl<T> FromSql<Uid, Sqlite> for V<Id<T>> {
    fn from_sql(mut bytes: <Sqlite as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(V(Id::new(uuid::Uuid::from_slice(bytes.read_blob())?)))
    }
}

impl ToSql<Horodatage, Sqlite> for V<Timestamp> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(format!("{:.6}", self.0));
        Ok(IsNull::No)
    }
}
impl FromSql<Horodatage, Sqlite> for V<Timestamp> {
    fn from_sql(mut bytes: <Sqlite as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(V(bytes.read_text().parse()?))
    }
}

impl ToSql<Jour, Sqlite> for V<Date> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.to_string());
        Ok(IsNull::No)
    }
}
impl FromSql<Jour, Sqlite> for V<Date> {
    fn from_sql(mut bytes: <Sqlite as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(V(bytes.read_text().parse()?))
    }
}

#[cfg(feature = "postgres")]
mod postgres {
    use std::io::Write as _;

    use diesel::pg::{Pg, PgValue};

    use super::{
        Date, FromSql, Horodatage, Id, IsNull, Jour, Output, Timestamp, ToSql, Uid, V, deserialize, serialize,
    };

    /// PostgreSQL counts from 2000-01-01, in microseconds.
    const EPOQUE_MICROS: i64 = 946_684_800_000_000;
    const EPOQUE: Date = jiff::civil::date(2000, 1, 1);

    impl<T> ToSql<Uid, Pg> for V<Id<T>> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            out.write_all(self.0.uuid().as_bytes())?;
            Ok(IsNull::No)
        }
    }
    impl<T> FromSql<Uid, Pg> for V<Id<T>> {
        fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
            Ok(V(Id::new(uuid::Uuid::from_slice(value.as_bytes())?)))
        }
    }
    impl ToSql<Horodatage, Pg> for V<Timestamp> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            out.write_all(&(self.0.as_microsecond() - EPOQUE_MICROS).to_be_bytes())?;
            Ok(IsNull::No)
        }
    }
    impl FromSql<Horodatage, Pg> for V<Timestamp> {
        fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
            let micros = i64::from_be_bytes(value.as_bytes().try_into()?);
            Ok(V(Timestamp::from_microsecond(micros + EPOQUE_MICROS)?))
        }
    }
    impl ToSql<Jour, Pg> for V<Date> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            let jours = EPOQUE.until(self.0)?.get_days();
            out.write_all(&jours.to_be_bytes())?;
            Ok(IsNull::No)
        }
    }
    impl FromSql<Jour, Pg> for V<Date> {
        fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
            let jours = i32::from_be_bytes(value.as_bytes().try_into()?);
            Ok(V(EPOQUE.checked_add(jiff::Span::new().try_days(jours)?)?))
        }
    }

    /// Writes a code as text.
    pub(super) fn ecrire(code: &str, out: &mut Output<'_, '_, Pg>) -> serialize::Result {
        out.write_all(code.as_bytes())?;
        Ok(IsNull::No)
    }

    /// Reads a code as text.
    pub(super) fn lire<'a>(value: &'a PgValue<'_>) -> deserialize::Result<&'a str> {
        Ok(std::str::from_utf8(value.as_bytes())?)
    }

    #[cfg(test)]
    mod tests {
        use jiff::Timestamp;
        #[test]
        fn the_epoch_of_postgres_is_right() -> Result<(), jiff::Error> {
            assert_eq!("2000-01-01T00:00:00Z".parse::<Timestamp>()?.as_microsecond(), super::EPOQUE_MICROS);
            Ok(())
        }
    }
}

macro_rules! codes {
    ($($ty:ty),+ $(,)?) => { $(
        stored!([] $ty => Code);
        impl ToSql<Code, Sqlite> for V<$ty> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
                out.set_value(self.0.code());
                Ok(IsNull::No)
            }
        }
        impl FromSql<Code, Sqlite> for V<$ty> {
            fn from_sql(mut bytes: <Sqlite as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                inconnu(bytes.read_text()).map(V)
            }
        }
        #[cfg(feature = "postgres")]
        impl ToSql<Code, diesel::pg::Pg> for V<$ty> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, diesel::pg::Pg>) -> serialize::Result {
                postgres::ecrire(self.0.code(), out)
            }
        }
        #[cfg(feature = "postgres")]
        impl FromSql<Code, diesel::pg::Pg> for V<$ty> {
            fn from_sql(value: diesel::pg::PgValue<'_>) -> deserialize::Result<Self> {
                inconnu(postgres::lire(&value)?).map(V)
            }
        }
    )+ };
}

codes!(
    Cote,
    RoleMembre,
    Format,
    Sens,
    Statut,
    Usage,
    Verdict,
    EtapePiece,
    Etat,
    Exigence,
    Situation,
    Vue,
    ActeSecurite,
    Audience,
    Issue,
    JobNature,
    JobStatut,
    JetonUsage,
    NatureCompte,
    ModeReglement,
    ArriveeNature,
    EvenementType,
    Nature,
    Mode,
    Outil,
    CauseEchec,
    EtatAbonnement,
    MotifDesactivation,
    StatutLivraison,
    WebhookType,
    Reference,
    Doublon,
    RefusTeleversement,
    StatutTeleversement,
);

fn inconnu<C: domain::code::Code>(code: &str) -> deserialize::Result<C> {
    C::du_code(code).ok_or_else(|| format!("code inconnu dans la base : {code}").into())
}
