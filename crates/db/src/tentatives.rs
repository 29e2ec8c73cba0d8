//! Counters of attempts: a key that says nothing of whom it counts, a number, a window.

use diesel::dsl::case_when;
use diesel::prelude::*;
use jiff::Timestamp;

use crate::conn::{modifier, sur};
use crate::schema::tentatives;
use crate::types::V;
use crate::{Conn, DbError};

/// A key: the SHA-256 of what is counted.
pub type Cle = [u8; 32];

/// A counter as it stands.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct Compteur {
    /// Attempts in the window.
    pub nombre: i32,
    /// When the window started.
    pub debut_le: V<Timestamp>,
    /// Until when no attempt is allowed.
    pub bloquee_jusqu_a: Option<V<Timestamp>>,
}

/// A counter, by its primary key.
pub fn lire(conn: &mut Conn, cle: &Cle) -> Result<Option<Compteur>, DbError> {
    Ok(sur!(conn, c => tentatives::table
        .find(cle.as_slice())
        .select((tentatives::nombre, tentatives::debut_le, tentatives::bloquee_jusqu_a))
        .first(c))
    .optional()?)
}

/// Counts one attempt in the window that started after `depuis`, or in a new one.
///
/// The row is locked until the end of the transaction: of attempts made at once, none is lost. Most attempts find their
/// counter, and the update is prepared once where an upsert would be prepared again at each run.
pub fn compter(conn: &mut Conn, cle: &Cle, depuis: Timestamp, maintenant: Timestamp) -> Result<Compteur, DbError> {
    let dedans = || tentatives::debut_le.gt(V(depuis));
    let valeurs = || {
        (
            tentatives::nombre.eq(case_when(dedans(), tentatives::nombre + 1).otherwise(1)),
            tentatives::debut_le.eq(case_when(dedans(), tentatives::debut_le).otherwise(V(maintenant))),
            tentatives::bloquee_jusqu_a
                .eq(case_when(dedans(), tentatives::bloquee_jusqu_a).otherwise(None::<V<Timestamp>>)),
        )
    };
    let trouve = tentatives::cle.eq(cle.as_slice());
    if sur!(conn, c => modifier(trouve, valeurs()).execute(c))? == 0 {
        sur!(conn, c => diesel::insert_into(tentatives::table)
            .values((
                tentatives::cle.eq(cle.as_slice()),
                tentatives::nombre.eq(1),
                tentatives::debut_le.eq(V(maintenant)),
            ))
            .on_conflict(tentatives::cle)
            .do_update()
            .set(valeurs())
            .execute(c))?;
    }
    lire(conn, cle)?.ok_or(DbError::Absent)
}

/// Allows no attempt until `jusqu_a`, then opens a new window.
pub fn bloquer(conn: &mut Conn, cle: &Cle, jusqu_a: Timestamp) -> Result<(), DbError> {
    diesel::update(tentatives::table.find(cle.to_vec()))
        .set(tentatives::bloquee_jusqu_a.eq(Some(V(jusqu_a))))
        .execute(conn)?;
    Ok(())
}

/// Takes one attempt back: it turned out to be a good one.
pub fn rendre(conn: &mut Conn, cle: &Cle) -> Result<(), DbError> {
    let une = tentatives::cle.eq(cle.as_slice()).and(tentatives::nombre.gt(0));
    sur!(conn, c => modifier(une, tentatives::nombre.eq(tentatives::nombre - 1)).execute(c))?;
    Ok(())
}

/// Forgets a counter.
pub fn oublier(conn: &mut Conn, cle: &Cle) -> Result<(), DbError> {
    sur!(conn, c => diesel::delete(tentatives::table.find(cle.as_slice())).execute(c))?;
    Ok(())
}

/// Forgets the counters whose window started before `avant`, `limite` at most; how many. By `tentatives_debut`.
pub fn purger(conn: &mut Conn, avant: Timestamp, limite: i64) -> Result<usize, DbError> {
    let finie = || tentatives::debut_le.lt(V(avant));
    let cles: Vec<Vec<u8>> = tentatives::table
        .filter(finie())
        .order(tentatives::debut_le)
        .limit(limite)
        .select(tentatives::cle)
        .load(conn)?;
    // One that counts again meanwhile has a new window.
    Ok(diesel::delete(tentatives::table.filter(tentatives::cle.eq_any(cles)).filter(finie())).execute(conn)?)
}
