//! Subscriptions to webhooks.

pub mod file;
pub mod livraisons;

use std::collections::HashMap;

use diesel::prelude::*;
use domain::code::Code as _;
use domain::ids::{AdherentId, EtablissementId, UtilisateurId, WebhookId};
use domain::permit::{Action, Permit};
use domain::policy::{AdherentScope, WebhookScope};
use domain::webhook::{EtatAbonnement, MotifDesactivation, StatutLivraison, WebhookType};
use jiff::Timestamp;

use crate::conn::sur;
use crate::schema::{abonnements_webhook as abonnements, abonnements_webhook_etablissements as ouverts};
use crate::schema::{essais, livraisons as t_livraisons, utilisateurs};
use crate::types::V;
use crate::{Conn, DbError};

/// A subscription; its secrets are read by [`secrets`] alone.
#[derive(Debug, Clone)]
pub struct Abonnement {
    /// Its row.
    pub ligne: Ligne,
    /// The établissements it is narrowed to; none is all those of its bearer.
    pub etablissements: Vec<EtablissementId>,
}

/// The row of a subscription.
#[derive(Debug, Clone, Queryable)]
pub struct Ligne {
    /// Its identifier.
    pub id: V<WebhookId>,
    /// Its company.
    pub adherent: V<AdherentId>,
    /// Where it is sent.
    pub url: String,
    /// The codes of its types, separated by spaces; none is all.
    types: String,
    /// What its owner says of it.
    pub description: String,
    /// Where it stands.
    pub etat: V<EtatAbonnement>,
    /// Why it was switched off.
    pub motif: Option<V<MotifDesactivation>>,
    /// Since when it stands there.
    pub etat_le: V<Timestamp>,
    /// Who made it.
    pub cree_par: V<UtilisateurId>,
    /// When.
    pub cree_le: V<Timestamp>,
    /// Whose rights say what it may hear: the last who set it.
    pub porteur: V<UtilisateurId>,
    /// When its secret was made.
    pub secret_le: V<Timestamp>,
    /// Until when the previous secret signs too.
    pub precedent_jusqu_a: Option<V<Timestamp>>,
    /// When a delivery was last taken.
    pub dernier_succes_le: Option<V<Timestamp>>,
    /// Since when every attempt fails.
    pub echecs_depuis: Option<V<Timestamp>>,
}

macro_rules! colonnes {
    () => {
        (
            abonnements::id,
            abonnements::adherent_id,
            abonnements::url,
            abonnements::types,
            abonnements::description,
            abonnements::etat,
            abonnements::motif,
            abonnements::etat_le,
            abonnements::cree_par,
            abonnements::cree_le,
            abonnements::porteur_id,
            abonnements::secret_le,
            abonnements::precedent_jusqu_a,
            abonnements::dernier_succes_le,
            abonnements::echecs_depuis,
        )
    };
}

impl Ligne {
    /// Its types; none is all.
    pub fn types(&self) -> Vec<WebhookType> {
        self.types.split(' ').filter_map(WebhookType::du_code).collect()
    }
}

/// What the owner of a subscription sets.
#[derive(Debug, Clone)]
pub struct Choix {
    /// Where it is sent.
    pub url: String,
    /// Its types; none is all.
    pub types: Vec<WebhookType>,
    /// The établissements it is narrowed to; none is all those of its bearer.
    pub etablissements: Vec<EtablissementId>,
    /// What its owner says of it.
    pub description: String,
}

impl Choix {
    fn codes(&self) -> String {
        self.types.iter().map(|t| t.code()).collect::<Vec<_>>().join(" ")
    }
}

/// The sealed secrets of a subscription.
#[derive(Clone, Queryable)]
pub struct Secrets {
    /// The one that signs.
    pub secret: Vec<u8>,
    /// The one before it.
    pub precedent: Option<Vec<u8>>,
    /// Until when it signs too.
    pub precedent_jusqu_a: Option<V<Timestamp>>,
}

/// How many deliveries of a subscription stand where, each counted up to [`COMPTE_MAX`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Comptes {
    /// To be tried, or tried again.
    pub en_attente: i64,
    /// Given up.
    pub echouees: i64,
    /// Held back.
    pub retenues: i64,
}

/// Deliveries are counted up to this number.
pub const COMPTE_MAX: i64 = 1000;

