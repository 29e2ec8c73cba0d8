//! The keys that make a request happen once: who gave each, for what request, and its answer.

use diesel::prelude::*;
use domain::ids::Id;
use jiff::Timestamp;
use uuid::Uuid;

use crate::conn::sur;
use crate::journal::Objet;
use crate::schema::cles_idempotence as cles;
use crate::types::V;
use crate::{Conn, DbError};

/// A key, as one caller gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cle {
    /// Whose: an account, or what stands for somebody not signed in.
    pub appelant: Uuid,
    /// SHA-256 of its text.
    pub sha256: [u8; 32],
}

/// An answer, as it is given again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reponse {
    /// The HTTP status.
    pub statut: u16,
    /// Where what was made is read.
    pub location: Option<String>,
    /// The validator of what was made.
    pub etag: Option<String>,
    /// JSON, or nothing.
    pub corps: Option<Vec<u8>>,
}

/// What a key stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connue {
    /// The fingerprint of the request that took the key.
    pub empreinte: Vec<u8>,
    /// Its answer.
    pub reponse: Reponse,
}

type Ligne = (Vec<u8>, Option<i32>, Option<String>, Option<String>, Option<Vec<u8>>);

fn de(cle: &Cle) -> (V<Id<Objet>>, Vec<u8>) {
    (V(Id::new(cle.appelant)), cle.sha256.to_vec())
}

/// Takes a key for the present transaction; `false` when a request that was committed holds it.
///
/// A transaction that is taking the same key is waited for. A key taken before `depuis` is free again.
pub fn prendre(
    conn: &mut Conn,
    cle: &Cle,
    empreinte: &[u8; 32],
    le: Timestamp,
    depuis: Timestamp,
) -> Result<bool, DbError> {
    diesel::delete(cles::table.find(de(cle)).filter(cles::prise_le.lt(V(depuis)))).execute(conn)?;
    let (appelant, sha256) = de(cle);
    let prise = diesel::insert_into(cles::table)
        .values((
            cles::appelant_id.eq(appelant),
            cles::cle_sha256.eq(sha256),
            cles::empreinte.eq(empreinte.to_vec()),
            cles::prise_le.eq(V(le)),
        ))
        .execute(conn);
    match prise.map_err(DbError::from) {
        Ok(_) => Ok(true),
        Err(DbError::Doublon(_)) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Keeps the answer of the request that holds a key, in the transaction that took it.
pub fn repondre(conn: &mut Conn, cle: &Cle, reponse: &Reponse) -> Result<(), DbError> {
    diesel::update(cles::table.find(de(cle)))
        .set((
            cles::statut.eq(Some(i32::from(reponse.statut))),
            cles::location.eq(reponse.location.as_deref()),
            cles::etag.eq(reponse.etag.as_deref()),
            cles::corps.eq(reponse.corps.as_deref()),
        ))
        .execute(conn)?;
    Ok(())
}

/// What a key taken since `depuis` stands for, by the primary key.
pub fn lire(conn: &mut Conn, cle: &Cle, depuis: Timestamp) -> Result<Option<Connue>, DbError> {
    let ligne: Option<Ligne> = cles::table
        .find(de(cle))
        .filter(cles::prise_le.ge(V(depuis)))
        .select((cles::empreinte, cles::statut, cles::location, cles::etag, cles::corps))
        .first(conn)
        .optional()?;
    Ok(ligne.and_then(|(empreinte, statut, location, etag, corps)| {
        let statut = u16::try_from(statut?).ok()?;
        Some(Connue { empreinte, reponse: Reponse { statut, location, etag, corps } })
    }))
}

/// Forgets the keys taken before `avant`, `limite` at most; how many. By `cles_idempotence_date`.
pub fn purger(conn: &mut Conn, avant: Timestamp, limite: i64) -> Result<usize, DbError> {
    let perimees: Vec<(V<Id<Objet>>, Vec<u8>)> = cles::table
        .filter(cles::prise_le.lt(V(avant)))
        .order(cles::prise_le)
        .limit(limite)
        .select((cles::appelant_id, cles::cle_sha256))
        .load(conn)?;
    perimees.into_iter().try_fold(0, |n, (appelant, sha256)| {
        // One that is taken again meanwhile is young.
        let perimee = cles::appelant_id.eq(appelant).and(cles::cle_sha256.eq(sha256)).and(cles::prise_le.lt(V(avant)));
        Ok(n + sur!(conn, c => diesel::delete(cles::table.filter(perimee)).execute(c))?)
    })
}
