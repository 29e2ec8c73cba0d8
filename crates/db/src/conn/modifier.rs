//! Updates whose statement is prepared once.

use diesel::associations::HasTable;
use diesel::backend::Backend;
use diesel::expression::AppearsOnTable;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::Bool;

/// An update that the database prepares at its first run.
///
/// Diesel has each of its own updates prepared anew, for their text may change with the values given to them. Here the
/// text is what the prepared statement is found by. For the updates that most writes make.
pub(crate) struct Modification<T: QuerySource, C, F> {
    table: T::FromClause,
    valeurs: C,
    ou: F,
}

/// Sets `valeurs` in the rows of their table that `ou` tells.
pub(crate) fn modifier<T, C, F>(ou: F, valeurs: C) -> Modification<T, C::Changeset, F>
where
    T: QuerySource + HasTable<Table = T>,
    C: AsChangeset<Target = T>,
    F: AppearsOnTable<T> + Expression<SqlType = Bool>,
{
    Modification { table: T::table().from_clause(), valeurs: valeurs.as_changeset(), ou }
}

impl<T, C, F, DB> QueryFragment<DB> for Modification<T, C, F>
where
    DB: Backend,
    T: QuerySource,
    T::FromClause: QueryFragment<DB>,
    C: QueryFragment<DB>,
    F: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("UPDATE ");
        self.table.walk_ast(out.reborrow())?;
        out.push_sql(" SET ");
        self.valeurs.walk_ast(out.reborrow())?;
        out.push_sql(" WHERE ");
        self.ou.walk_ast(out)
    }
}

impl<T: QuerySource, C, F> QueryId for Modification<T, C, F> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T: QuerySource, C, F, Conn> RunQueryDsl<Conn> for Modification<T, C, F> {}