/// The subscriptions of a company, the first made first; by `abonnements_webhook_adherent`.
pub fn lister<A: Action<Sur = AdherentScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Vec<Abonnement>, DbError> {
    let lignes: Vec<Ligne> = abonnements::table
        .filter(abonnements::adherent_id.eq(V(permit.sur().id)))
        .order(abonnements::id)
        .select(colonnes!())
        .load(conn)?;
    completer(conn, lignes)
}

/// Number of subscriptions of a company; by `abonnements_webhook_adherent`.
pub fn nombre<A: Action<Sur = AdherentScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<i64, DbError> {
    Ok(abonnements::table.filter(abonnements::adherent_id.eq(V(permit.sur().id))).count().get_result(conn)?)
}

/// Makes a subscription, which its author bears.
pub fn inserer<A: Action<Sur = AdherentScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    id: WebhookId,
    choix: &Choix,
    secret: &[u8],
    le: Timestamp,
) -> Result<(), DbError> {
    let auteur = V(permit.acteur().id);
    diesel::insert_into(abonnements::table)
        .values((
            abonnements::id.eq(V(id)),
            abonnements::adherent_id.eq(V(permit.sur().id)),
            abonnements::url.eq(&choix.url),
            abonnements::types.eq(choix.codes()),
            abonnements::description.eq(&choix.description),
            abonnements::etat.eq(V(EtatAbonnement::Actif)),
            abonnements::etat_le.eq(V(le)),
            abonnements::cree_par.eq(auteur),
            abonnements::cree_le.eq(V(le)),
            abonnements::porteur_id.eq(auteur),
            abonnements::secret.eq(secret),
            abonnements::secret_le.eq(V(le)),
        ))
        .execute(conn)?;
    ouvrir(conn, id, &choix.etablissements)
}

/// A subscription, by its primary key.
pub fn lire<A: Action<Sur = WebhookScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Abonnement, DbError> {
    abonnement(conn, permit.sur().id)
}

/// A subscription, whose row is held until the end of the transaction.
pub fn prendre<A: Action<Sur = WebhookScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Abonnement, DbError> {
    let sien = abonnements::table.find(V(permit.sur().id));
    diesel::update(sien).set(abonnements::url.eq(abonnements::url)).execute(conn)?;
    lire(conn, permit)
}

/// Sets a subscription anew; who sets it bears it from now on.
pub fn modifier<A: Action<Sur = WebhookScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    choix: &Choix,
) -> Result<(), DbError> {
    let id = permit.sur().id;
    diesel::update(abonnements::table.find(V(id)))
        .set((
            abonnements::url.eq(&choix.url),
            abonnements::types.eq(choix.codes()),
            abonnements::description.eq(&choix.description),
            abonnements::porteur_id.eq(V(permit.acteur().id)),
        ))
        .execute(conn)?;
    diesel::delete(ouverts::table.filter(ouverts::abonnement_id.eq(V(id)))).execute(conn)?;
    ouvrir(conn, id, &choix.etablissements)
}

fn ouvrir(conn: &mut Conn, id: WebhookId, lieux: &[EtablissementId]) -> Result<(), DbError> {
    // One by one: a multi-row insert is not written once for both engines.
    for lieu in lieux {
        diesel::insert_into(ouverts::table)
            .values((ouverts::abonnement_id.eq(V(id)), ouverts::etablissement_id.eq(V(*lieu))))
            .execute(conn)?;
    }
    Ok(())
}

/// Removes a subscription with its deliveries and their attempts.
pub fn supprimer<A: Action<Sur = WebhookScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<(), DbError> {
    let id = V(permit.sur().id);
    // Who deals events out holds the row meanwhile: what it made is seen here, and nothing more comes.
    prendre(conn, permit)?;
    let siennes = t_livraisons::table.filter(t_livraisons::abonnement_id.eq(id));
    diesel::delete(essais::table.filter(essais::livraison_id.eq_any(siennes.select(t_livraisons::id))))
        .execute(conn)?;
    diesel::delete(siennes).execute(conn)?;
    diesel::delete(ouverts::table.filter(ouverts::abonnement_id.eq(id))).execute(conn)?;
    diesel::delete(abonnements::table.find(id)).execute(conn)?;
    Ok(())
}

