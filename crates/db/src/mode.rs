//! What the database is for: written once, by the first process that serves it, and never changed.

use diesel::prelude::*;
use domain::mode::Mode;

use crate::schema::{adherents, mode_base, utilisateurs};
use crate::types::V;
use crate::{Conn, DbError};

/// The only key of the table.
const BASE: &str = "base";

/// What the database is for, once it is said; by the primary key.
pub fn lire(conn: &mut Conn) -> Result<Option<Mode>, DbError> {
    let mode: Option<V<Mode>> = mode_base::table.find(BASE).select(mode_base::mode).first(conn).optional()?;
    Ok(mode.map(|m| m.0))
}

/// Says what the database is for; `false` when it was said meanwhile.
pub fn ecrire(conn: &mut Conn, mode: Mode) -> Result<bool, DbError> {
    let ecrit = conn.transaction(|conn| {
        diesel::insert_into(mode_base::table)
            .values((mode_base::cle.eq(BASE), mode_base::mode.eq(V(mode)), mode_base::decalage.eq(0_i64)))
            .execute(conn)
            .map_err(DbError::from)
    });
    match ecrit {
        Ok(_) => Ok(true),
        Err(DbError::Doublon(_)) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Whether the database holds neither a person nor a company.
pub fn vierge(conn: &mut Conn) -> Result<bool, DbError> {
    let adherent: Option<String> = adherents::table.select(adherents::numero).first(conn).optional()?;
    let personne: Option<String> = utilisateurs::table.select(utilisateurs::email).first(conn).optional()?;
    Ok(adherent.is_none() && personne.is_none())
}

/// How far the clock of a sandbox is ahead, in seconds; by the primary key.
pub fn decalage(conn: &mut Conn) -> Result<i64, DbError> {
    let lu: Option<i64> = mode_base::table.find(BASE).select(mode_base::decalage).first(conn).optional()?;
    Ok(lu.unwrap_or(0))
}

/// Moves the clock of a sandbox forward; how far ahead it is now, in seconds.
pub fn avancer(conn: &mut Conn, secondes: i64) -> Result<i64, DbError> {
    diesel::update(mode_base::table.find(BASE))
        .set(mode_base::decalage.eq(mode_base::decalage + secondes))
        .execute(conn)?;
    decalage(conn)
}
