//! Resumable uploads and their parts.

use std::sync::Arc;

use diesel::prelude::*;
use domain::Acteur;
use domain::document::Sens;
use domain::ids::{DocumentId, DossierId, TeleversementId, TypePieceId, UtilisateurId};
use domain::permit::{Perimeter, Permit};
use domain::policy::Poursuivre;
use domain::televersement::{Doublon, RefusTeleversement, StatutTeleversement};
use jiff::Timestamp;

use crate::documents::{Fiche, fiche_de};
use crate::portee::du_perimetre;
use crate::schema::{dossiers, parties_televersement as parties, televersements};
use crate::types::V;
use crate::{Conn, DbError};

/// Where an upload stands while it may become a document.
const VIVANTS: [V<StatutTeleversement>; 2] = [V(StatutTeleversement::EnCours), V(StatutTeleversement::Complet)];

/// A resumable upload as stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = televersements)]
pub struct LigneTeleversement {
    /// Its identifier.
    pub id: V<TeleversementId>,
    /// The dossier that its document will join.
    pub dossier_id: V<DossierId>,
    /// Who opened it.
    pub createur_id: V<UtilisateurId>,
    /// Which side gives it.
    pub sens: V<Sens>,
    /// The category that it will fill.
    pub type_piece_id: Option<V<TypePieceId>>,
    /// The document that it will replace.
    pub remplace_id: Option<V<DocumentId>>,
    /// The validators, separated by commas, of which it must bear one then; none is whatever it is.
    pub version_attendue: Option<String>,
    /// The file's name, made safe.
    pub nom: String,
    /// What to do when the same bytes are already there.
    pub doublon: V<Doublon>,
    /// The file's size, in bytes.
    pub taille: i64,
    /// Bytes that are durable; never less than once said.
    pub recu: i64,
    /// Where it stands.
    pub statut: V<StatutTeleversement>,
    /// Why it made no document.
    pub refus: Option<V<RefusTeleversement>>,
    /// The document that it became.
    pub document_id: Option<V<DocumentId>>,
    /// When it was opened.
    pub cree_le: V<Timestamp>,
    /// When it is forgotten.
    pub expire_le: V<Timestamp>,
    /// The name that its document will have in its creator's own software.
    pub reference: Option<String>,
    /// `Upload-Metadata` as its creation gave it, which is given back.
    pub metadonnees: Option<String>,
}

impl LigneTeleversement {
    /// The same once its document is deposited.
    #[must_use]
    pub fn depose(self, document: DocumentId) -> Self {
        let (recu, statut) = (self.taille, V(StatutTeleversement::Depose));
        Self { recu, statut, document_id: Some(V(document)), ..self }
    }
}

/// Bytes of an upload that are durable in the vault.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = parties)]
pub struct LignePartie {
    /// The upload.
    pub televersement_id: V<TeleversementId>,
    /// The place of its first byte in the file.
    pub debut: i64,
    /// Number of bytes.
    pub taille: i64,
    /// Where the vault keeps them.
    pub blob: String,
}

/// Writes a new upload.
pub fn inserer(conn: &mut Conn, ligne: &LigneTeleversement) -> Result<(), DbError> {
    diesel::insert_into(televersements::table).values(ligne).execute(conn)?;
    Ok(())
}

/// How many uploads of a creator are alive, and the bytes that they were announced with; by `televersements_ouverts`.
///
/// The creator's account is held until the end of the transaction: those that open uploads for it follow each other.
pub fn ouverts(conn: &mut Conn, createur: UtilisateurId, maintenant: Timestamp) -> Result<(usize, i64), DbError> {
    crate::comptes::prendre(conn, createur)?;
    let tailles: Vec<i64> = televersements::table
        .filter(televersements::createur_id.eq(V(createur)))
        .filter(televersements::statut.eq_any(VIVANTS))
        .filter(televersements::expire_le.gt(V(maintenant)))
        .select(televersements::taille)
        .load(conn)?;
    Ok((tailles.len(), tailles.iter().sum()))
}

