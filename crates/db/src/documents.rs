//! Documents and categories of pieces.

mod demandes;
mod recu;

pub use demandes::{DemandePiece, demande, demander, demandes, demandes_de, modifier, redemandee, retirer};
pub use recu::{Recu, recu};

use std::collections::HashSet;

use diesel::prelude::*;
use domain::Acteur;
use domain::document::{Format, Sens, Statut, Usage, Verdict};
use domain::dossier::{EtapePiece, Exigence};
use domain::ids::{DocumentId, DossierId, TypePieceId, UtilisateurId};
use domain::permit::{Action, Permit};
use domain::policy::{DocumentScope, DossierScope};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::codes::Reference;
use crate::conn::sur;
use crate::references::nom_de;
use crate::schema::{documents, types_pieces, utilisateurs};
use crate::types::V;
use crate::{Conn, DbError};

/// A document as stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = documents)]
pub struct LigneDocument {
    /// Its identifier.
    pub id: V<DocumentId>,
    /// Its dossier.
    pub dossier_id: V<DossierId>,
    /// The category it fills.
    pub type_piece_id: Option<V<TypePieceId>>,
    /// What it is for.
    pub usage: V<Usage>,
    /// Which side gave it.
    pub sens: V<Sens>,
    /// Its name, made safe.
    pub nom: String,
    /// Its format.
    pub format: V<Format>,
    /// Its size, in bytes.
    pub taille: i64,
    /// SHA-256 of its bytes.
    pub sha256: Vec<u8>,
    /// Where the vault keeps its bytes.
    pub blob: String,
    /// Where it stands.
    pub statut: V<Statut>,
    /// What the gestionnaire made of it.
    pub verdict: V<Verdict>,
    /// Why.
    pub motif: Option<String>,
    /// Who deposited it.
    pub depose_par: V<UtilisateurId>,
    /// When it was acknowledged.
    pub depose_le: V<Timestamp>,
    /// When it is to be shown to the other side.
    pub transmission_prevue_le: V<Timestamp>,
    /// When it was.
    pub transmis_le: Option<V<Timestamp>>,
    /// The first version's identifier.
    pub lignee_id: V<DocumentId>,
    /// Its rank among its versions, from 1.
    pub version: i32,
    /// When a later version took its place.
    pub remplace_le: Option<V<Timestamp>>,
    /// The day by which it is to be put right.
    pub avant: Option<V<Date>>,
}

/// A document and its depositor's name.
#[derive(Debug, Clone)]
pub struct Fiche {
    /// The document.
    pub document: LigneDocument,
    /// First and last name of the depositor.
    pub depose_par: String,
    /// When a later version took its place, for its own side: the other keeps it until that version is transmitted.
    pub remplace_le: Option<Timestamp>,
    /// The reader's own name of it.
    pub reference: Option<String>,
}

/// A category of pieces.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = types_pieces)]
pub struct TypePiece {
    /// Its identifier.
    pub id: V<TypePieceId>,
    /// The dispositif it belongs to.
    pub dispositif: String,
    /// Its stable code within the dispositif.
    pub code: String,
    /// Its name.
    pub libelle: String,
    /// What it is for.
    pub etape: V<EtapePiece>,
    /// Whether it must be filled.
    pub exigence: V<Exigence>,
    /// Codes of the accepted formats, separated by commas.
    pub formats: String,
    /// Largest file, in bytes.
    pub taille_max: i64,
    /// Most documents at once.
    pub nombre_max: Option<i32>,
    /// Days after the end of the training at which it falls due.
    pub delai_jours: Option<i32>,
    /// A word of help.
    pub aide: Option<String>,
    /// Its place.
    pub rang: i32,
}

type Lue = (LigneDocument, String, String, Option<String>);

fn fiche(lecteur: &Acteur, (document, prenom, nom, reference): Lue) -> Fiche {
    let remplace_le = document.remplace_le.filter(|_| chez_soi(lecteur, document.sens.0)).map(|le| le.0);
    Fiche { document, depose_par: crate::comptes::nom_complet(&prenom, &nom), remplace_le, reference }
}

/// Whether a reader is of the side that gave a document.
fn chez_soi(lecteur: &Acteur, sens: Sens) -> bool {
    (sens == Sens::Adherent) == (lecteur.cote() == domain::acteur::Cote::Membre)
}

/// The columns of a card, for its reader.
macro_rules! colonnes {
    ($lecteur:expr) => {
        (
            LigneDocument::as_select(),
            utilisateurs::prenom,
            utilisateurs::nom,
            nom_de!($lecteur, Reference::Document, documents::id),
        )
    };
}

