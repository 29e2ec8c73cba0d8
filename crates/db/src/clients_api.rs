//! API clients: the account that a company gives to its HR software.
//!
//! A client is an account of `utilisateurs` with the same identifier, attached to its
//! établissements: what it deposits, writes and reads is told like a person's.

mod secrets;
mod usages;

pub use secrets::{
    Cle, NouveauSecret, NouvelleCle, Secret, ajouter_cle, ajouter_secret, cles, cles_de, client_du_secret, retirer_cle,
    secrets, terminer_secret, vieillir_secrets,
};
pub use usages::{
    ADRESSES_MAX, AUTRES, DepuisAdresse, Releve, Usage, adresses, ajouter_adresse, ajouter_usage, oublier_jours,
    resumes, usages,
};

use std::sync::Arc;

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::acteur::Cote;
use domain::ids::{AdherentId, ClientApiId, EtablissementId, Id, UtilisateurId};
use domain::permit::{Action, Permit};
use domain::policy::{AdherentScope, ClientApiScope};
use domain::reseau::Reseau;
use domain::{Acteur, Portee, Preuve, Scopes};
use jiff::Timestamp;

use crate::codes::NatureCompte;
use crate::schema::{clients_api, etablissements, rattachements, utilisateurs};
use crate::types::V;
use crate::{Conn, DbError};

/// The account of a client.
pub const fn compte(id: ClientApiId) -> UtilisateurId {
    Id::new(id.uuid())
}

/// Whether there ever was a client of that identifier, for who counts what is tried in its name; by the primary key.
pub fn existe(conn: &mut Conn, id: ClientApiId) -> Result<bool, DbError> {
    Ok(diesel::select(exists(clients_api::table.find(V(id)))).get_result(conn)?)
}

/// A client as it is written.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = clients_api)]
pub struct Ligne {
    /// Its identifier, which is its `client_id`.
    pub id: V<ClientApiId>,
    /// Its company.
    #[diesel(column_name = adherent_id)]
    pub adherent: V<AdherentId>,
    /// Its name.
    pub nom: String,
    /// The software that uses it.
    pub logiciel: String,
    /// Its scopes, separated by spaces.
    pub scopes: String,
    /// The networks that it may call from, separated by spaces; none is anywhere.
    pub adresses: String,
    /// When it ends.
    pub expire_le: Option<V<Timestamp>>,
    /// Who made it.
    pub cree_par: V<UtilisateurId>,
    /// When.
    pub cree_le: V<Timestamp>,
    /// When it was revoked.
    pub revoque_le: Option<V<Timestamp>>,
}

/// An établissement of a client.
#[derive(Debug, Clone, Queryable)]
pub struct Lieu {
    /// The client.
    pub client: V<UtilisateurId>,
    /// The établissement.
    pub id: V<EtablissementId>,
    /// Its SIRET.
    pub siret: String,
    /// Its name.
    pub nom: String,
}

/// A client that may call at this instant.
#[derive(Debug, Clone)]
pub struct Vivant {
    /// The client.
    pub id: ClientApiId,
    /// All the scopes that it was given.
    pub scopes: Scopes,
    /// The networks that it may call from; none is anywhere.
    pub adresses: Vec<Reseau>,
}

/// A client that is neither revoked nor expired, by its primary key.
pub fn vivant(conn: &mut Conn, id: ClientApiId, maintenant: Timestamp) -> Result<Option<Vivant>, DbError> {
    let ligne: Option<(String, String, Option<V<Timestamp>>)> = clients_api::table
        .inner_join(utilisateurs::table.on(utilisateurs::id.eq(V(compte(id)))))
        .filter(clients_api::id.eq(V(id)))
        .filter(clients_api::revoque_le.is_null())
        .filter(utilisateurs::suspendu_le.is_null())
        .select((clients_api::scopes, clients_api::adresses, clients_api::expire_le))
        .first(conn)
        .optional()?;
    let Some((scopes, adresses, expire_le)) = ligne else { return Ok(None) };
    if expire_le.is_some_and(|fin| fin.0 <= maintenant) {
        return Ok(None);
    }
    Ok(Some(Vivant { id, scopes: lire_scopes(&scopes)?, adresses: lire_adresses(&adresses)? }))
}

