//! Invitations to join a company, each known to its bearer by a token that we keep as a hash.

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::RoleMembre;
use domain::courriel::Email;
use domain::ids::{AdherentId, EtablissementId, InvitationId, UtilisateurId};
use domain::permit::{Action, Permit};
use domain::policy::{InvitationScope, MembresScope, etablissements_des_membres};
use jiff::Timestamp;

use crate::membres::{Droit, Lieu};
use crate::pages::couper;
use crate::schema::{adherents, droits_invitation, etablissements, invitations, utilisateurs};
use crate::types::V;
use crate::{Conn, DbError};

/// An invitation in a list.
#[derive(Debug, Clone, Queryable)]
pub struct Ligne {
    /// Its identifier.
    pub id: V<InvitationId>,
    /// The company.
    pub adherent: V<AdherentId>,
    /// The address it was sent to.
    pub email: String,
    auteur_prenom: String,
    auteur_nom: String,
    /// When.
    pub cree_le: V<Timestamp>,
    /// When its link ends.
    pub expire_le: V<Timestamp>,
}

impl Ligne {
    /// Who invites.
    pub fn auteur(&self) -> String {
        crate::comptes::nom_complet(&self.auteur_prenom, &self.auteur_nom)
    }
}

/// An invitation, for whoever holds its token.
#[derive(Debug, Clone, Queryable)]
pub struct Recue {
    /// Its identifier.
    pub id: V<InvitationId>,
    /// The company.
    pub adherent: V<AdherentId>,
    /// The company's name.
    pub raison_sociale: String,
    /// The address it was sent to.
    pub email: String,
    /// Who invites.
    pub cree_par: V<UtilisateurId>,
    /// When its link ends.
    pub expire_le: V<Timestamp>,
}

/// An invitation to be made.
#[derive(Debug, Clone, Copy)]
pub struct Nouvelle<'a> {
    /// Its identifier.
    pub id: InvitationId,
    /// The address it is sent to.
    pub email: &'a Email,
    /// What it opens.
    pub droits: &'a [Droit],
    /// SHA-256 of its token.
    pub jeton_sha256: &'a [u8; 32],
    /// When.
    pub le: Timestamp,
    /// When its link ends.
    pub expire_le: Timestamp,
}

/// The company and the établissements of an invitation, by primary keys.
pub(crate) fn portee(conn: &mut Conn, id: InvitationId) -> Result<(AdherentId, Vec<EtablissementId>), DbError> {
    let de: V<AdherentId> = invitations::table.find(V(id)).select(invitations::adherent_id).first(conn)?;
    let lieux: Vec<V<EtablissementId>> = droits_invitation::table
        .filter(droits_invitation::invitation_id.eq(V(id)))
        .select(droits_invitation::etablissement_id)
        .load(conn)?;
    Ok((de.0, lieux.into_iter().map(|e| e.0).collect()))
}

