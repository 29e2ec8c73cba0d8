//! How many dossiers the two views of a perimeter hold.

use diesel::backend::Backend;
use diesel::dsl::not;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use domain::dossier::{Etat, Vue};
use domain::ids::EtablissementId;
use domain::limites::COMPTE_MAX;
use domain::permit::{Branche, Perimeter};

use crate::conn::sur;
use crate::schema::dossiers;
use crate::types::V;
use crate::{Conn, DbError};

/// Numbers of living and of closed dossiers of the perimeter, or of one of its établissements, each up to 10 000; by the
/// same indexes.
pub fn compter(
    conn: &mut Conn,
    perimetre: &Perimeter,
    etablissement: Option<EtablissementId>,
) -> Result<(i64, i64), DbError> {
    let mut nombres = (0, 0);
    for branche in perimetre.branches() {
        for (vue, nombre) in [(Vue::EnCours, &mut nombres.0), (Vue::Historique, &mut nombres.1)] {
            let q = dossiers::table.filter(dossiers::vue.eq(V(vue))).select(dossiers::vue).limit(COMPTE_MAX);
            let n: i64 = match (*branche, etablissement) {
                (Branche::Etablissement(e), _) => {
                    let q = Compte(q.filter(dossiers::etablissement_id.eq(V(e))));
                    sur!(conn, c => q.get_result(c))?
                }
                (Branche::Portefeuille(g), None) => {
                    let q = Compte(q.filter(dossiers::gestionnaire_id.eq(V(g))));
                    sur!(conn, c => q.get_result(c))?
                }
                (Branche::Portefeuille(g), Some(e)) => {
                    // By the index of the établissement, which is the smaller of the two.
                    let du_lieu = q.filter(dossiers::etablissement_id.eq(V(e)));
                    let q = Compte(du_lieu.filter(not(dossiers::gestionnaire_id.ne(V(g)))));
                    sur!(conn, c => q.get_result(c))?
                }
                (Branche::Tout, None) => {
                    let q = Compte(q.filter(dossiers::etat.ne(V(Etat::Brouillon))));
                    sur!(conn, c => q.get_result(c))?
                }
                (Branche::Tout, Some(e)) => {
                    let du_lieu = q.filter(dossiers::etablissement_id.eq(V(e)));
                    let q = Compte(du_lieu.filter(dossiers::etat.ne(V(Etat::Brouillon))));
                    sur!(conn, c => q.get_result(c))?
                }
            };
            *nombre = (*nombre + n).min(COMPTE_MAX);
        }
    }
    Ok(nombres)
}

/// `SELECT COUNT(*)` of another query, its `LIMIT` included.
#[derive(Debug, Clone, Copy, QueryId)]
struct Compte<Q>(Q);

impl<Q: Query> Query for Compte<Q> {
    type SqlType = diesel::sql_types::BigInt;
}

impl<Q, C> RunQueryDsl<C> for Compte<Q> {}

impl<Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Compte<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT COUNT(*) FROM (");
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(") AS compte");
        Ok(())
    }
}