/// The client with its present rights, narrowed to `scopes`; by the primary key of attachments.
pub fn acteur(conn: &mut Conn, client: &Vivant, scopes: Scopes, preuve: Preuve) -> Result<Arc<Acteur>, DbError> {
    let compte = crate::sessions::acteur(conn, compte(client.id), Cote::Membre)?;
    Ok(Arc::new(Acteur { portee: Portee::Client(scopes), preuve, ..compte }))
}

/// The scopes of a row.
pub fn lire_scopes(texte: &str) -> Result<Scopes, DbError> {
    Scopes::parse(texte).map_err(|e| DbError::Interne(format!("portées : {e}")))
}

/// The networks of a row.
pub fn lire_adresses(texte: &str) -> Result<Vec<Reseau>, DbError> {
    texte.split_ascii_whitespace().map(|r| r.parse().map_err(DbError::Interne)).collect()
}

/// A client to be made, or what it becomes.
#[derive(Debug, Clone)]
pub struct Reglage {
    /// Its name.
    pub nom: String,
    /// The software that uses it.
    pub logiciel: String,
    /// Its scopes.
    pub scopes: Scopes,
    /// The établissements that it is given.
    pub etablissements: Vec<EtablissementId>,
    /// The networks that it may call from; none is anywhere.
    pub adresses: Vec<Reseau>,
    /// When it ends.
    pub expire_le: Option<Timestamp>,
}

impl Reglage {
    fn adresses(&self) -> String {
        self.adresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
}

/// Makes a client and its account, attached to its établissements.
pub fn inserer<A: Action<Sur = AdherentScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    id: ClientApiId,
    reglage: &Reglage,
    le: Timestamp,
) -> Result<(), DbError> {
    creer_lignes(conn, permit.sur().id, permit.acteur().id, id, reglage, le)
}

/// Makes the rows of a client, in the name of `auteur`; for [`inserer`] and the demonstration, where
/// nobody holds a permit.
pub fn creer_lignes(
    conn: &mut Conn,
    adherent: AdherentId,
    auteur: UtilisateurId,
    id: ClientApiId,
    reglage: &Reglage,
    le: Timestamp,
) -> Result<(), DbError> {
    diesel::insert_into(utilisateurs::table)
        .values((
            utilisateurs::id.eq(V(compte(id))),
            utilisateurs::email.eq(format!("{id}@client-api.invalid")),
            utilisateurs::prenom.eq(""),
            utilisateurs::nom.eq(&reglage.nom),
            utilisateurs::fonction.eq("Client API"),
            utilisateurs::telephone.eq(""),
            utilisateurs::cote.eq(V(Cote::Membre)),
            utilisateurs::email_confirme_le.eq(Some(V(le))),
            utilisateurs::cree_le.eq(V(le)),
            utilisateurs::nature.eq(V(NatureCompte::ClientApi)),
        ))
        .execute(conn)?;
    diesel::insert_into(clients_api::table)
        .values((
            clients_api::id.eq(V(id)),
            clients_api::adherent_id.eq(V(adherent)),
            clients_api::nom.eq(&reglage.nom),
            clients_api::logiciel.eq(&reglage.logiciel),
            clients_api::scopes.eq(reglage.scopes.to_string()),
            clients_api::adresses.eq(reglage.adresses()),
            clients_api::expire_le.eq(reglage.expire_le.map(V)),
            clients_api::cree_par.eq(V(auteur)),
            clients_api::cree_le.eq(V(le)),
        ))
        .execute(conn)?;
    rattacher(conn, adherent, id, reglage)
}

/// Writes what a client becomes; [`DbError::Absent`] once it is revoked.
pub fn modifier<A: Action<Sur = ClientApiScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    reglage: &Reglage,
) -> Result<(), DbError> {
    let ClientApiScope { id, adherent, .. } = permit.sur();
    let vivant = clients_api::table.find(V(*id)).filter(clients_api::revoque_le.is_null());
    let touches = diesel::update(vivant)
        .set((
            clients_api::nom.eq(&reglage.nom),
            clients_api::logiciel.eq(&reglage.logiciel),
            clients_api::scopes.eq(reglage.scopes.to_string()),
            clients_api::adresses.eq(reglage.adresses()),
            clients_api::expire_le.eq(reglage.expire_le.map(V)),
        ))
        .execute(conn)?;
    if touches == 0 {
        return Err(DbError::Absent);
    }
    let de = V(compte(*id));
    diesel::update(utilisateurs::table.find(de)).set(utilisateurs::nom.eq(&reglage.nom)).execute(conn)?;
    diesel::delete(rattachements::table.filter(rattachements::utilisateur_id.eq(de))).execute(conn)?;
    rattacher(conn, adherent.id, *id, reglage)
}

