use diesel::prelude::*;
use domain::ids::{DemandeId, DocumentId, DossierId, Id, MessageId, TeleversementId};
use domain::permit::{Action, Permit};
use domain::policy::AdherentScope;

use crate::journal::Objet;
use crate::schema::{
    arrivees, changements_etat, demandes, demandes_piece, documents, dossiers, inscriptions, jobs, lectures, messages,
    parties_televersement, pieces_jointes, references_externes, reglements, televersements,
};
use crate::types::V;
use crate::{Conn, DbError, recherche};

/// Removes the dossiers of a company and all that hangs on them; the files that the vault holds for nobody any more.
///
/// The company, its people, its subscriptions to webhooks and the journal stay; so do events, by which the live stream
/// knows where it stands.
pub fn vider<A: Action<Sur = AdherentScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Vec<String>, DbError> {
    let lus: Vec<(V<DossierId>, V<DemandeId>)> = dossiers::table
        .filter(dossiers::adherent_id.eq(V(permit.sur().id)))
        .select((dossiers::id, dossiers::demande_id))
        .load(conn)?;
    let (ids, demandees): (Vec<_>, Vec<_>) = lus.into_iter().unzip();
    let mut blobs = televersements_de(conn, &ids)?;
    messages_de(conn, &ids)?;
    blobs.extend(documents_de(conn, &ids)?);
    macro_rules! retirer {
        ($($table:ident),+) => { $(
            diesel::delete($table::table.filter($table::dossier_id.eq_any(ids.clone()))).execute(conn)?;
        )+ };
    }
    retirer!(arrivees, changements_etat, demandes_piece, inscriptions, reglements);
    oublier(conn, ids.iter().map(|d| d.0.uuid()))?;
    diesel::delete(dossiers::table.filter(dossiers::id.eq_any(ids))).execute(conn)?;
    diesel::delete(demandes::table.filter(demandes::id.eq_any(demandees))).execute(conn)?;
    Ok(blobs)
}

/// The resumable uploads and their parts.
fn televersements_de(conn: &mut Conn, dossiers: &[V<DossierId>]) -> Result<Vec<String>, DbError> {
    let ids: Vec<V<TeleversementId>> = televersements::table
        .filter(televersements::dossier_id.eq_any(dossiers.to_vec()))
        .select(televersements::id)
        .load(conn)?;
    let siennes = || parties_televersement::table.filter(parties_televersement::televersement_id.eq_any(ids.clone()));
    let blobs = siennes().select(parties_televersement::blob).load(conn)?;
    diesel::delete(siennes()).execute(conn)?;
    oublier(conn, ids.iter().map(|t| t.0.uuid()))?;
    diesel::delete(televersements::table.filter(televersements::id.eq_any(ids))).execute(conn)?;
    Ok(blobs)
}

/// The messages, their reading state and their words.
fn messages_de(conn: &mut Conn, dossiers: &[V<DossierId>]) -> Result<(), DbError> {
    let ids: Vec<V<MessageId>> =
        messages::table.filter(messages::dossier_id.eq_any(dossiers.to_vec())).select(messages::id).load(conn)?;
    diesel::delete(pieces_jointes::table.filter(pieces_jointes::message_id.eq_any(ids.clone()))).execute(conn)?;
    diesel::delete(lectures::table.filter(lectures::dossier_id.eq_any(dossiers.to_vec()))).execute(conn)?;
    for id in &ids {
        recherche::oublier(conn, id.0)?;
    }
    oublier(conn, ids.iter().map(|m| m.0.uuid()))?;
    diesel::delete(messages::table.filter(messages::id.eq_any(ids))).execute(conn)?;
    Ok(())
}

/// The documents, and what was planned for them.
fn documents_de(conn: &mut Conn, dossiers: &[V<DossierId>]) -> Result<Vec<String>, DbError> {
    let lus: Vec<(V<DocumentId>, String)> = documents::table
        .filter(documents::dossier_id.eq_any(dossiers.to_vec()))
        .select((documents::id, documents::blob))
        .load(conn)?;
    let (ids, blobs): (Vec<V<DocumentId>>, Vec<String>) = lus.into_iter().unzip();
    oublier(conn, ids.iter().map(|d| d.0.uuid()))?;
    diesel::delete(documents::table.filter(documents::id.eq_any(ids))).execute(conn)?;
    Ok(blobs)
}

/// The work planned about things, and the names that callers gave them.
fn oublier(conn: &mut Conn, objets: impl Iterator<Item = uuid::Uuid>) -> Result<(), DbError> {
    let objets: Vec<V<Id<Objet>>> = objets.map(|o| V(Id::new(o))).collect();
    diesel::delete(jobs::table.filter(jobs::objet_id.eq_any(objets.clone()))).execute(conn)?;
    diesel::delete(references_externes::table.filter(references_externes::objet_id.eq_any(objets))).execute(conn)?;
    Ok(())
}
