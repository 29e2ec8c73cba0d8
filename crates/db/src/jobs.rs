//! Background work: rows that carry an identifier, a time and a count of attempts.

use diesel::prelude::*;
use domain::ids::{Id, JobId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::codes::{JobNature, JobStatut};
use crate::conn::sur;
use crate::journal::Objet;
use crate::schema::jobs;
use crate::types::V;
use crate::{Conn, DbError};

/// A job to run.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub struct Job {
    /// Its identifier.
    pub id: V<JobId>,
    /// What to do.
    pub nature: V<JobNature>,
    /// On what.
    pub objet_id: V<Id<Objet>>,
    /// Attempts already made.
    pub tentatives: i32,
}

/// Plans a job.
pub fn planifier(
    conn: &mut Conn,
    id: JobId,
    nature: JobNature,
    objet: Uuid,
    a_partir_de: Timestamp,
) -> Result<(), DbError> {
    sur!(conn, c => diesel::insert_into(jobs::table)
        .values((
            jobs::id.eq(V(id)),
            jobs::nature.eq(V(nature)),
            jobs::objet_id.eq(V(Id::<Objet>::new(objet))),
            jobs::statut.eq(V(JobStatut::Pret)),
            jobs::a_partir_de.eq(V(a_partir_de)),
            jobs::tentatives.eq(0),
        ))
        .execute(c))?;
    Ok(())
}

/// Takes the next job that is ready, and puts off its next attempt to `bail`: a worker that
/// dies gives the job back by itself. By `jobs_prets`.
pub fn prendre(conn: &mut Conn, maintenant: Timestamp, bail: Timestamp) -> Result<Option<Job>, DbError> {
    let Some(job) = prochain(conn, maintenant)? else { return Ok(None) };
    diesel::update(jobs::table.find(job.id))
        .set((jobs::a_partir_de.eq(V(bail)), jobs::tentatives.eq(jobs::tentatives + 1)))
        .execute(conn)?;
    Ok(Some(job))
}

/// The one query that differs: on PostgreSQL several workers skip each other's rows.
fn prochain(conn: &mut Conn, maintenant: Timestamp) -> Result<Option<Job>, DbError> {
    macro_rules! pret {
        () => {
            jobs::table
                .filter(jobs::statut.eq(V(JobStatut::Pret)).and(jobs::a_partir_de.le(V(maintenant))))
                .order(jobs::a_partir_de)
                .select((jobs::id, jobs::nature, jobs::objet_id, jobs::tentatives))
                .limit(1)
        };
    }
    match conn {
        Conn::Sqlite(_) => Ok(pret!().first(conn).optional()?),
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => {
            use domain::ids::sorte;
            let ligne: Option<(V<Id<sorte::Job>>, V<JobNature>, V<Id<Objet>>, i32)> =
                pret!().for_update().skip_locked().first(c).optional()?;
            Ok(ligne.map(|(id, nature, objet_id, tentatives)| Job { id, nature, objet_id, tentatives }))
        }
    }
}

/// When the next job is to be run, if there is one; by `jobs_prets`.
pub fn prochaine_echeance(conn: &mut Conn) -> Result<Option<Timestamp>, DbError> {
    let le: Option<V<Timestamp>> = sur!(conn, c => jobs::table
        .filter(jobs::statut.eq(V(JobStatut::Pret)))
        .order(jobs::a_partir_de)
        .select(jobs::a_partir_de)
        .first(c))
    .optional()?;
    Ok(le.map(|l| l.0))
}

/// Removes a job that is done.
pub fn finir(conn: &mut Conn, id: JobId) -> Result<(), DbError> {
    diesel::delete(jobs::table.find(V(id))).execute(conn)?;
    Ok(())
}

/// Puts a job off after a failure, or gives it up when `a_partir_de` is `None`.
pub fn reporter(conn: &mut Conn, id: JobId, a_partir_de: Option<Timestamp>, erreur: &str) -> Result<(), DbError> {
    let (statut, le) = match a_partir_de {
        Some(le) => (JobStatut::Pret, Some(V(le))),
        None => (JobStatut::Mort, None),
    };
    diesel::update(jobs::table.find(V(id)))
        .set((jobs::statut.eq(V(statut)), jobs::derniere_erreur.eq(Some(erreur)), le.map(|l| jobs::a_partir_de.eq(l))))
        .execute(conn)?;
    Ok(())
}

/// Removes the jobs about an object; by `jobs_objet`.
pub fn annuler(conn: &mut Conn, objet: Uuid) -> Result<(), DbError> {
    diesel::delete(jobs::table.filter(jobs::objet_id.eq(V(Id::<Objet>::new(objet))))).execute(conn)?;
    Ok(())
}

/// Forgets the jobs given up whose last attempt was before `avant`, `limite` at most; how many. By `jobs_prets`.
pub fn oublier(conn: &mut Conn, avant: Timestamp, limite: i64) -> Result<usize, DbError> {
    let vieux: Vec<V<JobId>> = jobs::table
        .filter(jobs::statut.eq(V(JobStatut::Mort)))
        .filter(jobs::a_partir_de.lt(V(avant)))
        .order(jobs::a_partir_de)
        .limit(limite)
        .select(jobs::id)
        .load(conn)?;
    Ok(diesel::delete(jobs::table.filter(jobs::id.eq_any(vieux))).execute(conn)?)
}

/// Numbers of jobs.
#[derive(Debug, Clone, Copy)]
pub struct Nombres {
    /// Due, and not done yet.
    pub prets: i64,
    /// Given up.
    pub morts: i64,
    /// Still tried, after many failures.
    pub en_echec: i64,
}

/// Counts the jobs due at an instant and those given up, by `jobs_prets`, and those that failed `souvent` times or more, by
/// `jobs_repris`: never those that are only planned.
pub fn nombres(conn: &mut Conn, maintenant: Timestamp, souvent: i32) -> Result<Nombres, DbError> {
    let au_statut = |s| jobs::table.filter(jobs::statut.eq(V(s)));
    let prets = au_statut(JobStatut::Pret).filter(jobs::a_partir_de.le(V(maintenant)));
    let en_echec = au_statut(JobStatut::Pret)
        .filter(jobs::tentatives.ge(souvent))
        // As the index says it, which holds these alone.
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("tentatives > 0"));
    Ok(Nombres {
        prets: prets.count().get_result(conn)?,
        morts: au_statut(JobStatut::Mort).count().get_result(conn)?,
        en_echec: en_echec.count().get_result(conn)?,
    })
}