/// The statuts of documents that a side sees, of its own and of the other's.
fn visibles(chez_soi: bool) -> Vec<V<Statut>> {
    if chez_soi { vec![V(Statut::Recu), V(Statut::Transmis), V(Statut::Infecte)] } else { vec![V(Statut::Transmis)] }
}

diesel::alias!(documents as suite: Suite);

/// Whether a row is the version that stands for its lineage, to one of the two sides.
///
/// To its own side, the one that nothing replaced. To the other, the latest that was transmitted: until a replacement
/// is, the former stands. (Completeness counts what is deposited, for both.) By `documents_lignee`.
macro_rules! presente {
    ($chez_soi:expr) => {
        documents::remplace_le.is_null().or((!$chez_soi).into_sql::<diesel::sql_types::Bool>().and(diesel::dsl::not(
            diesel::dsl::exists(
                $crate::documents::suite
                    .filter($crate::documents::suite.field(documents::lignee_id).eq(documents::lignee_id))
                    .filter($crate::documents::suite.field(documents::version).gt(documents::version))
                    .filter($crate::documents::suite.field(documents::statut).eq(V(Statut::Transmis)))
                    .select($crate::documents::suite.field(documents::id)),
            ),
        )))
    };
}
pub(crate) use presente;

/// Present versions of a dossier's pieces from one side, oldest first; by `documents_dossier`.
pub fn lister<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    sens: Sens,
) -> Result<Vec<Fiche>, DbError> {
    let chez_soi = chez_soi(permit.acteur(), sens);
    let lignes: Vec<Lue> = documents::table
        .inner_join(utilisateurs::table)
        .filter(documents::dossier_id.eq(V(permit.sur().id)))
        .filter(documents::usage.eq(V(Usage::Piece)))
        .filter(documents::sens.eq(V(sens)))
        .filter(documents::statut.eq_any(visibles(chez_soi)))
        .filter(presente!(chez_soi))
        .order(documents::id)
        .select(colonnes!(permit.acteur()))
        .load(conn)?;
    Ok(lignes.into_iter().map(|ligne| fiche(permit.acteur(), ligne)).collect())
}

/// Every document of a dossier that the reader sees, versions and attachments included, oldest
/// first; by `documents_dossier`.
pub fn tous<A: Action<Sur = DossierScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Vec<LigneDocument>, DbError> {
    let lignes: Vec<LigneDocument> = documents::table
        .filter(documents::dossier_id.eq(V(permit.sur().id)))
        .filter(documents::statut.eq_any(visibles(true)))
        .order(documents::id)
        .select(LigneDocument::as_select())
        .load(conn)?;
    Ok(lignes
        .into_iter()
        .filter(|d| {
            d.statut.0 == Statut::Transmis || (d.statut.0 == Statut::Recu && chez_soi(permit.acteur(), d.sens.0))
        })
        .collect())
}

/// A document, by its primary key.
pub fn lire<A: Action<Sur = DocumentScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Fiche, DbError> {
    fiche_de(conn, permit.acteur(), permit.sur().id)
}

/// A document that the present transaction wrote or found, by its primary key.
pub(crate) fn fiche_de(conn: &mut Conn, lecteur: &Acteur, id: DocumentId) -> Result<Fiche, DbError> {
    let ligne = documents::table
        .inner_join(utilisateurs::table)
        .filter(documents::id.eq(V(id)))
        .select(colonnes!(lecteur))
        .first(conn)?;
    Ok(fiche(lecteur, ligne))
}

/// The versions of a document that the reader sees, latest first; by `documents_lignee`.
pub fn versions<A: Action<Sur = DocumentScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Vec<Fiche>, DbError> {
    let chez_soi = chez_soi(permit.acteur(), permit.sur().sens);
    let lignee: V<DocumentId> = documents::table.find(V(permit.sur().id)).select(documents::lignee_id).first(conn)?;
    let lignes: Vec<Lue> = documents::table
        .inner_join(utilisateurs::table)
        .filter(documents::lignee_id.eq(lignee))
        .filter(documents::statut.eq_any(visibles(chez_soi)))
        .order(documents::version.desc())
        .select(colonnes!(permit.acteur()))
        .load(conn)?;
    Ok(lignes.into_iter().map(|ligne| fiche(permit.acteur(), ligne)).collect())
}

/// Whether a document counts: deposited, and neither taken back nor infected.
///
/// Not `eq_any`: diesel prepares anew each statement that holds one.
macro_rules! vivant {
    () => {
        documents::statut.eq(V(Statut::Recu)).or(documents::statut.eq(V(Statut::Transmis)))
    };
}
pub(crate) use vivant;

