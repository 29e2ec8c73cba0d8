//! Deliveries and their attempts: the log that the owner of a subscription reads and replays.

use diesel::prelude::*;
use domain::ids::{DossierId, EssaiId, EtablissementId, Id, LivraisonId, WebhookId};
use domain::permit::{Action, Permit};
use domain::policy::{WebhookScope, etablissements_geres};
use domain::webhook::{CauseEchec, EtendueRejeu, StatutLivraison, WebhookType};
use jiff::Timestamp;

use crate::journal::Objet;
use crate::schema::{essais, livraisons};
use crate::types::V;
use crate::{Conn, DbError};

/// A delivery.
#[derive(Debug, Clone, Queryable)]
pub struct Livraison {
    /// Its identifier, which is that of the webhook over all its attempts.
    pub id: V<LivraisonId>,
    /// Its subscription.
    pub abonnement: V<WebhookId>,
    /// What it tells.
    pub nature: V<WebhookType>,
    /// When that happened.
    pub le: V<Timestamp>,
    /// On which dossier.
    pub dossier: Option<V<DossierId>>,
    /// The dossier's établissement.
    pub etablissement: Option<V<EtablissementId>>,
    /// The document, message or piece concerned.
    pub objet: Option<V<Id<Objet>>>,
    /// Where it stands.
    pub statut: V<StatutLivraison>,
    /// Attempts made since it was last started.
    pub tentatives: i32,
    /// When it is tried next.
    pub prochaine_le: Option<V<Timestamp>>,
    /// When it was made.
    pub cree_le: V<Timestamp>,
    /// When it was taken or given up.
    pub terminee_le: Option<V<Timestamp>>,
}

macro_rules! colonnes_livraison {
    () => {
        (
            livraisons::id,
            livraisons::abonnement_id,
            livraisons::nature,
            livraisons::le,
            livraisons::dossier_id,
            livraisons::etablissement_id,
            livraisons::objet_id,
            livraisons::statut,
            livraisons::tentatives,
            livraisons::prochaine_le,
            livraisons::cree_le,
            livraisons::terminee_le,
        )
    };
}
pub(super) use colonnes_livraison;

/// An attempt.
#[derive(Debug, Clone, Queryable)]
pub struct Essai {
    /// When.
    pub le: V<Timestamp>,
    /// How long it took, in milliseconds.
    pub duree_ms: i32,
    /// The status answered.
    pub statut_http: Option<i32>,
    /// Why it failed; `None` when it did not.
    pub cause: Option<V<CauseEchec>>,
    /// The start of what was answered.
    pub reponse: String,
}

/// A page of the log.
#[derive(Debug, Clone)]
pub struct Page {
    /// The latest first, each with its last attempt.
    pub livraisons: Vec<(Livraison, Option<Essai>)>,
    /// The last of the page, when others follow.
    pub suivant: Option<LivraisonId>,
}

/// The établissements whose deliveries the reader may see: a subscription may hear of more than they do.
fn lieux<A: Action<Sur = WebhookScope>>(permit: &Permit<A>) -> Vec<V<EtablissementId>> {
    etablissements_geres(permit.acteur(), permit.sur().adherent.id).into_iter().map(V).collect()
}

/// A page of the deliveries of a subscription, the latest first; by `livraisons_abonnement`, or
/// `livraisons_statut` when narrowed to a statut.
pub fn lister<A: Action<Sur = WebhookScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    statut: Option<StatutLivraison>,
    avant: Option<LivraisonId>,
    limite: usize,
) -> Result<Page, DbError> {
    let mut q = livraisons::table
        .filter(livraisons::abonnement_id.eq(V(permit.sur().id)))
        .filter(livraisons::etablissement_id.is_null().or(livraisons::etablissement_id.eq_any(lieux(permit))))
        .order(livraisons::id.desc())
        .limit(i64::try_from(limite + 1).unwrap_or(i64::MAX))
        .select(colonnes_livraison!())
        .into_boxed();
    if let Some(statut) = statut {
        q = q.filter(livraisons::statut.eq(V(statut)));
    }
    if let Some(avant) = avant {
        q = q.filter(livraisons::id.lt(V(avant)));
    }
    let mut lues: Vec<Livraison> = q.load(conn)?;
    let suivant = crate::pages::couper(&mut lues, limite, |l| l.id.0);
    let mut page = Vec::with_capacity(lues.len());
    for livraison in lues {
        let dernier = dernier_essai(conn, livraison.id.0)?;
        page.push((livraison, dernier));
    }
    Ok(Page { livraisons: page, suivant })
}

