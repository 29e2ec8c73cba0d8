//! Access tokens that were revoked, and assertions that were used.

use diesel::prelude::*;
use domain::ids::Id;
use jiff::Timestamp;
use uuid::Uuid;

use crate::journal::Objet;
use crate::schema::{jetons_revoques, jti_vus};
use crate::types::V;
use crate::{Conn, DbError};

/// Whether an access token was revoked, by its primary key.
pub fn est_revoque(conn: &mut Conn, jti: Uuid) -> Result<bool, DbError> {
    let trouve: Option<V<Id<Objet>>> =
        jetons_revoques::table.find(V(Id::<Objet>::new(jti))).select(jetons_revoques::jti).first(conn).optional()?;
    Ok(trouve.is_some())
}

/// Revokes an access token; `false` when it was already.
pub fn revoquer(conn: &mut Conn, jti: Uuid, expire_le: Timestamp) -> Result<bool, DbError> {
    let insere = conn.transaction(|conn| {
        diesel::insert_into(jetons_revoques::table)
            .values((jetons_revoques::jti.eq(V(Id::<Objet>::new(jti))), jetons_revoques::expire_le.eq(V(expire_le))))
            .execute(conn)
            .map_err(DbError::from)
    });
    match insere {
        Ok(_) => Ok(true),
        Err(DbError::Doublon(_)) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Takes note of an assertion; `false` when it was seen before.
pub fn voir(conn: &mut Conn, sha256: &[u8; 32], expire_le: Timestamp) -> Result<bool, DbError> {
    let insere = conn.transaction(|conn| {
        diesel::insert_into(jti_vus::table)
            .values((jti_vus::sha256.eq(sha256.to_vec()), jti_vus::expire_le.eq(V(expire_le))))
            .execute(conn)
            .map_err(DbError::from)
    });
    match insere {
        Ok(_) => Ok(true),
        Err(DbError::Doublon(_)) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Forgets what ended before `avant`, `limite` at most of each kind; how many. By `jetons_revoques_expiration` and
/// `jti_vus_expiration`.
pub fn purger(conn: &mut Conn, avant: Timestamp, limite: i64) -> Result<usize, DbError> {
    let jetons: Vec<V<Id<Objet>>> = jetons_revoques::table
        .filter(jetons_revoques::expire_le.lt(V(avant)))
        .order(jetons_revoques::expire_le)
        .limit(limite)
        .select(jetons_revoques::jti)
        .load(conn)?;
    let assertions: Vec<Vec<u8>> = jti_vus::table
        .filter(jti_vus::expire_le.lt(V(avant)))
        .order(jti_vus::expire_le)
        .limit(limite)
        .select(jti_vus::sha256)
        .load(conn)?;
    let jetons = diesel::delete(jetons_revoques::table.filter(jetons_revoques::jti.eq_any(jetons))).execute(conn)?;
    Ok(jetons + diesel::delete(jti_vus::table.filter(jti_vus::sha256.eq_any(assertions))).execute(conn)?)
}
