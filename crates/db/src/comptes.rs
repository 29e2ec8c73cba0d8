//! Accounts.

use diesel::prelude::*;
use domain::ids::UtilisateurId;

use crate::schema::utilisateurs;
use crate::types::V;
use crate::{Conn, DbError};

/// First and last name of an account, by its primary key.
pub fn nom(conn: &mut Conn, id: UtilisateurId) -> Result<String, DbError> {
    let (prenom, nom): (String, String) =
        utilisateurs::table.find(V(id)).select((utilisateurs::prenom, utilisateurs::nom)).first(conn)?;
    Ok(format!("{prenom} {nom}"))
}