/// A live document of the dossier with the same bytes, from the same side; by `documents_contenu`.
pub fn identique<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    sens: Sens,
    sha256: &[u8],
) -> Result<Option<Fiche>, DbError> {
    let id: Option<V<DocumentId>> = sur!(conn, c => documents::table
        .filter(documents::dossier_id.eq(V(permit.sur().id)))
        .filter(documents::sha256.eq(sha256))
        .filter(documents::sens.eq(V(sens)))
        .filter(documents::usage.eq(V(Usage::Piece)))
        .filter(documents::remplace_le.is_null())
        .filter(vivant!())
        .order(documents::id)
        .select(documents::id)
        .first(c))
    .optional()?;
    id.map(|id| fiche_de(conn, permit.acteur(), id.0)).transpose()
}

/// Number of live present versions in a category of a dossier; by `documents_piece`.
pub fn nombre<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    piece: TypePieceId,
) -> Result<i64, DbError> {
    Ok(sur!(conn, c => documents::table
        .filter(documents::dossier_id.eq(V(permit.sur().id)))
        .filter(documents::type_piece_id.eq(V(piece)))
        .filter(documents::remplace_le.is_null())
        .filter(vivant!())
        .count()
        .get_result(c))?)
}

/// Writes a new document.
pub fn inserer(conn: &mut Conn, ligne: &LigneDocument) -> Result<(), DbError> {
    sur!(conn, c => diesel::insert_into(documents::table).values(ligne).execute(c))?;
    Ok(())
}

/// Marks what stands in the place of a document as replaced by a later version: itself, and the
/// former version that stands beside one found infected. By `documents_lignee`.
pub fn remplacer<A: Action<Sur = DocumentScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    le: Timestamp,
) -> Result<(), DbError> {
    let lignee: V<DocumentId> = documents::table.find(V(permit.sur().id)).select(documents::lignee_id).first(conn)?;
    diesel::update(documents::table.filter(documents::lignee_id.eq(lignee)).filter(documents::remplace_le.is_null()))
        .set(documents::remplace_le.eq(Some(V(le))))
        .execute(conn)?;
    Ok(())
}

/// Takes a document back if it is still in its undo window; `false` when it was transmitted meanwhile.
///
/// The version that it had replaced, if any, takes its place again.
pub fn annuler<A: Action<Sur = DocumentScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<bool, DbError> {
    let touches = diesel::update(
        documents::table.filter(documents::id.eq(V(permit.sur().id))).filter(documents::statut.eq(V(Statut::Recu))),
    )
    .set(documents::statut.eq(V(Statut::Annule)))
    .execute(conn)?;
    if touches == 0 {
        return Ok(false);
    }
    retablir(conn, permit.sur().id)?;
    Ok(true)
}

/// Puts back in its place the version that a document had replaced: the last that is readable, or the last. A later
/// version that took its place keeps it.
fn retablir(conn: &mut Conn, id: DocumentId) -> Result<(), DbError> {
    let (lignee, version): (V<DocumentId>, i32) =
        documents::table.find(V(id)).select((documents::lignee_id, documents::version)).first(conn)?;
    let suivantes: i64 = documents::table
        .filter(documents::lignee_id.eq(lignee))
        .filter(documents::version.gt(version))
        .filter(documents::remplace_le.is_null())
        .filter(documents::statut.ne(V(Statut::Annule)))
        .count()
        .get_result(conn)?;
    if suivantes > 0 {
        return Ok(());
    }
    let precedentes: Vec<(V<DocumentId>, V<Statut>)> = documents::table
        .filter(documents::lignee_id.eq(lignee))
        .filter(documents::version.lt(version))
        .filter(documents::statut.ne(V(Statut::Annule)))
        .order(documents::version.desc())
        .select((documents::id, documents::statut))
        .load(conn)?;
    let lisible = precedentes.iter().find(|(_, statut)| statut.0.compte());
    if let Some((precedente, _)) = lisible.or(precedentes.first()) {
        diesel::update(documents::table.find(precedente))
            .set(documents::remplace_le.eq(None::<V<Timestamp>>))
            .execute(conn)?;
    }
    Ok(())
}

/// The highest version of a lineage; by `documents_lignee`.
pub fn derniere_version(conn: &mut Conn, lignee: DocumentId) -> Result<i32, DbError> {
    let v: Option<i32> = documents::table
        .filter(documents::lignee_id.eq(V(lignee)))
        .select(diesel::dsl::max(documents::version))
        .first(conn)?;
    Ok(v.unwrap_or(0))
}

/// Whether a later version of a document was transmitted; by `documents_lignee`.
pub fn depasse<A: Action<Sur = DocumentScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<bool, DbError> {
    let presents: i64 = documents::table
        .filter(documents::id.eq(V(permit.sur().id)))
        .filter(presente!(false))
        .count()
        .get_result(conn)?;
    Ok(presents == 0)
}

