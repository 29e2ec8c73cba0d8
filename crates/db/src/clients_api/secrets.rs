use diesel::prelude::*;
use domain::ids::{CleApiId, ClientApiId, SecretApiId};
use domain::permit::{Action, Permit};
use domain::policy::ClientApiScope;
use jiff::Timestamp;

use crate::schema::{cles_client_api, secrets_api};
use crate::types::V;
use crate::{Conn, DbError};

/// A secret, as it may be recognised.
#[derive(Debug, Clone, Queryable)]
pub struct Secret {
    /// Its identifier.
    pub id: V<SecretApiId>,
    /// How it starts.
    pub prefixe: String,
    /// How it ends.
    pub fin: String,
    /// When it was made.
    pub cree_le: V<Timestamp>,
    /// When it ends; `None` lives as long as the client.
    pub expire_le: Option<V<Timestamp>>,
}

/// A secret to be kept: its hash, and what lets it be recognised.
#[derive(Debug, Clone)]
pub struct NouveauSecret {
    /// Its identifier.
    pub id: SecretApiId,
    /// SHA-256 of it.
    pub sha256: [u8; 32],
    /// How it starts.
    pub prefixe: &'static str,
    /// How it ends.
    pub fin: String,
}

/// A public key of a client.
#[derive(Debug, Clone, Queryable)]
pub struct Cle {
    /// Its identifier.
    pub id: V<CleApiId>,
    /// Its name in assertions.
    pub kid: String,
    /// Its algorithm: `ES256` or `EdDSA`.
    pub alg: String,
    /// The key, as a JWK (RFC 7517).
    pub jwk: String,
    /// When it was given.
    pub cree_le: V<Timestamp>,
}

/// A public key to be kept.
#[derive(Debug, Clone)]
pub struct NouvelleCle {
    /// Its identifier.
    pub id: CleApiId,
    /// Its name in assertions.
    pub kid: String,
    /// Its algorithm.
    pub alg: &'static str,
    /// The key, as a JWK.
    pub jwk: String,
}

impl Secret {
    /// Whether it opens anything at this instant.
    pub fn vit(&self, maintenant: Timestamp) -> bool {
        self.expire_le.is_none_or(|fin| fin.0 > maintenant)
    }
}

/// The client of a secret that is alive, by `secrets_api_sha256_unique`.
pub fn client_du_secret(
    conn: &mut Conn,
    sha256: &[u8; 32],
    maintenant: Timestamp,
) -> Result<Option<ClientApiId>, DbError> {
    let ligne: Option<(V<ClientApiId>, Option<V<Timestamp>>)> = secrets_api::table
        .filter(secrets_api::sha256.eq(sha256.to_vec()))
        .select((secrets_api::client_id, secrets_api::expire_le))
        .first(conn)
        .optional()?;
    Ok(ligne.filter(|(_, fin)| fin.is_none_or(|fin| fin.0 > maintenant)).map(|(client, _)| client.0))
}

/// The secrets of a client, the latest first; by `secrets_api_client`.
pub fn secrets<A: Action<Sur = ClientApiScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Vec<Secret>, DbError> {
    Ok(secrets_api::table
        .filter(secrets_api::client_id.eq(V(permit.sur().id)))
        .order(secrets_api::id.desc())
        .select((secrets_api::id, secrets_api::prefixe, secrets_api::fin, secrets_api::cree_le, secrets_api::expire_le))
        .load(conn)?)
}

/// Gives a client another secret.
pub fn ajouter_secret(
    conn: &mut Conn,
    client: ClientApiId,
    secret: &NouveauSecret,
    le: Timestamp,
) -> Result<(), DbError> {
    diesel::insert_into(secrets_api::table)
        .values((
            secrets_api::id.eq(V(secret.id)),
            secrets_api::client_id.eq(V(client)),
            secrets_api::sha256.eq(secret.sha256.to_vec()),
            secrets_api::prefixe.eq(secret.prefixe),
            secrets_api::fin.eq(&secret.fin),
            secrets_api::cree_le.eq(V(le)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Lets the secrets of a client live until `fin` at the latest, and forgets those that are dead.
pub fn vieillir_secrets<A: Action<Sur = ClientApiScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    fin: Timestamp,
    maintenant: Timestamp,
) -> Result<(), DbError> {
    let id = V(permit.sur().id);
    let les_siens = secrets_api::table.filter(secrets_api::client_id.eq(id));
    diesel::delete(les_siens.filter(secrets_api::expire_le.le(Some(V(maintenant))))).execute(conn)?;
    diesel::update(
        secrets_api::table
            .filter(secrets_api::client_id.eq(id))
            .filter(secrets_api::expire_le.is_null().or(secrets_api::expire_le.gt(Some(V(fin))))),
    )
    .set(secrets_api::expire_le.eq(Some(V(fin))))
    .execute(conn)?;
    Ok(())
}

/// Ends a secret at once; [`DbError::Absent`] when it is another client's.
pub fn terminer_secret<A: Action<Sur = ClientApiScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    id: SecretApiId,
) -> Result<(), DbError> {
    let le_sien = secrets_api::table.find(V(id)).filter(secrets_api::client_id.eq(V(permit.sur().id)));
    if diesel::delete(le_sien).execute(conn)? == 1 { Ok(()) } else { Err(DbError::Absent) }
}

/// The public keys of a client, the latest first; by `cles_client_api_kid_unique`.
pub fn cles<A: Action<Sur = ClientApiScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Vec<Cle>, DbError> {
    cles_de(conn, permit.sur().id)
}

/// The public keys of whoever says to be `client`, to judge what it signed.
pub fn cles_de(conn: &mut Conn, client: ClientApiId) -> Result<Vec<Cle>, DbError> {
    Ok(cles_client_api::table
        .filter(cles_client_api::client_id.eq(V(client)))
        .order(cles_client_api::id.desc())
        .select((
            cles_client_api::id,
            cles_client_api::kid,
            cles_client_api::alg,
            cles_client_api::jwk,
            cles_client_api::cree_le,
        ))
        .load(conn)?)
}

/// Gives a client a public key; [`DbError::Doublon`] when it has one of that name.
pub fn ajouter_cle<A: Action<Sur = ClientApiScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    cle: &NouvelleCle,
    le: Timestamp,
) -> Result<(), DbError> {
    diesel::insert_into(cles_client_api::table)
        .values((
            cles_client_api::id.eq(V(cle.id)),
            cles_client_api::client_id.eq(V(permit.sur().id)),
            cles_client_api::kid.eq(&cle.kid),
            cles_client_api::alg.eq(cle.alg),
            cles_client_api::jwk.eq(&cle.jwk),
            cles_client_api::cree_le.eq(V(le)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes a public key away at once; [`DbError::Absent`] when it is another client's.
pub fn retirer_cle<A: Action<Sur = ClientApiScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    id: CleApiId,
) -> Result<(), DbError> {
    let la_sienne = cles_client_api::table.find(V(id)).filter(cles_client_api::client_id.eq(V(permit.sur().id)));
    if diesel::delete(la_sienne).execute(conn)? == 1 { Ok(()) } else { Err(DbError::Absent) }
}
