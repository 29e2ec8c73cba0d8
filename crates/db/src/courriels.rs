//! The outbox of mails.

use diesel::prelude::*;
use domain::ids::CourrielId;
use jiff::Timestamp;

use crate::schema::courriels;
use crate::types::V;
use crate::{Conn, DbError};

/// A mail to be sent.
#[derive(Debug, Clone, Queryable)]
pub struct Courriel {
    /// To whom.
    pub destinataire: String,
    /// Its subject.
    pub sujet: String,
    /// Its text; removed once it is sent.
    pub corps: Option<String>,
}

/// Puts a mail in the outbox; a job must be planned for it in the same transaction.
pub fn inserer(
    conn: &mut Conn,
    id: CourrielId,
    destinataire: &str,
    sujet: &str,
    corps: &str,
    le: Timestamp,
) -> Result<(), DbError> {
    diesel::insert_into(courriels::table)
        .values((
            courriels::id.eq(V(id)),
            courriels::destinataire.eq(destinataire),
            courriels::sujet.eq(sujet),
            courriels::corps.eq(Some(corps)),
            courriels::cree_le.eq(V(le)),
        ))
        .execute(conn)?;
    Ok(())
}

/// A mail still to be sent, by its primary key.
pub fn a_envoyer(conn: &mut Conn, id: CourrielId) -> Result<Option<Courriel>, DbError> {
    Ok(courriels::table
        .filter(courriels::id.eq(V(id)))
        .filter(courriels::envoye_le.is_null())
        .select((courriels::destinataire, courriels::sujet, courriels::corps))
        .first(conn)
        .optional()?)
}

/// Writes that a mail was sent, and forgets its text: it may hold a one-time link.
pub fn envoye(conn: &mut Conn, id: CourrielId, le: Timestamp) -> Result<(), DbError> {
    diesel::update(courriels::table.find(V(id)))
        .set((courriels::envoye_le.eq(Some(V(le))), courriels::corps.eq(None::<String>)))
        .execute(conn)?;
    Ok(())
}

/// Forgets the mails written before `avant`, sent or given up, `limite` at most; how many. By `courriels_date`.
pub fn purger(conn: &mut Conn, avant: Timestamp, limite: i64) -> Result<usize, DbError> {
    let anciens: Vec<V<CourrielId>> = courriels::table
        .filter(courriels::cree_le.lt(V(avant)))
        .order(courriels::cree_le)
        .limit(limite)
        .select(courriels::id)
        .load(conn)?;
    Ok(diesel::delete(courriels::table.filter(courriels::id.eq_any(anciens))).execute(conn)?)
}
