//! Dossiers: one, their parts, and what the completeness of their pieces needs.

mod liste;

pub(crate) use liste::parmi;
pub use liste::{Curseur, Filtre, Ligne, Page, compter, lister};

use diesel::dsl::{exists, max, min, not};
use diesel::prelude::*;
use domain::document::{Sens, Statut, Usage, Verdict};
use domain::dossier::{Completude, Etat, ModeReglement};
use domain::ids::{AdherentId, DossierId, EtablissementId, InscriptionId, ReglementId, TypePieceId, UtilisateurId};
use domain::permit::{Action, Permit};
use domain::policy::DossierScope;
use jiff::Timestamp;
use jiff::civil::{Date, date};

use crate::codes::Reference;
use crate::conn::{modifier, sur};
use crate::documents::TypePiece;
use crate::schema::{
    adherents, arrivees, changements_etat, demandes_piece, dispositifs, documents, dossiers, etablissements,
    inscriptions, lectures, messages, reglements, types_pieces, utilisateurs,
};
use crate::types::V;
use crate::{Conn, DbError};

/// What sorts dossiers with no due day after all others.
pub const SANS_ECHEANCE: Date = date(9999, 12, 31);

/// What dossiers are sorted by: the due day, or [`SANS_ECHEANCE`].
pub fn echeance_tri(echeance: Option<Date>) -> Date {
    echeance.unwrap_or(SANS_ECHEANCE)
}

/// A dossier as stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossiers)]
pub struct LigneDossier {
    /// Its identifier.
    pub id: V<DossierId>,
    /// Its number.
    pub numero: String,
    /// The demande it belongs to.
    pub demande_id: V<domain::ids::DemandeId>,
    /// The demande's number.
    pub demande_numero: String,
    /// The company.
    pub adherent_id: V<AdherentId>,
    /// The établissement.
    pub etablissement_id: V<EtablissementId>,
    /// The gestionnaire in charge; `None` while it is a brouillon.
    pub gestionnaire_id: Option<V<UtilisateurId>>,
    /// The dispositif's code.
    pub dispositif: String,
    /// The training's title.
    pub intitule: String,
    /// The training body.
    pub organisme: String,
    /// First day.
    pub date_debut: V<Date>,
    /// Last day.
    pub date_fin: V<Date>,
    /// Where it stands.
    pub etat: V<Etat>,
    /// The view it belongs to: always that of its état.
    pub vue: V<domain::dossier::Vue>,
    /// Asked for, in cents.
    pub montant_demande: i64,
    /// Agreed, in cents.
    pub montant_accorde: Option<i64>,
    /// Paid, in cents.
    pub montant_regle: i64,
    /// Categories due.
    pub pieces_dues: i32,
    /// Categories due and filled.
    pub pieces_fournies: i32,
    /// The nearest day at which something missing falls due.
    pub echeance: Option<V<Date>>,
    /// The same, or [`SANS_ECHEANCE`]: what the list is sorted by.
    pub echeance_tri: V<Date>,
    /// Number of trainees.
    pub stagiaires: i32,
    /// When it was made.
    pub cree_le: V<Timestamp>,
    /// When it last changed.
    pub modifie_le: V<Timestamp>,
    /// Raised by each change.
    pub version: i32,
}

/// What a list shows of a dossier, and no other column: each one read costs as many times as there are rows.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = dossiers)]
pub struct Resume {
    /// Its identifier.
    pub id: V<DossierId>,
    /// Its number.
    pub numero: String,
    /// The demande's number.
    pub demande_numero: String,
    /// The company.
    pub adherent_id: V<AdherentId>,
    /// The établissement.
    pub etablissement_id: V<EtablissementId>,
    /// The dispositif's code.
    pub dispositif: String,
    /// The training's title.
    pub intitule: String,
    /// First day.
    pub date_debut: V<Date>,
    /// Last day.
    pub date_fin: V<Date>,
    /// Where it stands.
    pub etat: V<Etat>,
    /// Categories due.
    pub pieces_dues: i32,
    /// Categories due and filled.
    pub pieces_fournies: i32,
    /// The nearest day at which something missing falls due.
    pub echeance: Option<V<Date>>,
    /// Number of trainees.
    pub stagiaires: i32,
    /// When it last changed.
    pub modifie_le: V<Timestamp>,
}

