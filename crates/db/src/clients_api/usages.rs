use diesel::prelude::*;
use domain::ids::ClientApiId;
use domain::permit::{Action, Permit};
use domain::policy::ClientApiScope;
use jiff::Timestamp;
use jiff::civil::Date;

use super::Ligne;
use crate::conn::sur;
use crate::schema::{adresses_api, usages_api};
use crate::types::V;
use crate::{Conn, DbError};

/// The calls of a client on one day.
#[derive(Debug, Clone, Queryable)]
pub struct Usage {
    /// The client.
    pub client: V<ClientApiId>,
    /// The day.
    pub jour: V<Date>,
    /// Calls.
    pub appels: i64,
    /// Of them, those answered 4xx.
    pub erreurs_client: i64,
    /// Of them, those answered 5xx.
    pub erreurs_serveur: i64,
    /// The last call.
    pub dernier_le: V<Timestamp>,
    /// From where it came.
    pub derniere_adresse: String,
}

/// Calls that were counted and are not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Releve {
    /// Calls.
    pub appels: i64,
    /// Of them, those answered 4xx.
    pub erreurs_client: i64,
    /// Of them, those answered 5xx.
    pub erreurs_serveur: i64,
    /// The last call.
    pub dernier_le: Timestamp,
    /// From where it came.
    pub derniere_adresse: String,
}

/// Adds to a row that is there, or inserts it; another node may do so at the same moment.
fn cumuler(
    conn: &mut Conn,
    continuer: impl Fn(&mut Conn) -> Result<bool, DbError>,
    inserer: impl FnOnce(&mut Conn) -> Result<(), DbError>,
) -> Result<(), DbError> {
    if continuer(conn)? {
        return Ok(());
    }
    match conn.transaction(inserer) {
        Err(DbError::Doublon(_)) => continuer(conn).map(drop),
        fait => fait,
    }
}

/// Adds the calls of a client that exists, on one day.
pub fn ajouter_usage(conn: &mut Conn, client: ClientApiId, jour: Date, releve: &Releve) -> Result<(), DbError> {
    let inserer = |conn: &mut Conn| {
        diesel::insert_into(usages_api::table)
            .values((
                usages_api::client_id.eq(V(client)),
                usages_api::jour.eq(V(jour)),
                usages_api::appels.eq(releve.appels),
                usages_api::erreurs_client.eq(releve.erreurs_client),
                usages_api::erreurs_serveur.eq(releve.erreurs_serveur),
                usages_api::dernier_le.eq(V(releve.dernier_le)),
                usages_api::derniere_adresse.eq(&releve.derniere_adresse),
            ))
            .execute(conn)?;
        Ok(())
    };
    cumuler(conn, |conn| continuer(conn, client, jour, releve), inserer)
}

fn continuer(conn: &mut Conn, client: ClientApiId, jour: Date, releve: &Releve) -> Result<bool, DbError> {
    let touches = diesel::update(usages_api::table.find((V(client), V(jour))))
        .set((
            usages_api::appels.eq(usages_api::appels + releve.appels),
            usages_api::erreurs_client.eq(usages_api::erreurs_client + releve.erreurs_client),
            usages_api::erreurs_serveur.eq(usages_api::erreurs_serveur + releve.erreurs_serveur),
            usages_api::dernier_le.eq(V(releve.dernier_le)),
            usages_api::derniere_adresse.eq(&releve.derniere_adresse),
        ))
        .execute(conn)?;
    Ok(touches == 1)
}

/// Addresses of one client on one day that are told apart, and as many from where nothing but refused proofs came:
/// whoever tries from everywhere hides no caller. What came from the others is counted as [`AUTRES`].
pub const ADRESSES_MAX: usize = 20;
/// Stands for the addresses that are not told apart.
pub const AUTRES: &str = "";

/// What came from an address in the name of a client on one day.
#[derive(Debug, Clone, Queryable)]
pub struct DepuisAdresse {
    /// The address, or [`AUTRES`].
    pub adresse: String,
    /// Calls.
    pub appels: i64,
    /// Proofs that were refused.
    pub refus: i64,
    /// The last of either.
    pub derniere_le: V<Timestamp>,
}

impl DepuisAdresse {
    /// Whether somebody called from there.
    pub const fn est_un_appel(&self) -> bool {
        self.appels > 0
    }

    /// Counts what came from there besides.
    pub fn ajouter(&mut self, plus: &Self) {
        self.appels += plus.appels;
        self.refus += plus.refus;
        self.derniere_le.0 = self.derniere_le.0.max(plus.derniere_le.0);
    }
}

