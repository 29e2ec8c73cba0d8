use diesel::prelude::*;
use domain::permit::{Action, Permit};
use domain::policy::MessageScope;
use jiff::Timestamp;

use crate::schema::lectures;
use crate::types::V;
use crate::{Conn, DbError};

/// Sets a message read or unread for the actor; by the primary key of `lectures`.
///
/// The first reading is remembered for ever: a message put back to unread stays « vu ». Somebody
/// who came after the message was sent is given it now.
pub fn marquer<A: Action<Sur = MessageScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    lu: bool,
    le: Timestamp,
) -> Result<(), DbError> {
    let cle = (V(permit.acteur().id), V(permit.sur().id));
    if lectures::table.find(cle).count().get_result::<i64>(conn)? == 0 {
        donner(conn, permit)?;
    }
    if lu {
        diesel::update(lectures::table.find(cle))
            .set(lectures::non_lu_depuis.eq(None::<V<Timestamp>>))
            .execute(conn)?;
        diesel::update(lectures::table.find(cle).filter(lectures::lu_le.is_null()))
            .set(lectures::lu_le.eq(Some(V(le))))
            .execute(conn)?;
    } else {
        diesel::update(lectures::table.find(cle).filter(lectures::non_lu_depuis.is_null()))
            .set(lectures::non_lu_depuis.eq(Some(V(le))))
            .execute(conn)?;
    }
    Ok(())
}

/// Gives the message to the actor; nothing when another request of the same person just did.
fn donner<A: Action<Sur = MessageScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<(), DbError> {
    // Within a savepoint: on PostgreSQL the refusal of a row spoils its transaction.
    let donne = conn.transaction(|conn| {
        diesel::insert_into(lectures::table)
            .values((
                lectures::utilisateur_id.eq(V(permit.acteur().id)),
                lectures::message_id.eq(V(permit.sur().id)),
                lectures::dossier_id.eq(V(permit.sur().dossier.id)),
            ))
            .execute(conn)
    });
    match donne.map_err(DbError::from) {
        Ok(_) | Err(DbError::Doublon(_)) => Ok(()),
        Err(e) => Err(e),
    }
}
