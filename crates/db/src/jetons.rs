//! One-time tokens sent by mail, known by their SHA-256 alone.

use diesel::prelude::*;
use domain::ids::UtilisateurId;
use jiff::Timestamp;

use crate::codes::JetonUsage;
use crate::schema::jetons;
use crate::types::V;
use crate::{Conn, DbError};

/// Keeps a token until `expire_le`.
pub fn inserer(
    conn: &mut Conn,
    sha256: &[u8; 32],
    utilisateur: UtilisateurId,
    usage: JetonUsage,
    expire_le: Timestamp,
) -> Result<(), DbError> {
    diesel::insert_into(jetons::table)
        .values((
            jetons::jeton_sha256.eq(sha256.to_vec()),
            jetons::utilisateur_id.eq(V(utilisateur)),
            jetons::usage.eq(V(usage)),
            jetons::expire_le.eq(V(expire_le)),
        ))
        .execute(conn)?;
    Ok(())
}

/// The account of a live token, by its primary key; the token stays live.
pub fn lire(
    conn: &mut Conn,
    sha256: &[u8; 32],
    usage: JetonUsage,
    maintenant: Timestamp,
) -> Result<Option<UtilisateurId>, DbError> {
    let id: Option<V<UtilisateurId>> = jetons::table
        .find(sha256.to_vec())
        .filter(jetons::usage.eq(V(usage)))
        .filter(jetons::utilise_le.is_null())
        .filter(jetons::expire_le.gt(V(maintenant)))
        .select(jetons::utilisateur_id)
        .first(conn)
        .optional()?;
    Ok(id.map(|id| id.0))
}

/// Uses a live token, and names its account: of two who use it at once, one alone gets `Some`.
pub fn utiliser(
    conn: &mut Conn,
    sha256: &[u8; 32],
    usage: JetonUsage,
    maintenant: Timestamp,
) -> Result<Option<UtilisateurId>, DbError> {
    let Some(id) = lire(conn, sha256, usage, maintenant)? else { return Ok(None) };
    let utilises = diesel::update(jetons::table.find(sha256.to_vec()).filter(jetons::utilise_le.is_null()))
        .set(jetons::utilise_le.eq(Some(V(maintenant))))
        .execute(conn)?;
    Ok((utilises == 1).then_some(id))
}

/// Forgets every token of an account for `usage`; by `jetons_utilisateur`.
pub fn oublier(conn: &mut Conn, utilisateur: UtilisateurId, usage: JetonUsage) -> Result<(), DbError> {
    diesel::delete(jetons::table.filter(jetons::utilisateur_id.eq(V(utilisateur))).filter(jetons::usage.eq(V(usage))))
        .execute(conn)?;
    Ok(())
}

/// Forgets the tokens that ended before `avant`, `limite` at most; how many. By `jetons_expiration`.
pub fn purger(conn: &mut Conn, avant: Timestamp, limite: i64) -> Result<usize, DbError> {
    let finis: Vec<Vec<u8>> = jetons::table
        .filter(jetons::expire_le.lt(V(avant)))
        .order(jetons::expire_le)
        .limit(limite)
        .select(jetons::jeton_sha256)
        .load(conn)?;
    Ok(diesel::delete(jetons::table.filter(jetons::jeton_sha256.eq_any(finis))).execute(conn)?)
}