/// Adds what came from an address on one day in the name of a client that exists.
pub fn ajouter_adresse(
    conn: &mut Conn,
    client: ClientApiId,
    jour: Date,
    depuis: &DepuisAdresse,
) -> Result<(), DbError> {
    let inserer = |conn: &mut Conn| {
        let du_jour = adresses_api::table
            .filter(adresses_api::client_id.eq(V(client)))
            .filter(adresses_api::jour.eq(V(jour)))
            .filter(adresses_api::adresse.ne(AUTRES));
        let connues: i64 = if depuis.est_un_appel() {
            du_jour.filter(adresses_api::appels.gt(0)).count().get_result(conn)?
        } else {
            du_jour.filter(adresses_api::appels.eq(0)).count().get_result(conn)?
        };
        if depuis.adresse != AUTRES && usize::try_from(connues).is_ok_and(|n| n >= ADRESSES_MAX) {
            let autres = DepuisAdresse { adresse: AUTRES.to_owned(), ..depuis.clone() };
            return ajouter_adresse(conn, client, jour, &autres);
        }
        diesel::insert_into(adresses_api::table)
            .values((
                adresses_api::client_id.eq(V(client)),
                adresses_api::jour.eq(V(jour)),
                adresses_api::adresse.eq(&depuis.adresse),
                adresses_api::appels.eq(depuis.appels),
                adresses_api::refus.eq(depuis.refus),
                adresses_api::derniere_le.eq(depuis.derniere_le),
            ))
            .execute(conn)?;
        Ok(())
    };
    cumuler(conn, |conn| continuer_adresse(conn, client, jour, depuis), inserer)
}

fn continuer_adresse(
    conn: &mut Conn,
    client: ClientApiId,
    jour: Date,
    depuis: &DepuisAdresse,
) -> Result<bool, DbError> {
    let touches = diesel::update(adresses_api::table.find((V(client), V(jour), &depuis.adresse)))
        .set((
            adresses_api::appels.eq(adresses_api::appels + depuis.appels),
            adresses_api::refus.eq(adresses_api::refus + depuis.refus),
            adresses_api::derniere_le.eq(depuis.derniere_le),
        ))
        .execute(conn)?;
    Ok(touches == 1)
}

/// What came in the name of a client since a day, by day and address; by the primary key.
pub fn adresses<A: Action<Sur = ClientApiScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    depuis: Date,
) -> Result<Vec<DepuisAdresse>, DbError> {
    Ok(adresses_api::table
        .filter(adresses_api::client_id.eq(V(permit.sur().id)))
        .filter(adresses_api::jour.ge(V(depuis)))
        .order((adresses_api::jour, adresses_api::adresse))
        .select((adresses_api::adresse, adresses_api::appels, adresses_api::refus, adresses_api::derniere_le))
        .load(conn)?)
}

/// Forgets what was counted on the days before one, `limite` rows at most of each kind; how many. By
/// `adresses_api_jour` and `usages_api_jour`.
pub fn oublier_jours(conn: &mut Conn, avant: Date, limite: i64) -> Result<usize, DbError> {
    let adresses: Vec<(V<ClientApiId>, V<Date>, String)> = adresses_api::table
        .filter(adresses_api::jour.lt(V(avant)))
        .order(adresses_api::jour)
        .limit(limite)
        .select((adresses_api::client_id, adresses_api::jour, adresses_api::adresse))
        .load(conn)?;
    let usages: Vec<(V<ClientApiId>, V<Date>)> = usages_api::table
        .filter(usages_api::jour.lt(V(avant)))
        .order(usages_api::jour)
        .limit(limite)
        .select((usages_api::client_id, usages_api::jour))
        .load(conn)?;
    let mut n = 0;
    for cle in adresses {
        n += sur!(conn, c => diesel::delete(adresses_api::table.find(cle)).execute(c))?;
    }
    for cle in usages {
        n += sur!(conn, c => diesel::delete(usages_api::table.find(cle)).execute(c))?;
    }
    Ok(n)
}

/// The days since `depuis` on which a client called, the latest first; by the primary key.
pub fn usages<A: Action<Sur = ClientApiScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    depuis: Date,
) -> Result<Vec<Usage>, DbError> {
    Ok(usages_api::table
        .filter(usages_api::client_id.eq(V(permit.sur().id)))
        .filter(usages_api::jour.ge(V(depuis)))
        .order(usages_api::jour.desc())
        .load(conn)?)
}

/// The days since `depuis` on which clients called; by the primary key. For clients already found
/// by a permit.
pub fn resumes(conn: &mut Conn, clients: &[Ligne], depuis: Date) -> Result<Vec<Usage>, DbError> {
    let ids: Vec<V<ClientApiId>> = clients.iter().map(|c| c.id).collect();
    Ok(usages_api::table
        .filter(usages_api::client_id.eq_any(ids))
        .filter(usages_api::jour.ge(V(depuis)))
        .order(usages_api::jour.desc())
        .load(conn)?)
}