/// A dossier with the names it is shown with.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The dossier.
    pub dossier: LigneDossier,
    /// The établissement's name.
    pub etablissement: String,
    /// The company's name.
    pub adherent: String,
    /// The gestionnaire.
    pub gestionnaire: Option<Personne>,
    /// Numbers of its parts.
    pub nombres: Nombres,
    /// The reader's own name of it.
    pub reference: Option<String>,
}

/// A person of the OPCO as members see it.
#[derive(Debug, Clone, Queryable)]
pub struct Personne {
    /// First name.
    pub prenom: String,
    /// Last name.
    pub nom: String,
    /// What the person does.
    pub fonction: String,
    /// Telephone.
    pub telephone: String,
    /// E-mail address.
    pub email: String,
}

/// A change of état.
#[derive(Debug, Clone, Queryable)]
pub struct Changement {
    /// The new état.
    pub etat: V<Etat>,
    /// When.
    pub le: V<Timestamp>,
    /// Why.
    pub motif: Option<String>,
    /// First name of who did it.
    pub prenom: String,
    /// Last name of who did it.
    pub nom: String,
}

/// A registration.
#[derive(Debug, Clone, Queryable)]
pub struct Inscription {
    /// Its identifier.
    pub id: V<InscriptionId>,
    /// Last name.
    pub nom: String,
    /// First name.
    pub prenom: String,
    /// Birth date.
    pub date_naissance: V<Date>,
    /// Socio-professional category.
    pub csp: String,
    /// Form of address.
    pub titre: String,
    /// Trainee, tutor.
    pub role: String,
}

/// A payment.
#[derive(Debug, Clone, Queryable)]
pub struct Reglement {
    /// Its identifier.
    pub id: V<ReglementId>,
    /// Reference of the invoice.
    pub facture: String,
    /// Who is paid.
    pub beneficiaire: String,
    /// How.
    pub mode: V<ModeReglement>,
    /// Invoiced, in cents.
    pub montant_facture: i64,
    /// Paid, in cents.
    pub montant_regle: i64,
    /// Reference of the transfer.
    pub virement: Option<String>,
    /// Day of the transfer.
    pub regle_le: Option<V<Date>>,
}

/// Numbers of the parts of a dossier.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nombres {
    /// Registrations.
    pub inscriptions: i64,
    /// Payments.
    pub reglements: i64,
    /// The member's documents.
    pub documents: i64,
    /// The OPCO's documents.
    pub documents_opco: i64,
    /// Messages.
    pub messages: i64,
    /// Those that the reader has unread.
    pub messages_non_lus: i64,
    /// What arrived and is not treated, for the OPCO's side; 0 for a member.
    pub a_traiter: i64,
    /// When the latest of it arrived.
    pub a_traiter_jusqu_a: Option<Timestamp>,
}

/// What completeness needs to know of a dossier.
#[derive(Debug, Clone, Queryable)]
pub struct EtatPieces {
    /// Its dispositif.
    pub dispositif: String,
    /// Where it stands.
    pub etat: V<Etat>,
    /// First day.
    pub date_debut: V<Date>,
    /// Last day.
    pub date_fin: V<Date>,
}

