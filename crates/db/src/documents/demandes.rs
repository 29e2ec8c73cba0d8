//! The gestionnaire's requests for pieces: one at most for a category of a dossier.

use diesel::prelude::*;
use domain::ids::{DemandePieceId, DossierId, TypePieceId};
use domain::permit::Permit;
use domain::policy::{DemanderPiece, DossierScope};
use jiff::Timestamp;
use jiff::civil::Date;

use super::LigneDocument;
use crate::conn::sur;
use crate::dossiers::LigneDossier;
use crate::schema::{demandes_piece, utilisateurs};
use crate::types::V;
use crate::{Conn, DbError};

/// A request for a piece, and who made it.
#[derive(Debug, Clone, Queryable)]
pub struct DemandePiece {
    /// The category.
    pub type_piece: V<TypePieceId>,
    /// Why.
    pub motif: String,
    /// The day it falls due.
    pub avant: Option<V<Date>>,
    /// When it was made.
    pub le: V<Timestamp>,
    /// First name of who made it.
    pub prenom: String,
    /// Last name of who made it.
    pub nom: String,
}

/// Requests for pieces, with their dossier.
macro_rules! demandees {
    () => {
        demandes_piece::table.inner_join(utilisateurs::table).select((
            demandes_piece::dossier_id,
            (
                demandes_piece::type_piece_id,
                demandes_piece::motif,
                demandes_piece::avant,
                demandes_piece::le,
                utilisateurs::prenom,
                utilisateurs::nom,
            ),
        ))
    };
}

/// The requests for pieces of a dossier; by `demandes_piece_unique`.
pub fn demandes(conn: &mut Conn, dossier: &DossierScope) -> Result<Vec<DemandePiece>, DbError> {
    let lues: Vec<(V<DossierId>, DemandePiece)> =
        sur!(conn, c => demandees!().filter(demandes_piece::dossier_id.eq(V(dossier.id))).load(c))?;
    Ok(lues.into_iter().map(|(_, demande)| demande).collect())
}

/// The same, for several dossiers at once.
pub fn demandes_de(conn: &mut Conn, lus: &[LigneDossier]) -> Result<Vec<(V<DossierId>, DemandePiece)>, DbError> {
    let ids: Vec<V<DossierId>> = lus.iter().map(|d| d.id).collect();
    Ok(demandees!().filter(demandes_piece::dossier_id.eq_any(ids)).load(conn)?)
}

/// The request for a category of a dossier; by `demandes_piece_unique`.
pub fn demande(
    conn: &mut Conn,
    permit: &Permit<DemanderPiece>,
    piece: TypePieceId,
) -> Result<Option<DemandePiece>, DbError> {
    let lue: Option<(V<DossierId>, DemandePiece)> = demandees!()
        .filter(demandes_piece::dossier_id.eq(V(permit.sur().id)))
        .filter(demandes_piece::type_piece_id.eq(V(piece)))
        .first(conn)
        .optional()?;
    Ok(lue.map(|(_, demande)| demande))
}

/// Whether the category of a document was asked for since it was deposited: it does not fill it any more. By
/// `demandes_piece_unique`.
pub fn redemandee(conn: &mut Conn, document: &LigneDocument) -> Result<bool, DbError> {
    let Some(piece) = document.type_piece_id else { return Ok(false) };
    let depuis = demandes_piece::table
        .filter(demandes_piece::dossier_id.eq(document.dossier_id))
        .filter(demandes_piece::type_piece_id.eq(piece))
        .filter(demandes_piece::le.gt(document.depose_le));
    Ok(diesel::select(diesel::dsl::exists(depuis)).get_result(conn)?)
}

/// Writes a request for a piece, in place of one for the same category that was answered.
pub fn demander(
    conn: &mut Conn,
    permit: &Permit<DemanderPiece>,
    id: DemandePieceId,
    piece: TypePieceId,
    (motif, avant): (&str, Option<Date>),
    le: Timestamp,
) -> Result<(), DbError> {
    retirer(conn, permit, piece)?;
    diesel::insert_into(demandes_piece::table)
        .values((
            demandes_piece::id.eq(V(id)),
            demandes_piece::dossier_id.eq(V(permit.sur().id)),
            demandes_piece::type_piece_id.eq(V(piece)),
            demandes_piece::demandeur_id.eq(V(permit.acteur().id)),
            demandes_piece::motif.eq(motif),
            demandes_piece::avant.eq(avant.map(V)),
            demandes_piece::le.eq(V(le)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes why a piece is asked for, and for what day: what came since it was asked for fills it still. By
/// `demandes_piece_unique`.
pub fn modifier(
    conn: &mut Conn,
    permit: &Permit<DemanderPiece>,
    piece: TypePieceId,
    (motif, avant): (&str, Option<Date>),
) -> Result<(), DbError> {
    let demande = demandes_piece::table
        .filter(demandes_piece::dossier_id.eq(V(permit.sur().id)))
        .filter(demandes_piece::type_piece_id.eq(V(piece)));
    diesel::update(demande)
        .set((demandes_piece::motif.eq(motif), demandes_piece::avant.eq(avant.map(V))))
        .execute(conn)?;
    Ok(())
}

/// Removes the request for a category, if there is one; by `demandes_piece_unique`.
pub fn retirer(conn: &mut Conn, permit: &Permit<DemanderPiece>, piece: TypePieceId) -> Result<(), DbError> {
    let demande = demandes_piece::table
        .filter(demandes_piece::dossier_id.eq(V(permit.sur().id)))
        .filter(demandes_piece::type_piece_id.eq(V(piece)));
    diesel::delete(demande).execute(conn)?;
    Ok(())
}