/// A delivery of a subscription and all its attempts, the first first; by `essais_livraison`.
pub fn lire<A: Action<Sur = WebhookScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    id: LivraisonId,
) -> Result<(Livraison, Vec<Essai>), DbError> {
    let livraison = livraisons::table
        .find(V(id))
        .filter(livraisons::abonnement_id.eq(V(permit.sur().id)))
        .filter(livraisons::etablissement_id.is_null().or(livraisons::etablissement_id.eq_any(lieux(permit))))
        .select(colonnes_livraison!())
        .first(conn)?;
    let essais = essais::table
        .filter(essais::livraison_id.eq(V(id)))
        .order(essais::id)
        .select((essais::le, essais::duree_ms, essais::statut_http, essais::cause, essais::reponse))
        .load(conn)?;
    Ok((livraison, essais))
}

fn dernier_essai(conn: &mut Conn, id: LivraisonId) -> Result<Option<Essai>, DbError> {
    Ok(essais::table
        .filter(essais::livraison_id.eq(V(id)))
        .order(essais::id.desc())
        .select((essais::le, essais::duree_ms, essais::statut_http, essais::cause, essais::reponse))
        .first(conn)
        .optional()?)
}

/// Starts a delivery again; `false` when it is under way already, or the test button's.
pub fn rejouer<A: Action<Sur = WebhookScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    id: LivraisonId,
    le: Timestamp,
) -> Result<bool, DbError> {
    lire(conn, permit, id)?;
    let finie = livraisons::table
        .find(V(id))
        .filter(livraisons::statut.ne(V(StatutLivraison::EnAttente)))
        .filter(livraisons::nature.ne(V(WebhookType::Essai)));
    Ok(diesel::update(finie).set(relance(le)).execute(conn)? == 1)
}

/// The deliveries of a subscription that stand at a statut, but those of the test button; by `livraisons_statut`.
macro_rules! siennes {
    ($abonnement:expr, $statut:expr) => {
        livraisons::table
            .filter(livraisons::abonnement_id.eq(V($abonnement)))
            .filter(livraisons::statut.eq(V($statut)))
            .filter(livraisons::nature.ne(V(WebhookType::Essai)))
    };
}

/// Starts again the deliveries of what happened since `depuis` that the asker may see; how many.
pub fn rejouer_depuis<A: Action<Sur = WebhookScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    depuis: Timestamp,
    etendue: EtendueRejeu,
    le: Timestamp,
) -> Result<usize, DbError> {
    let statuts: &[StatutLivraison] = match etendue {
        EtendueRejeu::Toutes => &[StatutLivraison::Echouee, StatutLivraison::Livree],
        EtendueRejeu::Echecs => &[StatutLivraison::Echouee],
    };
    let mut n = 0;
    for statut in statuts {
        let siennes = siennes!(permit.sur().id, *statut)
            .filter(livraisons::le.ge(V(depuis)))
            .filter(livraisons::etablissement_id.is_null().or(livraisons::etablissement_id.eq_any(lieux(permit))));
        n += diesel::update(siennes).set(relance(le)).execute(conn)?;
    }
    Ok(n)
}

/// Starts again all the deliveries of a subscription that stand at `statut`.
pub(super) fn relancer(
    conn: &mut Conn,
    abonnement: WebhookId,
    statut: StatutLivraison,
    le: Timestamp,
) -> Result<usize, DbError> {
    Ok(diesel::update(siennes!(abonnement, statut)).set(relance(le)).execute(conn)?)
}