/// A dossier, by its primary key, with the numbers of its parts: one query. Each is counted by its `…_dossier` index, and
/// unread messages by `lectures_non_lues`.
pub fn lire<A: Action<Sur = DossierScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Detail, DbError> {
    type Nombre = Option<i64>;
    type Parts = (Nombre, Nombre, Nombre, Nombre, Nombre, Nombre, Nombre, Option<V<Timestamp>>);
    type Lue = (LigneDossier, String, String, Option<Personne>, Option<String>, Parts);
    let (id, lecteur) = (V(permit.sur().id), V(permit.acteur().id));
    let membre = permit.acteur().cote() == domain::acteur::Cote::Membre;
    // What is not transmitted yet, or infected, is seen by its own side alone.
    let du = |sens: Sens| {
        let chez_soi = (sens == Sens::Adherent) == membre;
        let caches = if chez_soi { [Statut::Annule; 3] } else { [Statut::Annule, Statut::Recu, Statut::Infecte] };
        documents::table
            .filter(documents::dossier_id.eq(id))
            .filter(documents::usage.eq(V(Usage::Piece)))
            .filter(crate::documents::presente!(chez_soi))
            .filter(documents::sens.eq(V(sens)))
            // Not `eq_any`: diesel prepares anew each statement that holds one.
            .filter(documents::statut.ne(V(caches[0])))
            .filter(documents::statut.ne(V(caches[1])))
            .filter(documents::statut.ne(V(caches[2])))
            .count()
            .single_value()
    };
    let (dossier, etablissement, adherent, gestionnaire, reference, parts): Lue = sur!(conn, c => dossiers::table
        .inner_join(etablissements::table)
        .inner_join(adherents::table)
        .left_join(utilisateurs::table.on(dossiers::gestionnaire_id.eq(utilisateurs::id.nullable())))
        .filter(dossiers::id.eq(id))
        .select((
            LigneDossier::as_select(),
            etablissements::nom,
            adherents::raison_sociale,
            (
                utilisateurs::prenom,
                utilisateurs::nom,
                utilisateurs::fonction,
                utilisateurs::telephone,
                utilisateurs::email,
            )
                .nullable(),
            crate::references::nom_de!(permit.acteur(), Reference::Dossier, dossiers::id),
            (
                inscriptions::table.filter(inscriptions::dossier_id.eq(id)).count().single_value(),
                reglements::table.filter(reglements::dossier_id.eq(id)).count().single_value(),
                du(Sens::Adherent),
                du(Sens::Opco),
                messages::table.filter(messages::dossier_id.eq(id)).count().single_value(),
                lectures::table
                    .filter(lectures::utilisateur_id.eq(lecteur))
                    .filter(lectures::dossier_id.eq(id))
                    .filter(lectures::non_lu_depuis.is_not_null())
                    .count()
                    .single_value(),
                arrivees::table
                    .filter(arrivees::dossier_id.eq(id))
                    .filter(arrivees::traitee_le.is_null())
                    .count()
                    .single_value(),
                arrivees::table
                    .filter(arrivees::dossier_id.eq(id))
                    .filter(arrivees::traitee_le.is_null())
                    .select(max(arrivees::arrivee_le))
                    .single_value(),
            ),
        ))
        .first(c))?;
    let (inscriptions, reglements, documents, documents_opco, messages, non_lus, arrivees, derniere) = parts;
    let nombres = Nombres {
        inscriptions: inscriptions.unwrap_or(0),
        reglements: reglements.unwrap_or(0),
        documents: documents.unwrap_or(0),
        documents_opco: documents_opco.unwrap_or(0),
        messages: messages.unwrap_or(0),
        messages_non_lus: non_lus.unwrap_or(0),
        a_traiter: if membre { 0 } else { arrivees.unwrap_or(0) },
        a_traiter_jusqu_a: if membre { None } else { derniere.map(|le| le.0) },
    };
    Ok(Detail { dossier, etablissement, adherent, gestionnaire, nombres, reference })
}

/// Changes of état, the latest first; by `changements_etat_dossier`.
pub fn changements<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
) -> Result<Vec<Changement>, DbError> {
    Ok(sur!(conn, c => changements_etat::table
        .inner_join(utilisateurs::table)
        .filter(changements_etat::dossier_id.eq(V(permit.sur().id)))
        .order(changements_etat::id.desc())
        .select((
            changements_etat::etat,
            changements_etat::le,
            changements_etat::motif,
            utilisateurs::prenom,
            utilisateurs::nom,
        ))
        .load(c))?)
}

/// Registrations, by name; by `inscriptions_dossier`.
pub fn inscriptions<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
) -> Result<Vec<Inscription>, DbError> {
    Ok(inscriptions::table
        .filter(inscriptions::dossier_id.eq(V(permit.sur().id)))
        .order(inscriptions::nom_cle)
        .select((
            inscriptions::id,
            inscriptions::nom,
            inscriptions::prenom,
            inscriptions::date_naissance,
            inscriptions::csp,
            inscriptions::titre,
            inscriptions::role,
        ))
        .load(conn)?)
}

