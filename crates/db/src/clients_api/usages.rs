use diesel::prelude::*;
use domain::ids::ClientApiId;
use domain::permit::{Action, Permit};
use domain::policy::ClientApiScope;
use jiff::Timestamp;
use jiff::civil::Date;

use super::Ligne;
use crate::schema::usages_api;
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

/// Adds the calls of a client on one day.
///
/// A client that does not exist adds nothing.
pub fn ajouter_usage(conn: &mut Conn, client: ClientApiId, jour: Date, releve: &Releve) -> Result<(), DbError> {
    if continuer(conn, client, jour, releve)? {
        return Ok(());
    }
    let insere = conn.transaction(|conn| {
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
            .execute(conn)
            .map_err(DbError::from)
    });
    match insere {
        Ok(_) => Ok(()),
        // Another node wrote the day's first calls meanwhile.
        Err(DbError::Doublon(_)) => continuer(conn, client, jour, releve).map(drop),
        Err(e) => Err(e),
    }
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

/// The last days on which a client called, the latest first; by the primary key.
pub fn usages<A: Action<Sur = ClientApiScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    jours: i64,
) -> Result<Vec<Usage>, DbError> {
    Ok(usages_api::table
        .filter(usages_api::client_id.eq(V(permit.sur().id)))
        .order(usages_api::jour.desc())
        .limit(jours)
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
