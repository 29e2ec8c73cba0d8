use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::ids::{EtablissementId, UtilisateurId};
use domain::permit::{Action, Permit};
use domain::policy::MessageScope;
use jiff::Timestamp;

use crate::conn::sur;
#[cfg(feature = "postgres")]
use crate::schema::etablissements;
use crate::schema::{dossiers, lectures, messages};
use crate::types::{Uid, V};
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

/// Gives somebody who joins an établissement the messages sent there before, as read: they are all in its inbox, and
/// none awaits it. By `dossiers_etablissement_numero` and `messages_dossier`.
///
/// Holds the établissement first, on PostgreSQL: a message being written to its people without this one is waited for,
/// and found; the next one finds this one among them.
pub(crate) fn rattraper(conn: &mut Conn, id: UtilisateurId, etablissement: EtablissementId) -> Result<(), DbError> {
    #[cfg(feature = "postgres")]
    if let Conn::Postgres(c) = conn {
        etablissements::table
            .find(V(etablissement))
            .select(etablissements::id)
            .for_no_key_update()
            .load::<V<EtablissementId>>(c)?;
    }
    let deja = lectures::table.filter(lectures::utilisateur_id.eq(V(id))).filter(lectures::message_id.eq(messages::id));
    let passes = messages::table
        .inner_join(dossiers::table)
        .filter(dossiers::etablissement_id.eq(V(etablissement)))
        .filter(not(exists(deja)))
        .select((V(id).into_sql::<Uid>(), messages::id, messages::dossier_id));
    let ou = (lectures::utilisateur_id, lectures::message_id, lectures::dossier_id);
    sur!(conn, c => diesel::insert_into(lectures::table).values(passes).into_columns(ou).execute(c))?;
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