fn rattacher(conn: &mut Conn, adherent: AdherentId, id: ClientApiId, reglage: &Reglage) -> Result<(), DbError> {
    for etablissement in &reglage.etablissements {
        let paire = crate::comptes::Paire { adherent, etablissement: *etablissement };
        crate::comptes::joindre(conn, compte(id), paire, reglage.scopes.role())?;
    }
    Ok(())
}

/// Revokes a client for good; `false` when it was already.
pub fn revoquer<A: Action<Sur = ClientApiScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    le: Timestamp,
) -> Result<bool, DbError> {
    let id = permit.sur().id;
    let vivant = clients_api::table.find(V(id)).filter(clients_api::revoque_le.is_null());
    let touches = diesel::update(vivant).set(clients_api::revoque_le.eq(Some(V(le)))).execute(conn)?;
    diesel::update(utilisateurs::table.find(V(compte(id))))
        .set(utilisateurs::suspendu_le.eq(Some(V(le))))
        .execute(conn)?;
    Ok(touches == 1)
}

/// A client, by its primary key.
pub fn lire<A: Action<Sur = ClientApiScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Ligne, DbError> {
    Ok(clients_api::table.find(V(permit.sur().id)).select(Ligne::as_select()).first(conn)?)
}

/// Holds the row of a client until the end of the transaction; [`DbError::Absent`] once it is revoked.
pub fn prendre<A: Action<Sur = ClientApiScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<(), DbError> {
    let vivant = clients_api::table.find(V(permit.sur().id)).filter(clients_api::revoque_le.is_null());
    let touches = diesel::update(vivant).set(clients_api::nom.eq(clients_api::nom)).execute(conn)?;
    if touches == 1 { Ok(()) } else { Err(DbError::Absent) }
}

/// Number of clients of a company that are not revoked; by `clients_api_adherent`.
pub fn nombre<A: Action<Sur = AdherentScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<i64, DbError> {
    Ok(clients_api::table
        .filter(clients_api::adherent_id.eq(V(permit.sur().id)))
        .filter(clients_api::revoque_le.is_null())
        .count()
        .get_result(conn)?)
}

/// The clients of a company that touch the établissements which the actor manages, the latest
/// first, one more than `limite` when there are; by `clients_api_adherent`.
pub fn lister<A: Action<Sur = AdherentScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    avant: Option<ClientApiId>,
    limite: usize,
) -> Result<Vec<Ligne>, DbError> {
    let adherent = permit.sur().id;
    let geres: Vec<_> = domain::policy::etablissements_geres(permit.acteur(), adherent).into_iter().map(V).collect();
    let touche = rattachements::table
        .filter(rattachements::utilisateur_id.eq(clients_api::id))
        .filter(rattachements::etablissement_id.eq_any(geres));
    let mut q = clients_api::table
        .filter(clients_api::adherent_id.eq(V(adherent)))
        .filter(exists(touche))
        .order(clients_api::id.desc())
        .limit(i64::try_from(limite + 1).unwrap_or(i64::MAX))
        .select(Ligne::as_select())
        .into_boxed();
    if let Some(avant) = avant {
        q = q.filter(clients_api::id.lt(V(avant)));
    }
    Ok(q.load(conn)?)
}

/// The établissements of clients, by name; by the primary key of attachments.
///
/// For clients already found by a permit.
pub fn lieux(conn: &mut Conn, clients: &[Ligne]) -> Result<Vec<Lieu>, DbError> {
    let ids: Vec<V<UtilisateurId>> = clients.iter().map(|c| V(compte(c.id.0))).collect();
    Ok(rattachements::table
        .inner_join(etablissements::table)
        .filter(rattachements::utilisateur_id.eq_any(ids))
        .order((etablissements::nom, etablissements::id))
        .select((rattachements::utilisateur_id, etablissements::id, etablissements::siret, etablissements::nom))
        .load(conn)?)
}