/// Payments, the latest first; by `reglements_dossier`.
pub fn reglements<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
) -> Result<Vec<Reglement>, DbError> {
    Ok(reglements::table
        .filter(reglements::dossier_id.eq(V(permit.sur().id)))
        .order(reglements::id.desc())
        .select((
            reglements::id,
            reglements::facture,
            reglements::beneficiaire,
            reglements::mode,
            reglements::montant_facture,
            reglements::montant_regle,
            reglements::virement,
            reglements::regle_le,
        ))
        .load(conn)?)
}

/// The dispositif's code, by the primary key.
pub fn dispositif<A: Action<Sur = DossierScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<String, DbError> {
    Ok(dossiers::table.find(V(permit.sur().id)).select(dossiers::dispositif).first(conn)?)
}

/// The number, by the primary key.
pub fn numero(conn: &mut Conn, dossier: &DossierScope) -> Result<String, DbError> {
    Ok(sur!(conn, c => dossiers::table.find(V(dossier.id)).select(dossiers::numero).first(c))?)
}

/// What was agreed, in cents, by the primary key.
pub fn montant_accorde<A: Action<Sur = DossierScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
) -> Result<Option<i64>, DbError> {
    Ok(dossiers::table.find(V(permit.sur().id)).select(dossiers::montant_accorde).first(conn)?)
}

/// What completeness needs to know, by the primary key.
pub fn etat_pieces(conn: &mut Conn, dossier: &DossierScope) -> Result<EtatPieces, DbError> {
    Ok(sur!(conn, c => dossiers::table
        .find(V(dossier.id))
        .select((dossiers::dispositif, dossiers::etat, dossiers::date_debut, dossiers::date_fin))
        .first(c))?)
}

/// The live documents of members in a category.
macro_rules! deposes {
    () => {
        documents::table
            .filter(documents::usage.eq(V(Usage::Piece)))
            .filter(documents::sens.eq(V(Sens::Adherent)))
            .filter(documents::remplace_le.is_null())
            .filter(crate::documents::vivant!())
    };
}

/// Those of them that were not there before it was asked for; by `demandes_piece_unique`.
macro_rules! repondent {
    () => {
        deposes!().filter(not(exists(
            demandes_piece::table
                .filter(demandes_piece::dossier_id.eq(documents::dossier_id))
                .filter(demandes_piece::type_piece_id.nullable().eq(documents::type_piece_id))
                .filter(demandes_piece::le.gt(documents::depose_le)),
        )))
    };
}

/// Those of them that fill it: neither refused nor to be put right.
macro_rules! fournissent {
    () => {
        repondent!()
            .filter(documents::verdict.eq(V(Verdict::AExaminer)).or(documents::verdict.eq(V(Verdict::Acceptee))))
    };
}

/// What the documents of a dossier make of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Remplissage {
    /// One fills it.
    pub fournie: bool,
    /// One is to be put right.
    pub a_corriger: bool,
    /// By that day, of those that were not there before it was asked for.
    pub corriger_avant: Option<Date>,
}

/// The categories of a dispositif, in their order, and what the live documents of the dossier make of each; by
/// `documents_piece`: what fills a category is found at once, however much it holds.
pub fn pieces(
    conn: &mut Conn,
    dossier: &DossierScope,
    dispositif: &str,
) -> Result<Vec<(TypePiece, Remplissage)>, DbError> {
    let fournie = exists(
        fournissent!()
            .filter(documents::dossier_id.eq(V(dossier.id)))
            .filter(documents::type_piece_id.eq(types_pieces::id.nullable())),
    );
    let a_corriger = exists(
        deposes!()
            .filter(documents::dossier_id.eq(V(dossier.id)))
            .filter(documents::type_piece_id.eq(types_pieces::id.nullable()))
            .filter(documents::verdict.eq(V(Verdict::ACompleter))),
    );
    let corriger_avant = repondent!()
        .filter(documents::dossier_id.eq(V(dossier.id)))
        .filter(documents::type_piece_id.eq(types_pieces::id.nullable()))
        .filter(documents::verdict.eq(V(Verdict::ACompleter)))
        .select(min(documents::avant))
        .single_value();
    let lues: Vec<(TypePiece, bool, bool, Option<V<Date>>)> = sur!(conn, c => types_pieces::table
        .filter(types_pieces::dispositif.eq(dispositif))
        .order(types_pieces::rang)
        .select((TypePiece::as_select(), fournie, a_corriger, corriger_avant))
        .load(c))?;
    let remplie = |(t, fournie, a_corriger, avant): (TypePiece, bool, bool, Option<V<Date>>)| {
        (t, Remplissage { fournie, a_corriger, corriger_avant: avant.map(|jour| jour.0) })
    };
    Ok(lues.into_iter().map(remplie).collect())
}

