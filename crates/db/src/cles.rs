//! The keys that sign access tokens, shared by the nodes.

use diesel::prelude::*;
use jiff::Timestamp;

use crate::schema::cles_signature;
use crate::types::V;
use crate::{Conn, DbError};

/// A signing key.
#[derive(Clone, Queryable)]
pub struct Cle {
    /// Its name in tokens.
    pub kid: String,
    /// Its public part: the 32 bytes of Ed25519.
    pub publique: Vec<u8>,
    /// Its private part, sealed.
    pub privee_scellee: Vec<u8>,
    /// When it was made.
    pub creee_le: V<Timestamp>,
    /// When it stopped signing.
    pub retiree_le: Option<V<Timestamp>>,
}

impl std::fmt::Debug for Cle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cle({})", self.kid)
    }
}

/// All the keys, the latest first: a few rows.
pub fn lister(conn: &mut Conn) -> Result<Vec<Cle>, DbError> {
    Ok(cles_signature::table.order((cles_signature::creee_le.desc(), cles_signature::kid)).load(conn)?)
}

/// Keeps a key.
pub fn ajouter(conn: &mut Conn, cle: &Cle) -> Result<(), DbError> {
    diesel::insert_into(cles_signature::table)
        .values((
            cles_signature::kid.eq(&cle.kid),
            cles_signature::publique.eq(&cle.publique),
            cles_signature::privee_scellee.eq(&cle.privee_scellee),
            cles_signature::creee_le.eq(cle.creee_le),
        ))
        .execute(conn)?;
    Ok(())
}

/// Lets no key but `kid` sign any more.
pub fn retirer_autres(conn: &mut Conn, kid: &str, le: Timestamp) -> Result<usize, DbError> {
    let autres = cles_signature::table.filter(cles_signature::kid.ne(kid)).filter(cles_signature::retiree_le.is_null());
    Ok(diesel::update(autres).set(cles_signature::retiree_le.eq(Some(V(le)))).execute(conn)?)
}

/// Forgets the keys that stopped signing before `avant`.
pub fn purger(conn: &mut Conn, avant: Timestamp) -> Result<usize, DbError> {
    Ok(diesel::delete(cles_signature::table.filter(cles_signature::retiree_le.lt(Some(V(avant))))).execute(conn)?)
}