/// A page of the uploads of the reader that are alive, the latest first, older than `avant`; by `televersements_ouverts`.
///
/// A right withdrawn withdraws them.
pub fn lister(
    conn: &mut Conn,
    perimetre: &Perimeter,
    avant: Option<TeleversementId>,
    limite: usize,
    maintenant: Timestamp,
) -> Result<(Vec<LigneTeleversement>, Option<TeleversementId>), DbError> {
    let mut q = televersements::table
        .inner_join(dossiers::table)
        .filter(televersements::createur_id.eq(V(perimetre.acteur().id)))
        .filter(televersements::statut.eq_any(VIVANTS))
        .filter(televersements::expire_le.gt(V(maintenant)))
        .order(televersements::id.desc())
        .limit(i64::try_from(limite + 1).unwrap_or(i64::MAX))
        .select(LigneTeleversement::as_select())
        .into_boxed();
    q = du_perimetre!(q, perimetre);
    if let Some(avant) = avant {
        q = q.filter(televersements::id.lt(V(avant)));
    }
    let mut lues: Vec<LigneTeleversement> = q.load(conn)?;
    let suivant = crate::pages::couper(&mut lues, limite, |l| l.id.0);
    Ok((lues, suivant))
}

/// Writes a part of an upload that the same transaction wrote, or moved on.
pub fn inserer_partie(conn: &mut Conn, ligne: &LignePartie) -> Result<(), DbError> {
    diesel::insert_into(parties::table).values(ligne).execute(conn)?;
    Ok(())
}

/// An upload, by its primary key.
pub fn lire(conn: &mut Conn, permit: &Permit<Poursuivre>) -> Result<LigneTeleversement, DbError> {
    Ok(televersements::table.find(V(permit.sur().id)).select(LigneTeleversement::as_select()).first(conn)?)
}

/// The document that an upload became.
pub fn document(conn: &mut Conn, permit: &Permit<Poursuivre>) -> Result<Option<Fiche>, DbError> {
    let id: Option<V<DocumentId>> =
        televersements::table.find(V(permit.sur().id)).select(televersements::document_id).first(conn)?;
    id.map(|id| fiche_de(conn, permit.acteur(), id.0)).transpose()
}

/// The durable parts of an upload, in order; by the primary key.
pub fn parties(conn: &mut Conn, permit: &Permit<Poursuivre>) -> Result<Vec<LignePartie>, DbError> {
    Ok(parties::table
        .filter(parties::televersement_id.eq(V(permit.sur().id)))
        .order(parties::debut)
        .select(LignePartie::as_select())
        .load(conn)?)
}

/// Adds parts, size and blob each, that begin at `debut`; `false` when the upload is no longer there: another
/// request moved it on, or ended it.
///
/// The end of the upload is put off to `expire_le`.
pub fn avancer(
    conn: &mut Conn,
    permit: &Permit<Poursuivre>,
    debut: i64,
    nouvelles: &[(i64, String)],
    expire_le: Timestamp,
) -> Result<bool, DbError> {
    let id = V(permit.sur().id);
    let fin = debut + nouvelles.iter().map(|(taille, _)| taille).sum::<i64>();
    let touches = diesel::update(
        televersements::table
            .filter(televersements::id.eq(id))
            .filter(televersements::recu.eq(debut))
            .filter(televersements::statut.eq(V(StatutTeleversement::EnCours))),
    )
    .set((televersements::recu.eq(fin), televersements::expire_le.eq(V(expire_le))))
    .execute(conn)?;
    if touches == 0 {
        return Ok(false);
    }
    diesel::update(televersements::table.filter(televersements::id.eq(id)).filter(televersements::taille.eq(fin)))
        .set(televersements::statut.eq(V(StatutTeleversement::Complet)))
        .execute(conn)?;
    let mut place = debut;
    for (taille, blob) in nouvelles {
        let ligne = LignePartie { televersement_id: id, debut: place, taille: *taille, blob: blob.clone() };
        inserer_partie(conn, &ligne)?;
        place += taille;
    }
    Ok(true)
}

/// Writes what a complete upload became, and forgets its parts; `false` when it is no longer complete.
pub fn terminer(conn: &mut Conn, permit: &Permit<Poursuivre>, document: DocumentId) -> Result<bool, DbError> {
    clore(conn, permit, StatutTeleversement::Depose, None, Some(document))
}

/// Writes that the bytes of a complete upload are refused for good, and forgets its parts; `false` when it is no
/// longer complete.
pub fn refuser(conn: &mut Conn, permit: &Permit<Poursuivre>, refus: RefusTeleversement) -> Result<bool, DbError> {
    clore(conn, permit, StatutTeleversement::Refuse, Some(refus), None)
}