/// A document that the gestionnaire wants put right.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct Correction {
    /// Its dossier.
    pub dossier: V<DossierId>,
    /// Its category.
    pub piece: V<TypePieceId>,
    /// The day by which it must be.
    pub avant: Option<V<Date>>,
    /// When it was deposited.
    pub depose_le: V<Timestamp>,
}

/// What the gestionnaire wants put right, for several dossiers at once.
pub fn corrections_de(conn: &mut Conn, lus: &[LigneDossier]) -> Result<Vec<Correction>, DbError> {
    let ids: Vec<V<DossierId>> = lus.iter().map(|d| d.id).collect();
    Ok(deposes!()
        .filter(documents::dossier_id.eq_any(ids))
        .filter(documents::type_piece_id.is_not_null())
        .filter(documents::verdict.eq(V(Verdict::ACompleter)))
        .select((
            documents::dossier_id,
            documents::type_piece_id.assume_not_null(),
            documents::avant,
            documents::depose_le,
        ))
        .load(conn)?)
}

/// The categories that at least one live document fills, for several dossiers at once.
pub fn pieces_fournies_de(conn: &mut Conn, lus: &[LigneDossier]) -> Result<Vec<(DossierId, TypePieceId)>, DbError> {
    let ids: Vec<V<DossierId>> = lus.iter().map(|d| d.id).collect();
    let lues: Vec<(V<DossierId>, V<TypePieceId>)> = fournissent!()
        .filter(documents::dossier_id.eq_any(ids))
        .filter(documents::type_piece_id.is_not_null())
        .select((documents::dossier_id, documents::type_piece_id.assume_not_null()))
        .distinct()
        .load(conn)?;
    Ok(lues.into_iter().map(|(dossier, piece)| (dossier.0, piece.0)).collect())
}

/// Takes the dossier for the rest of the transaction: what is decided from its documents is
/// decided by one writer at a time, on PostgreSQL as on SQLite.
pub fn prendre(conn: &mut Conn, dossier: &DossierScope) -> Result<(), DbError> {
    let suivante = dossiers::version.eq(dossiers::version + 1);
    sur!(conn, c => modifier(dossiers::id.eq(V(dossier.id)), suivante).execute(c))?;
    Ok(())
}

/// Writes that something happened on a dossier; by the primary key.
pub fn toucher(conn: &mut Conn, dossier: &DossierScope, le: Timestamp) -> Result<(), DbError> {
    let instant = dossiers::modifie_le.eq(V(le));
    sur!(conn, c => modifier(dossiers::id.eq(V(dossier.id)), instant).execute(c))?;
    Ok(())
}

/// Writes how complete a dossier is, if that changed: most deposits do not change it, and six indexes follow it.
pub fn ecrire_completude(conn: &mut Conn, dossier: &DossierScope, c: Completude, le: Timestamp) -> Result<(), DbError> {
    let tri = V(echeance_tri(c.echeance));
    let autre = (dossiers::pieces_dues.ne(c.dues))
        .or(dossiers::pieces_fournies.ne(c.fournies))
        .or(dossiers::echeance_tri.ne(tri));
    let valeurs = (
        dossiers::pieces_dues.eq(c.dues),
        dossiers::pieces_fournies.eq(c.fournies),
        dossiers::echeance.eq(c.echeance.map(V)),
        dossiers::echeance_tri.eq(tri),
        dossiers::modifie_le.eq(V(le)),
    );
    sur!(conn, c => modifier(dossiers::id.eq(V(dossier.id)).and(autre), valeurs).execute(c))?;
    Ok(())
}

/// The dispositifs, by code: reference data, the same for everybody.
pub fn dispositifs(conn: &mut Conn) -> Result<Vec<(String, String)>, DbError> {
    Ok(dispositifs::table.order(dispositifs::code).select((dispositifs::code, dispositifs::libelle)).load(conn)?)
}