/// Makes an invitation in the name of the actor.
pub fn inserer<A: Action<Sur = MembresScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    nouvelle: Nouvelle<'_>,
) -> Result<(), DbError> {
    diesel::insert_into(invitations::table)
        .values((
            invitations::id.eq(V(nouvelle.id)),
            invitations::adherent_id.eq(V(permit.sur().adherent.id)),
            invitations::email.eq(nouvelle.email.as_str()),
            invitations::jeton_sha256.eq(nouvelle.jeton_sha256.to_vec()),
            invitations::cree_par.eq(V(permit.acteur().id)),
            invitations::cree_le.eq(V(nouvelle.le)),
            invitations::expire_le.eq(V(nouvelle.expire_le)),
        ))
        .execute(conn)?;
    for droit in nouvelle.droits {
        diesel::insert_into(droits_invitation::table)
            .values((
                droits_invitation::invitation_id.eq(V(nouvelle.id)),
                droits_invitation::etablissement_id.eq(V(droit.etablissement)),
                droits_invitation::role.eq(V(droit.role)),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Narrows a query over `invitations` to those that open an établissement whose members the actor manages.
macro_rules! gerees {
    ($q:expr, $permit:expr) => {{
        let geres = etablissements_des_membres($permit.acteur(), $permit.sur());
        let touche = droits_invitation::table
            .filter(droits_invitation::invitation_id.eq(invitations::id))
            .filter(droits_invitation::etablissement_id.eq_any(geres.into_iter().map(V)));
        $q.filter(invitations::adherent_id.eq(V($permit.sur().adherent.id))).filter(exists(touche))
    }};
}

/// The invitations that open an établissement whose members the actor manages, the latest first, and where
/// the next page starts; by `invitations_adherent`.
pub fn lister<A: Action<Sur = MembresScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    avant: Option<InvitationId>,
    limite: usize,
) -> Result<(Vec<Ligne>, Option<InvitationId>), DbError> {
    let mut q = gerees!(
        invitations::table.inner_join(utilisateurs::table.on(utilisateurs::id.eq(invitations::cree_par))),
        permit
    )
    .select((
        invitations::id,
        invitations::adherent_id,
        invitations::email,
        utilisateurs::prenom,
        utilisateurs::nom,
        invitations::cree_le,
        invitations::expire_le,
    ))
    .order(invitations::id.desc())
    .limit(i64::try_from(limite + 1).unwrap_or(i64::MAX))
    .into_boxed();
    if let Some(avant) = avant {
        q = q.filter(invitations::id.lt(V(avant)));
    }
    let mut lues: Vec<Ligne> = q.load(conn)?;
    let suivant = couper(&mut lues, limite, |l| l.id.0);
    Ok((lues, suivant))
}

/// Those of them that were sent to an address; by `invitations_adherent`.
pub fn a_l_adresse<A: Action<Sur = MembresScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    email: &Email,
) -> Result<Vec<InvitationId>, DbError> {
    let ids: Vec<V<InvitationId>> = gerees!(invitations::table, permit)
        .filter(invitations::email.eq(email.as_str()))
        .select(invitations::id)
        .load(conn)?;
    Ok(ids.into_iter().map(|id| id.0).collect())
}

/// Number of invitations of a company; by `invitations_adherent`.
pub fn nombre<A: Action<Sur = MembresScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<i64, DbError> {
    Ok(invitations::table.filter(invitations::adherent_id.eq(V(permit.sur().adherent.id))).count().get_result(conn)?)
}

/// What invitations open, in order of the names; by the primary key of their rights.
///
/// For invitations already found by a permit or a token.
pub fn droits(conn: &mut Conn, ids: &[InvitationId]) -> Result<Vec<(InvitationId, Lieu, RoleMembre)>, DbError> {
    let lignes: Vec<(V<InvitationId>, Lieu, V<RoleMembre>)> = droits_invitation::table
        .inner_join(etablissements::table)
        .filter(droits_invitation::invitation_id.eq_any(ids.iter().copied().map(V)))
        .order((etablissements::nom, etablissements::id))
        .select((
            droits_invitation::invitation_id,
            (etablissements::id, etablissements::siret, etablissements::nom),
            droits_invitation::role,
        ))
        .load(conn)?;
    Ok(lignes.into_iter().map(|(id, lieu, role)| (id.0, lieu, role.0)).collect())
}

/// The invitation of a token that has not ended, by `invitations_jeton_unique`.
pub fn du_jeton(conn: &mut Conn, sha256: &[u8; 32], maintenant: Timestamp) -> Result<Option<Recue>, DbError> {
    Ok(invitations::table
        .inner_join(adherents::table.on(adherents::id.eq(invitations::adherent_id)))
        .filter(invitations::jeton_sha256.eq(sha256.to_vec()))
        .filter(invitations::expire_le.gt(V(maintenant)))
        .select((
            invitations::id,
            invitations::adherent_id,
            adherents::raison_sociale,
            invitations::email,
            invitations::cree_par,
            invitations::expire_le,
        ))
        .first(conn)
        .optional()?)
}

/// Removes an invitation; of two who do so at once, one alone gets `true`.
pub fn effacer(conn: &mut Conn, id: InvitationId) -> Result<bool, DbError> {
    diesel::delete(droits_invitation::table.filter(droits_invitation::invitation_id.eq(V(id)))).execute(conn)?;
    Ok(diesel::delete(invitations::table.find(V(id))).execute(conn)? == 1)
}

/// Withdraws the invitations of a company that would open an établissement to a person; by `invitations_adherent`.
pub(crate) fn reprendre(
    conn: &mut Conn,
    adherent: AdherentId,
    id: UtilisateurId,
    etablissement: EtablissementId,
) -> Result<(), DbError> {
    let email: String = utilisateurs::table.find(V(id)).select(utilisateurs::email).first(conn)?;
    let ids: Vec<V<InvitationId>> = invitations::table
        .inner_join(droits_invitation::table)
        .filter(invitations::adherent_id.eq(V(adherent)))
        .filter(invitations::email.eq(email))
        .filter(droits_invitation::etablissement_id.eq(V(etablissement)))
        .select(invitations::id)
        .load(conn)?;
    ids.into_iter().try_for_each(|id| effacer(conn, id.0).map(drop))
}

/// Withdraws an invitation; `false` when it was already, or accepted.
pub fn retirer<A: Action<Sur = InvitationScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<bool, DbError> {
    effacer(conn, permit.sur().id)
}

/// Forgets the invitations that ended before `avant`, `limite` at most; how many. By `invitations_expiration`.
pub fn purger(conn: &mut Conn, avant: Timestamp, limite: i64) -> Result<usize, DbError> {
    let finies: Vec<V<InvitationId>> = invitations::table
        .filter(invitations::expire_le.lt(V(avant)))
        .order(invitations::expire_le)
        .limit(limite)
        .select(invitations::id)
        .load(conn)?;
    let droits = droits_invitation::invitation_id.eq_any(finies.clone());
    diesel::delete(droits_invitation::table.filter(droits)).execute(conn)?;
    Ok(diesel::delete(invitations::table.filter(invitations::id.eq_any(finies))).execute(conn)?)
}