/// Gives a subscription a new secret; the one before it signs too until `precedent_jusqu_a`.
pub fn changer_secret<A: Action<Sur = WebhookScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    secret: &[u8],
    precedent_jusqu_a: Option<Timestamp>,
    le: Timestamp,
) -> Result<(), DbError> {
    let id = permit.sur().id;
    // Two changes at once: the second knows the secret that the first gave.
    prendre(conn, permit)?;
    let ancien = precedent_jusqu_a.map(|_| secrets(conn, id).map(|s| s.secret)).transpose()?;
    diesel::update(abonnements::table.find(V(id)))
        .set((
            abonnements::secret.eq(secret),
            abonnements::secret_le.eq(V(le)),
            abonnements::secret_precedent.eq(ancien),
            abonnements::precedent_jusqu_a.eq(precedent_jusqu_a.map(V)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Pauses a subscription, and holds its deliveries back; `false` when it was not active.
pub fn suspendre<A: Action<Sur = WebhookScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    le: Timestamp,
) -> Result<bool, DbError> {
    let id = permit.sur().id;
    quitter_actif(conn, id, EtatAbonnement::Suspendu, None, le)
}

/// Makes a subscription active again and lets go what was held back; `false` when it was active.
///
/// Who resumes it bears it from now on.
pub fn reprendre<A: Action<Sur = WebhookScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    le: Timestamp,
) -> Result<bool, DbError> {
    let id = V(permit.sur().id);
    let arretes = abonnements::table.find(id).filter(abonnements::etat.ne(V(EtatAbonnement::Actif)));
    let touches = diesel::update(arretes)
        .set((
            abonnements::etat.eq(V(EtatAbonnement::Actif)),
            abonnements::motif.eq(None::<V<MotifDesactivation>>),
            abonnements::etat_le.eq(V(le)),
            abonnements::echecs_depuis.eq(None::<V<Timestamp>>),
            abonnements::porteur_id.eq(V(permit.acteur().id)),
        ))
        .execute(conn)?;
    livraisons::relancer(conn, permit.sur().id, StatutLivraison::Retenue, le)?;
    Ok(touches == 1)
}

/// Switches an active subscription off, and holds its deliveries back; `false` when it was not active.
pub fn desactiver(conn: &mut Conn, id: WebhookId, motif: MotifDesactivation, le: Timestamp) -> Result<bool, DbError> {
    quitter_actif(conn, id, EtatAbonnement::Desactive, Some(motif), le)
}

fn quitter_actif(
    conn: &mut Conn,
    id: WebhookId,
    etat: EtatAbonnement,
    motif: Option<MotifDesactivation>,
    le: Timestamp,
) -> Result<bool, DbError> {
    let actif = abonnements::table.find(V(id)).filter(abonnements::etat.eq(V(EtatAbonnement::Actif)));
    let touches = diesel::update(actif)
        .set((abonnements::etat.eq(V(etat)), abonnements::motif.eq(motif.map(V)), abonnements::etat_le.eq(V(le))))
        .execute(conn)?;
    if touches == 1 {
        livraisons::retenir_toutes(conn, id)?;
    }
    Ok(touches == 1)
}

/// How many deliveries of a subscription stand where, tests apart, of the établissements in sight; by `livraisons_statut`.
pub fn comptes(conn: &mut Conn, id: WebhookId, lieux: &[EtablissementId]) -> Result<Comptes, DbError> {
    let lieux: Vec<V<EtablissementId>> = lieux.iter().copied().map(V).collect();
    let mut compte = |statut: StatutLivraison| -> Result<i64, DbError> {
        let ids: Vec<V<domain::ids::LivraisonId>> = t_livraisons::table
            .filter(t_livraisons::abonnement_id.eq(V(id)))
            .filter(t_livraisons::statut.eq(V(statut)))
            .filter(t_livraisons::nature.ne(V(WebhookType::Essai)))
            .filter(t_livraisons::etablissement_id.eq_any(lieux.clone()))
            .select(t_livraisons::id)
            .limit(COMPTE_MAX)
            .load(conn)?;
        Ok(i64::try_from(ids.len()).unwrap_or(COMPTE_MAX))
    };
    Ok(Comptes {
        en_attente: compte(StatutLivraison::EnAttente)?,
        echouees: compte(StatutLivraison::Echouee)?,
        retenues: compte(StatutLivraison::Retenue)?,
    })
}

/// The names of those who made subscriptions, by their identifiers; a program has none.
pub fn auteurs(conn: &mut Conn, lus: &[Abonnement]) -> Result<HashMap<UtilisateurId, String>, DbError> {
    let ids: Vec<V<UtilisateurId>> = lus.iter().map(|a| a.ligne.cree_par).collect();
    let noms: Vec<(V<UtilisateurId>, String, String)> = utilisateurs::table
        .filter(utilisateurs::id.eq_any(ids))
        .select((utilisateurs::id, utilisateurs::prenom, utilisateurs::nom))
        .load(conn)?;
    Ok(noms.into_iter().map(|(id, prenom, nom)| (id.0, crate::comptes::nom_complet(&prenom, &nom))).collect())
}

/// A subscription, for the worker that sends; [`DbError::Absent`] once it is removed.
pub(crate) fn abonnement(conn: &mut Conn, id: WebhookId) -> Result<Abonnement, DbError> {
    let ligne: Ligne = abonnements::table.find(V(id)).select(colonnes!()).first(conn)?;
    completer(conn, vec![ligne])?.pop().ok_or(DbError::Absent)
}

/// The sealed secrets of a subscription, for what signs.
pub fn secrets(conn: &mut Conn, id: WebhookId) -> Result<Secrets, DbError> {
    Ok(abonnements::table
        .find(V(id))
        .select((abonnements::secret, abonnements::secret_precedent, abonnements::precedent_jusqu_a))
        .first(conn)?)
}

/// Reads the établissements that each is narrowed to, at once.
fn completer(conn: &mut Conn, lignes: Vec<Ligne>) -> Result<Vec<Abonnement>, DbError> {
    let ids: Vec<V<WebhookId>> = lignes.iter().map(|l| l.id).collect();
    let paires: Vec<(V<WebhookId>, V<EtablissementId>)> = ouverts::table
        .filter(ouverts::abonnement_id.eq_any(ids))
        .order((ouverts::abonnement_id, ouverts::etablissement_id))
        .select((ouverts::abonnement_id, ouverts::etablissement_id))
        .load(conn)?;
    Ok(lignes
        .into_iter()
        .map(|ligne| {
            let siens = paires.iter().filter(|(id, _)| *id == ligne.id).map(|(_, lieu)| lieu.0).collect();
            Abonnement { ligne, etablissements: siens }
        })
        .collect())
}

/// The subscriptions of a company, whatever their state, for the worker that deals events out: they stay in that state
/// until the end of its transaction.
pub(crate) fn de_l_adherent(conn: &mut Conn, adherent: AdherentId) -> Result<Vec<Abonnement>, DbError> {
    macro_rules! siens {
        () => {
            abonnements::table
                .filter(abonnements::adherent_id.eq(V(adherent)))
                .order(abonnements::id)
                .select(colonnes!())
        };
    }
    let lignes: Vec<Ligne> = match conn {
        Conn::Sqlite(c) => siens!().load(c)?,
        #[cfg(feature = "postgres")]
        Conn::Postgres(c) => siens!().for_share().load(c)?,
    };
    completer(conn, lignes)
}

/// Whether a company has a subscription; by `abonnements_webhook_adherent`.
pub(crate) fn ecoute(conn: &mut Conn, adherent: AdherentId) -> Result<bool, DbError> {
    let une = abonnements::table.filter(abonnements::adherent_id.eq(V(adherent))).select(abonnements::id);
    Ok(sur!(conn, c => une.first::<V<WebhookId>>(c)).optional()?.is_some())
}

/// Writes that a delivery was taken, or that an attempt failed after others that did not.
pub(crate) fn noter(conn: &mut Conn, id: WebhookId, succes: bool, le: Timestamp) -> Result<(), DbError> {
    if succes {
        diesel::update(abonnements::table.find(V(id)))
            .set((abonnements::dernier_succes_le.eq(Some(V(le))), abonnements::echecs_depuis.eq(None::<V<Timestamp>>)))
            .execute(conn)?;
    } else {
        diesel::update(abonnements::table.find(V(id)).filter(abonnements::echecs_depuis.is_null()))
            .set(abonnements::echecs_depuis.eq(Some(V(le))))
            .execute(conn)?;
    }
    Ok(())
}
