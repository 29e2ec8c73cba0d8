//! The security journal: who tried to enter, from where, and how it ended.
//!
//! Apart from the journal of acts, which is kept as long as the dossiers: this one is kept for a
//! year (CNIL, délibération 2021-122), and names an account by its identifier alone.

use diesel::prelude::*;
use domain::ids::{Id, UtilisateurId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::codes::{ActeSecurite, Issue};
use crate::conn::sur;
use crate::journal::Objet;
use crate::schema::journal_securite;
use crate::types::V;
use crate::{Conn, DbError};

/// A line to be written.
#[derive(Debug, Clone)]
pub struct Ligne<'a> {
    /// What was tried.
    pub acte: ActeSecurite,
    /// How it ended.
    pub issue: Issue,
    /// The account, when there is one.
    pub utilisateur: Option<UtilisateurId>,
    /// From which network address, as attempts are counted.
    pub reseau: &'a str,
}

/// Writes a line.
pub fn noter(conn: &mut Conn, le: Timestamp, ligne: &Ligne<'_>) -> Result<(), DbError> {
    let id: Id<Objet> = Id::new(Uuid::now_v7());
    sur!(conn, c => diesel::insert_into(journal_securite::table)
        .values((
            journal_securite::id.eq(V(id)),
            journal_securite::le.eq(V(le)),
            journal_securite::acte.eq(V(ligne.acte)),
            journal_securite::issue.eq(V(ligne.issue)),
            journal_securite::utilisateur_id.eq(ligne.utilisateur.map(V)),
            journal_securite::reseau.eq(ligne.reseau),
        ))
        .execute(c))?;
    Ok(())
}

/// Removes the lines written before `avant`, `limite` at most; how many. By `journal_securite_date`.
pub fn purger(conn: &mut Conn, avant: Timestamp, limite: i64) -> Result<usize, DbError> {
    let anciennes: Vec<V<Id<Objet>>> = journal_securite::table
        .filter(journal_securite::le.lt(V(avant)))
        .order(journal_securite::le)
        .limit(limite)
        .select(journal_securite::id)
        .load(conn)?;
    Ok(diesel::delete(journal_securite::table.filter(journal_securite::id.eq_any(anciennes))).execute(conn)?)
}
