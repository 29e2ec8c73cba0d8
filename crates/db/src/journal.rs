//! The audit journal, and the events that every write may announce.

use diesel::prelude::*;
use domain::evenement::EvenementType;
use domain::ids::{DossierId, EtablissementId, Id, UtilisateurId};
use domain::policy::DossierScope;
use jiff::Timestamp;
use uuid::Uuid;

use crate::codes::Audience;
use crate::conn::sur;
use crate::schema::{evenements, journal};
use crate::types::V;
use crate::{Conn, DbError};

/// Any row, where the journal does not say of which kind.
#[derive(Debug)]
pub enum Objet {}

/// One line of the journal: who did what to what. Never a name, a text or a file name.
#[derive(Debug, Clone)]
pub struct Trace {
    /// The stable name of the act, such as `document.deposer`.
    pub action: &'static str,
    /// The kind of thing acted on, such as `document`.
    pub objet: &'static str,
    /// The thing acted on.
    pub objet_id: Uuid,
    /// Its dossier, when it has one.
    pub dossier: Option<DossierId>,
    /// Identifiers and codes that say more.
    pub details: serde_json::Value,
}

/// Something to announce to those who follow a dossier.
#[derive(Debug, Clone)]
pub struct Annonce {
    /// What happened.
    pub nature: EvenementType,
    /// Who may hear of it.
    pub audience: Audience,
    /// On which dossier.
    pub dossier: DossierScope,
    /// The document or message concerned.
    pub objet: Option<Uuid>,
}

/// Writes a line of the journal.
pub fn tracer(
    conn: &mut Conn,
    id: Uuid,
    acteur: Option<UtilisateurId>,
    le: Timestamp,
    trace: &Trace,
) -> Result<(), DbError> {
    sur!(conn, c => diesel::insert_into(journal::table)
        .values((
            journal::id.eq(V(Id::<Objet>::new(id))),
            journal::le.eq(V(le)),
            journal::acteur_id.eq(acteur.map(V)),
            journal::action.eq(trace.action),
            journal::objet.eq(trace.objet),
            journal::objet_id.eq(V(Id::<Objet>::new(trace.objet_id))),
            journal::dossier_id.eq(trace.dossier.map(V)),
            journal::details.eq(trace.details.to_string()),
        ))
        .execute(c))?;
    Ok(())
}

/// Writes an event of the live stream, marked to be dealt out when a subscription may want it.
pub fn annoncer(conn: &mut Conn, le: Timestamp, annonce: &Annonce) -> Result<(), DbError> {
    let ecoute = annonce.audience != Audience::Opco && crate::webhooks::ecoute(conn, annonce.dossier.adherent)?;
    sur!(conn, c => diesel::insert_into(evenements::table)
        .values((
            evenements::le.eq(V(le)),
            evenements::nature.eq(V(annonce.nature)),
            evenements::audience.eq(V(annonce.audience)),
            evenements::dossier_id.eq(V(annonce.dossier.id)),
            evenements::etablissement_id.eq(V(annonce.dossier.etablissement)),
            evenements::gestionnaire_id.eq(annonce.dossier.gestionnaire.map(V)),
            evenements::objet_id.eq(annonce.objet.map(|o| V(Id::<Objet>::new(o)))),
            evenements::a_distribuer_le.eq(ecoute.then_some(V(le))),
        ))
        .execute(c))?;
    Ok(())
}

/// An event as it was written.
#[derive(Debug, Clone, Queryable)]
pub struct Evenement {
    /// Its place in the stream.
    pub seq: i64,
    /// When.
    pub le: V<Timestamp>,
    /// What happened.
    pub nature: V<EvenementType>,
    /// Who may hear of it.
    pub audience: V<Audience>,
    /// On which dossier.
    pub dossier: V<DossierId>,
    /// The dossier's établissement.
    pub etablissement: V<EtablissementId>,
    /// The dossier's gestionnaire.
    pub gestionnaire: Option<V<UtilisateurId>>,
    /// The document or message concerned.
    pub objet: Option<V<Id<Objet>>>,
}

macro_rules! colonnes_evenement {
    () => {
        (
            evenements::seq,
            evenements::le,
            evenements::nature,
            evenements::audience,
            evenements::dossier_id,
            evenements::etablissement_id,
            evenements::gestionnaire_id,
            evenements::objet_id,
        )
    };
}
pub(crate) use colonnes_evenement;

/// The events after `seq`, in order, `limite` at most; by the primary key.
///
/// For the hub that deals them out to each follower by its own perimeter.
pub fn evenements_apres(conn: &mut Conn, seq: i64, limite: i64) -> Result<Vec<Evenement>, DbError> {
    Ok(evenements::table
        .filter(evenements::seq.gt(seq))
        .order(evenements::seq)
        .limit(limite)
        .select(colonnes_evenement!())
        .load(conn)?)
}

/// The place of the last event, 0 when there is none.
pub fn dernier_evenement(conn: &mut Conn) -> Result<i64, DbError> {
    let seq: Option<i64> = evenements::table.select(diesel::dsl::max(evenements::seq)).first(conn)?;
    Ok(seq.unwrap_or(0))
}

/// The events of these places that are there; by the primary key.
pub fn evenements_parmi(conn: &mut Conn, seqs: Vec<i64>) -> Result<Vec<Evenement>, DbError> {
    Ok(evenements::table
        .filter(evenements::seq.eq_any(seqs))
        .order(evenements::seq)
        .select(colonnes_evenement!())
        .load(conn)?)
}

/// The places of the last `nombre` events, in order; by the primary key.
pub fn derniers_evenements(conn: &mut Conn, nombre: i64) -> Result<Vec<i64>, DbError> {
    let mut seqs: Vec<i64> =
        evenements::table.order(evenements::seq.desc()).limit(nombre).select(evenements::seq).load(conn)?;
    seqs.reverse();
    Ok(seqs)
}

/// The place of the first event that is kept, 0 when there is none.
pub fn premier_evenement(conn: &mut Conn) -> Result<i64, DbError> {
    let seq: Option<i64> = evenements::table.select(diesel::dsl::min(evenements::seq)).first(conn)?;
    Ok(seq.unwrap_or(0))
}

/// Of the `limite` events that follow the place `apres`, removes those written before `avant`, but those that await their
/// subscriptions and the last one, which says where the stream stands. By the primary key: places follow time, but for
/// what is written at once.
///
/// How many, and the place to go on from; `None` when what follows is younger.
pub fn purger_evenements(
    conn: &mut Conn,
    apres: i64,
    avant: Timestamp,
    limite: i64,
) -> Result<(usize, Option<i64>), DbError> {
    let places: Vec<(i64, V<Timestamp>)> = evenements::table
        .filter(evenements::seq.gt(apres))
        .order(evenements::seq)
        .limit(limite)
        .select((evenements::seq, evenements::le))
        .load(conn)?;
    let Some(&(fin, le)) = places.last() else { return Ok((0, None)) };
    let anciens = evenements::table
        .filter(evenements::seq.gt(apres))
        .filter(evenements::seq.le(fin))
        .filter(evenements::le.lt(V(avant)))
        .filter(evenements::seq.lt(dernier_evenement(conn)?))
        .filter(evenements::a_distribuer_le.is_null());
    Ok((diesel::delete(anciens).execute(conn)?, (le.0 < avant).then_some(fin)))
}
