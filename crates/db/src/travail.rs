//! What reached the OPCO and awaits its gestionnaire.

use diesel::prelude::*;
use domain::evenement::ArriveeNature;
use domain::ids::{ArriveeId, Id};
use domain::permit::{Action, Permit};
use domain::policy::DossierScope;
use jiff::Timestamp;
use uuid::Uuid;

use crate::journal::Objet;
use crate::schema::arrivees;
use crate::types::V;
use crate::{Conn, DbError};

/// Writes that something arrived on a dossier.
pub fn arriver(
    conn: &mut Conn,
    dossier: &DossierScope,
    nature: ArriveeNature,
    objet: Uuid,
    le: Timestamp,
) -> Result<(), DbError> {
    let id: ArriveeId = Id::new(Uuid::now_v7());
    diesel::insert_into(arrivees::table)
        .values((
            arrivees::id.eq(V(id)),
            arrivees::dossier_id.eq(V(dossier.id)),
            arrivees::gestionnaire_id.eq(dossier.gestionnaire.map(V)),
            arrivees::nature.eq(V(nature)),
            arrivees::objet_id.eq(V(Id::<Objet>::new(objet))),
            arrivees::arrivee_le.eq(V(le)),
        ))
        .execute(conn)?;
    Ok(())
}

/// What arrived on a dossier and is not treated, for the OPCO's side; 0 for a member. By `arrivees_dossier`.
pub fn a_traiter_du_dossier<A: Action<Sur = DossierScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<i64, DbError> {
    if permit.acteur().cote() == domain::acteur::Cote::Membre {
        return Ok(0);
    }
    Ok(arrivees::table
        .filter(arrivees::dossier_id.eq(V(permit.sur().id)))
        .filter(arrivees::traitee_le.is_null())
        .count()
        .get_result(conn)?)
}
