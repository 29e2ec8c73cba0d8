//! The names that each caller gives to things in its own software.

use diesel::prelude::*;
use domain::Acteur;
use domain::ids::{Id, UtilisateurId};
use domain::reference::ReferenceExterne;
use uuid::Uuid;

use crate::codes::Reference;
use crate::conn::sur;
use crate::journal::Objet;
use crate::schema::references_externes as references;
use crate::types::V;
use crate::{Conn, DbError};

/// Names a thing for a caller, in place of the name it had; `false` when the caller gave it to another.
pub fn nommer(
    conn: &mut Conn,
    acteur: &Acteur,
    nature: Reference,
    objet: Uuid,
    nom: Option<&ReferenceExterne>,
) -> Result<bool, DbError> {
    let Some(nom) = nom else { return liberer(conn, acteur.id, nature, objet).map(|()| true) };
    let (appelant, objet) = (V(Id::<Objet>::new(acteur.id.uuid())), V(Id::<Objet>::new(objet)));
    let pris: i64 = references::table
        .filter(references::appelant_id.eq(appelant))
        .filter(references::nature.eq(V(nature)))
        .filter(references::valeur.eq(nom.as_str()))
        .filter(references::objet_id.ne(objet))
        .count()
        .get_result(conn)?;
    if pris > 0 {
        return Ok(false);
    }
    // Whoever names the same thing at the same moment is followed, and not refused.
    let nomme = sur!(conn, c => diesel::insert_into(references::table)
        .values((
            references::appelant_id.eq(appelant),
            references::nature.eq(V(nature)),
            references::objet_id.eq(objet),
            references::valeur.eq(nom.as_str()),
        ))
        .on_conflict((references::appelant_id, references::nature, references::objet_id))
        .do_update()
        .set(references::valeur.eq(nom.as_str()))
        .execute(c));
    match nomme.map_err(DbError::from) {
        Ok(_) => Ok(true),
        // Given to another thing at the same moment.
        Err(DbError::Doublon(_)) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Takes away the name that a caller gave a thing; by the primary key.
pub fn liberer(conn: &mut Conn, appelant: UtilisateurId, nature: Reference, objet: Uuid) -> Result<(), DbError> {
    let (appelant, objet) = (V(Id::<Objet>::new(appelant.uuid())), V(Id::<Objet>::new(objet)));
    diesel::delete(references::table.find((appelant, V(nature), objet))).execute(conn)?;
    Ok(())
}

/// What a caller's name stands for; by `references_externes_valeur_unique`.
pub fn objet(conn: &mut Conn, acteur: &Acteur, nature: Reference, nom: &str) -> Result<Uuid, DbError> {
    let objet: V<Id<Objet>> = references::table
        .filter(references::appelant_id.eq(V(Id::<Objet>::new(acteur.id.uuid()))))
        .filter(references::nature.eq(V(nature)))
        .filter(references::valeur.eq(nom))
        .select(references::objet_id)
        .first(conn)?;
    Ok(objet.0.uuid())
}

/// The caller's name of a thing, in a query that has the column of its identifier; by the primary key.
macro_rules! nom_de {
    ($acteur:expr, $nature:expr, $objet:expr) => {
        crate::schema::references_externes::table
            .filter(crate::schema::references_externes::appelant_id.eq(crate::types::V(domain::ids::Id::<
                crate::journal::Objet,
            >::new(
                $acteur.id.uuid()
            ))))
            .filter(crate::schema::references_externes::nature.eq(crate::types::V($nature)))
            .filter(crate::schema::references_externes::objet_id.eq($objet))
            .select(crate::schema::references_externes::valeur)
            .single_value()
    };
}
pub(crate) use nom_de;