fn clore(
    conn: &mut Conn,
    permit: &Permit<Poursuivre>,
    statut: StatutTeleversement,
    refus: Option<RefusTeleversement>,
    document: Option<DocumentId>,
) -> Result<bool, DbError> {
    let id = V(permit.sur().id);
    let complet = V(StatutTeleversement::Complet);
    let touches = diesel::update(
        televersements::table.filter(televersements::id.eq(id)).filter(televersements::statut.eq(complet)),
    )
    .set((
        televersements::statut.eq(V(statut)),
        televersements::refus.eq(refus.map(V)),
        televersements::document_id.eq(document.map(V)),
    ))
    .execute(conn)?;
    if touches == 0 {
        return Ok(false);
    }
    diesel::delete(parties::table.filter(parties::televersement_id.eq(id))).execute(conn)?;
    // What would have ended it if nobody had.
    crate::jobs::annuler(conn, permit.sur().id.uuid())?;
    Ok(true)
}

/// Writes why a complete upload made no document this time: its bytes are kept.
pub fn suspendre(conn: &mut Conn, permit: &Permit<Poursuivre>, refus: RefusTeleversement) -> Result<(), DbError> {
    let complet = V(StatutTeleversement::Complet);
    diesel::update(
        televersements::table
            .filter(televersements::id.eq(V(permit.sur().id)))
            .filter(televersements::statut.eq(complet)),
    )
    .set(televersements::refus.eq(Some(V(refus))))
    .execute(conn)?;
    Ok(())
}

/// Removes an upload and its parts, and gives the blobs that nothing points at any more.
pub fn supprimer(conn: &mut Conn, permit: &Permit<Poursuivre>) -> Result<Vec<String>, DbError> {
    let id = permit.sur().id;
    // First of all its bytes stop coming: a part that another request is adding waits, then finds nothing.
    diesel::update(televersements::table.find(V(id)))
        .set(televersements::statut.eq(V(StatutTeleversement::Refuse)))
        .execute(conn)?;
    retirer(conn, id)
}

/// Removes an upload that was forgotten by its creator before `avant`, and its parts; its blobs, or `None` when there
/// is none left. By `televersements_expiration`.
pub fn purger(conn: &mut Conn, avant: Timestamp) -> Result<Option<Vec<String>>, DbError> {
    let trouve: Option<(V<TeleversementId>, V<StatutTeleversement>)> = televersements::table
        .filter(televersements::expire_le.lt(V(avant)))
        .order(televersements::expire_le)
        .select((televersements::id, televersements::statut))
        .first(conn)
        .optional()?;
    let Some((id, statut)) = trouve else { return Ok(None) };
    // Only as it was found: a part that came at the last moment put its end off, and one that comes now waits, then finds
    // nothing.
    let expire = televersements::table
        .find(id)
        .filter(televersements::expire_le.lt(V(avant)))
        .filter(televersements::statut.eq(statut));
    let arrete = diesel::update(expire).set(televersements::statut.eq(V(StatutTeleversement::Refuse))).execute(conn)?;
    if arrete == 0 { Ok(Some(Vec::new())) } else { retirer(conn, id.0).map(Some) }
}

/// Removes an upload whose bytes stopped coming.
fn retirer(conn: &mut Conn, id: TeleversementId) -> Result<Vec<String>, DbError> {
    let blobs: Vec<String> =
        parties::table.filter(parties::televersement_id.eq(V(id))).select(parties::blob).load(conn)?;
    diesel::delete(parties::table.filter(parties::televersement_id.eq(V(id)))).execute(conn)?;
    diesel::delete(televersements::table.find(V(id))).execute(conn)?;
    Ok(blobs)
}

/// Who opened an upload, with their present rights, for the worker that ends it in their name; `None` once it
/// is gone or they have none any more.
pub fn createur(conn: &mut Conn, id: TeleversementId, maintenant: Timestamp) -> Result<Option<Arc<Acteur>>, DbError> {
    let createur: Option<V<UtilisateurId>> =
        televersements::table.find(V(id)).select(televersements::createur_id).first(conn).optional()?;
    createur.map_or(Ok(None), |c| crate::sessions::present(conn, c.0, maintenant))
}

/// The largest file that any category accepts, in bytes; reads the whole table of categories, which is small.
pub fn taille_max(conn: &mut Conn) -> Result<i64, DbError> {
    use crate::schema::types_pieces;
    let max: Option<i64> = types_pieces::table.select(diesel::dsl::max(types_pieces::taille_max)).first(conn)?;
    Ok(max.unwrap_or(0))
}