/// Writes the judgement of a document.
pub fn examiner<A: Action<Sur = DocumentScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    verdict: Verdict,
    motif: Option<&str>,
    avant: Option<Date>,
) -> Result<(), DbError> {
    diesel::update(documents::table.find(V(permit.sur().id)))
        .set((documents::verdict.eq(V(verdict)), documents::motif.eq(motif), documents::avant.eq(avant.map(V))))
        .execute(conn)?;
    Ok(())
}

/// The present version of the lineage of a document, if it is still to be transmitted, and when; by `documents_lignee`.
pub fn present_a_transmettre(conn: &mut Conn, id: DocumentId) -> Result<Option<(DocumentId, Timestamp)>, DbError> {
    let lignee: V<DocumentId> = documents::table.find(V(id)).select(documents::lignee_id).first(conn)?;
    let present: Option<(V<DocumentId>, V<Timestamp>)> = documents::table
        .filter(documents::lignee_id.eq(lignee))
        .filter(documents::statut.eq(V(Statut::Recu)))
        .filter(documents::remplace_le.is_null())
        .select((documents::id, documents::transmission_prevue_le))
        .first(conn)
        .optional()?;
    Ok(present.map(|(id, prevue)| (id.0, prevue.0)))
}

/// A document still to be transmitted, for the worker; `None` once it was taken back, replaced or shown.
pub fn a_transmettre(conn: &mut Conn, id: DocumentId) -> Result<Option<LigneDocument>, DbError> {
    Ok(documents::table
        .filter(documents::id.eq(V(id)))
        .filter(documents::statut.eq(V(Statut::Recu)))
        .filter(documents::remplace_le.is_null())
        .select(LigneDocument::as_select())
        .first(conn)
        .optional()?)
}

/// The received documents of a dossier, for the moment when it is transmitted; by `documents_dossier`.
pub fn recus(conn: &mut Conn, dossier: &DossierScope) -> Result<Vec<DocumentId>, DbError> {
    let ids: Vec<V<DocumentId>> = documents::table
        .filter(documents::dossier_id.eq(V(dossier.id)))
        .filter(documents::statut.eq(V(Statut::Recu)))
        .filter(documents::remplace_le.is_null())
        .order(documents::id)
        .select(documents::id)
        .load(conn)?;
    Ok(ids.into_iter().map(|id| id.0).collect())
}

/// Sets where a received document goes after its undo window; `false` when it was taken back or replaced meanwhile.
///
/// The version that an infected one had replaced takes its place again: the other side keeps what it had.
pub fn transmettre(conn: &mut Conn, id: DocumentId, statut: Statut, le: Timestamp) -> Result<bool, DbError> {
    let transmis = (statut == Statut::Transmis).then_some(V(le));
    let recu = documents::table
        .filter(documents::id.eq(V(id)))
        .filter(documents::statut.eq(V(Statut::Recu)))
        .filter(documents::remplace_le.is_null());
    let touches = diesel::update(recu)
        .set((documents::statut.eq(V(statut)), documents::transmis_le.eq(transmis)))
        .execute(conn)?;
    if touches == 1 && statut == Statut::Infecte {
        retablir(conn, id)?;
    }
    Ok(touches == 1)
}

/// Those of these blobs of the vault that belong to no document, guide nor resumable upload; by
/// `documents_blob_unique` and `parties_blob_unique`.
pub fn orphelins(conn: &mut Conn, mut blobs: Vec<String>) -> Result<Vec<String>, DbError> {
    use crate::schema::{guides, parties_televersement as parties};
    let mut connus: HashSet<String> = HashSet::new();
    let d = documents::table.filter(documents::blob.eq_any(blobs.clone())).select(documents::blob);
    connus.extend(d.load::<String>(conn)?);
    let g = guides::table.filter(guides::blob.eq_any(blobs.clone())).select(guides::blob);
    connus.extend(g.load::<String>(conn)?);
    let p = parties::table.filter(parties::blob.eq_any(blobs.clone())).select(parties::blob);
    connus.extend(p.load::<String>(conn)?);
    blobs.retain(|b| !connus.contains(b));
    Ok(blobs)
}

/// The categories of a dispositif, in order; by `types_pieces_code_unique`.
pub fn types_pieces(conn: &mut Conn, dispositif: &str) -> Result<Vec<TypePiece>, DbError> {
    Ok(sur!(conn, c => types_pieces::table
        .filter(types_pieces::dispositif.eq(dispositif))
        .order(types_pieces::rang)
        .select(TypePiece::as_select())
        .load(c))?)
}