type Relance = (
    diesel::dsl::Eq<livraisons::statut, V<StatutLivraison>>,
    diesel::dsl::Eq<livraisons::tentatives, i32>,
    diesel::dsl::Eq<livraisons::prochaine_le, Option<V<Timestamp>>>,
    diesel::dsl::Eq<livraisons::terminee_le, Option<V<Timestamp>>>,
);

fn relance(le: Timestamp) -> Relance {
    (
        livraisons::statut.eq(V(StatutLivraison::EnAttente)),
        livraisons::tentatives.eq(0),
        livraisons::prochaine_le.eq(Some(V(le))),
        livraisons::terminee_le.eq(None::<V<Timestamp>>),
    )
}

/// Holds back all the deliveries of a subscription that are not over; by `livraisons_statut`.
pub(super) fn retenir_toutes(conn: &mut Conn, abonnement: WebhookId) -> Result<(), DbError> {
    let siennes = livraisons::table
        .filter(livraisons::abonnement_id.eq(V(abonnement)))
        .filter(livraisons::statut.eq(V(StatutLivraison::EnAttente)));
    diesel::update(siennes)
        .set((livraisons::statut.eq(V(StatutLivraison::Retenue)), livraisons::prochaine_le.eq(None::<V<Timestamp>>)))
        .execute(conn)?;
    Ok(())
}

/// An attempt, to be written.
#[derive(Debug, Clone)]
pub struct NouvelEssai {
    /// When.
    pub le: Timestamp,
    /// How long it took, in milliseconds.
    pub duree_ms: i32,
    /// The status answered.
    pub statut_http: Option<i32>,
    /// Why it failed.
    pub cause: Option<CauseEchec>,
    /// The start of what was answered.
    pub reponse: String,
}

/// Writes an attempt.
pub(super) fn tracer(conn: &mut Conn, livraison: LivraisonId, essai: &NouvelEssai) -> Result<(), DbError> {
    let id: EssaiId = Id::new(uuid::Uuid::now_v7());
    diesel::insert_into(essais::table)
        .values((
            essais::id.eq(V(id)),
            essais::livraison_id.eq(V(livraison)),
            essais::le.eq(V(essai.le)),
            essais::duree_ms.eq(essai.duree_ms),
            essais::statut_http.eq(essai.statut_http),
            essais::cause.eq(essai.cause.map(V)),
            essais::reponse.eq(&essai.reponse),
        ))
        .execute(conn)?;
    Ok(())
}

/// Removes the deliveries made before `avant` that are over, with their attempts; how many, `limite`
/// at most. By `livraisons_anciennes`.
pub fn purger(conn: &mut Conn, avant: Timestamp, limite: i64) -> Result<usize, DbError> {
    let anciennes: Vec<V<LivraisonId>> = livraisons::table
        .filter(livraisons::cree_le.lt(V(avant)))
        .filter(livraisons::statut.ne(V(StatutLivraison::EnAttente)))
        .order(livraisons::cree_le)
        .limit(limite)
        .select(livraisons::id)
        .load(conn)?;
    let finies = || {
        let anciennes = livraisons::table.filter(livraisons::id.eq_any(anciennes.clone()));
        anciennes.filter(livraisons::statut.ne(V(StatutLivraison::EnAttente)))
    };
    // Held first: one that is replayed at this very moment stays, with its attempts.
    diesel::update(finies()).set(livraisons::statut.eq(livraisons::statut)).execute(conn)?;
    let ids: Vec<V<LivraisonId>> = finies().select(livraisons::id).load(conn)?;
    diesel::delete(essais::table.filter(essais::livraison_id.eq_any(ids.clone()))).execute(conn)?;
    Ok(diesel::delete(livraisons::table.filter(livraisons::id.eq_any(ids))).execute(conn)?)
}
