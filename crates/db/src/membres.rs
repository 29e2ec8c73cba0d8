//! The people of a company: who is attached to its établissements, and what they may do there.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::RoleMembre;
use domain::ids::{AdherentId, EtablissementId, UtilisateurId};
use domain::permit::{Action, Permit};
use domain::policy::{MembreScope, MembresScope, etablissements_des_membres};

use crate::codes::NatureCompte;
use crate::pages::couper;
use crate::schema::{acces_retires, adherents, etablissements, rattachements, utilisateurs};
use crate::types::V;
use crate::{Conn, DbError};

/// A person of a company.
#[derive(Debug, Clone, Queryable)]
pub struct Personne {
    /// The account.
    pub id: V<UtilisateurId>,
    /// First name.
    pub prenom: String,
    /// Last name.
    pub nom: String,
    /// The account's address.
    pub email: String,
}

/// An établissement by its names.
#[derive(Debug, Clone, Queryable)]
pub struct Lieu {
    /// The établissement.
    pub id: V<EtablissementId>,
    /// Its SIRET.
    pub siret: String,
    /// Its usual name.
    pub nom: String,
}

/// What somebody may do in an établissement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Droit {
    /// The établissement.
    pub etablissement: EtablissementId,
    /// What the person may do there.
    pub role: RoleMembre,
}

/// Holds a company until the end of the transaction: what its people may do is decided once at a time.
///
/// On PostgreSQL, whoever holds several rows takes them in this order, so that no two wait for each other: companies, by
/// their identifiers; an invitation, or an API client; an account; its one-time tokens; the établissements that it joins
/// (`messages::rattraper`). What happens on a dossier holds no company and no account: the dossier, and a share of its
/// établissement ([`crate::messages::destinataires`]).
pub fn prendre(conn: &mut Conn, adherent: AdherentId) -> Result<(), DbError> {
    diesel::update(adherents::table.find(V(adherent))).set(adherents::siren.eq(adherents::siren)).execute(conn)?;
    Ok(())
}

/// Narrows a query over `utilisateurs` to the people who can sign in.
macro_rules! vivants {
    ($q:expr) => {
        $q.filter(utilisateurs::nature.eq(V(NatureCompte::Personne)))
            .filter(utilisateurs::email_confirme_le.is_not_null())
            .filter(utilisateurs::suspendu_le.is_null())
    };
}

/// The addresses of the administrateurs of a company who can sign in, `sauf` left out; by
/// `etablissements_adherent` and `rattachements_etablissement`.
pub fn administrateurs(
    conn: &mut Conn,
    adherent: AdherentId,
    sauf: Option<UtilisateurId>,
) -> Result<Vec<String>, DbError> {
    let tous = etablissements::table
        .inner_join(rattachements::table.on(rattachements::etablissement_id.eq(etablissements::id)))
        .inner_join(utilisateurs::table.on(utilisateurs::id.eq(rattachements::utilisateur_id)))
        .filter(etablissements::adherent_id.eq(V(adherent)))
        .filter(rattachements::role.eq(V(RoleMembre::Administrateur)));
    let mut q = vivants!(tous).select(utilisateurs::email).distinct().into_boxed();
    if let Some(sauf) = sauf {
        q = q.filter(utilisateurs::id.ne(V(sauf)));
    }
    Ok(q.load(conn)?)
}

/// The établissements of a company that nobody who can sign in administers; by `etablissements_adherent` and
/// `rattachements_etablissement`.
pub fn sans_administrateur(conn: &mut Conn, adherent: AdherentId) -> Result<Vec<EtablissementId>, DbError> {
    let siens = rattachements::table
        .inner_join(utilisateurs::table.on(utilisateurs::id.eq(rattachements::utilisateur_id)))
        .filter(rattachements::etablissement_id.eq(etablissements::id))
        .filter(rattachements::role.eq(V(RoleMembre::Administrateur)));
    let ids: Vec<V<EtablissementId>> = etablissements::table
        .filter(etablissements::adherent_id.eq(V(adherent)))
        .filter(not(exists(vivants!(siens))))
        .select(etablissements::id)
        .load(conn)?;
    Ok(ids.into_iter().map(|e| e.0).collect())
}

/// The établissements of a person in a company, by the primary key of attachments; [`DbError::Absent`] for
/// whoever has none there or never confirmed its address, and for an API client.
pub fn etablissements(
    conn: &mut Conn,
    adherent: AdherentId,
    id: UtilisateurId,
) -> Result<Vec<EtablissementId>, DbError> {
    let siens = rattachements::table
        .inner_join(utilisateurs::table.on(utilisateurs::id.eq(rattachements::utilisateur_id)))
        .filter(rattachements::utilisateur_id.eq(V(id)))
        .filter(rattachements::adherent_id.eq(V(adherent)));
    let ids: Vec<V<EtablissementId>> = vivants!(siens).select(rattachements::etablissement_id).load(conn)?;
    if ids.is_empty() {
        return Err(DbError::Absent);
    }
    Ok(ids.into_iter().map(|e| e.0).collect())
}

/// The établissements whose members the actor manages, in order of their names.
pub fn lieux<A: Action<Sur = MembresScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Vec<Lieu>, DbError> {
    lieux_de(conn, &etablissements_des_membres(permit.acteur(), permit.sur()))
}

fn lieux_de(conn: &mut Conn, ids: &[EtablissementId]) -> Result<Vec<Lieu>, DbError> {
    Ok(etablissements::table
        .filter(etablissements::id.eq_any(ids.iter().copied().map(V)))
        .order((etablissements::nom, etablissements::id))
        .select((etablissements::id, etablissements::siret, etablissements::nom))
        .load(conn)?)
}

/// The people of the établissements whose members the actor manages, the latest account first, and where the next
/// page starts; by `rattachements_etablissement`.
pub fn lister<A: Action<Sur = MembresScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    avant: Option<UtilisateurId>,
    limite: usize,
) -> Result<(Vec<Personne>, Option<UtilisateurId>), DbError> {
    let geres = etablissements_des_membres(permit.acteur(), permit.sur());
    let siens = rattachements::table
        .inner_join(utilisateurs::table.on(utilisateurs::id.eq(rattachements::utilisateur_id)))
        .filter(rattachements::etablissement_id.eq_any(geres.into_iter().map(V)));
    let mut q = vivants!(siens)
        .select((utilisateurs::id, utilisateurs::prenom, utilisateurs::nom, utilisateurs::email))
        .distinct()
        .order(utilisateurs::id.desc())
        .limit(i64::try_from(limite + 1).unwrap_or(i64::MAX))
        .into_boxed();
    if let Some(avant) = avant {
        q = q.filter(utilisateurs::id.lt(V(avant)));
    }
    let mut lues: Vec<Personne> = q.load(conn)?;
    let suivant = couper(&mut lues, limite, |p| p.id.0);
    Ok((lues, suivant))
}

/// A person of a company, by the primary key.
pub fn lire<A: Action<Sur = MembreScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Personne, DbError> {
    Ok(utilisateurs::table
        .find(V(permit.sur().id))
        .select((utilisateurs::id, utilisateurs::prenom, utilisateurs::nom, utilisateurs::email))
        .first(conn)?)
}

/// What people may do in each of `lieux`, in the order of the names; by the primary key of attachments.
///
/// For people already found by a permit.
pub fn droits(
    conn: &mut Conn,
    personnes: &[Personne],
    lieux: &[EtablissementId],
) -> Result<Vec<(UtilisateurId, Lieu, RoleMembre)>, DbError> {
    let lignes: Vec<(V<UtilisateurId>, Lieu, V<RoleMembre>)> = rattachements::table
        .inner_join(etablissements::table)
        .filter(rattachements::utilisateur_id.eq_any(personnes.iter().map(|p| p.id)))
        .filter(rattachements::etablissement_id.eq_any(lieux.iter().copied().map(V)))
        .order((etablissements::nom, etablissements::id))
        .select((
            rattachements::utilisateur_id,
            (etablissements::id, etablissements::siret, etablissements::nom),
            rattachements::role,
        ))
        .load(conn)?;
    Ok(lignes.into_iter().map(|(id, lieu, role)| (id.0, lieu, role.0)).collect())
}

/// Writes what a member may do in the établissements whose members the actor manages, and nowhere else.
pub fn regler<A: Action<Sur = MembreScope>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    droits: &[Droit],
) -> Result<(), DbError> {
    let MembreScope { id, membres, .. } = permit.sur();
    let geres = etablissements_des_membres(permit.acteur(), membres);
    for etablissement in geres.into_iter().filter(|e| droits.iter().all(|d| d.etablissement != *e)) {
        let retire = diesel::delete(rattachements::table.find((V(*id), V(etablissement)))).execute(conn)? == 1;
        if retire && permit.acteur().id != *id {
            crate::invitations::reprendre(conn, membres.adherent.id, *id, etablissement)?;
            diesel::delete(acces_retires::table.find((V(*id), V(etablissement)))).execute(conn)?;
            diesel::insert_into(acces_retires::table)
                .values((
                    acces_retires::utilisateur_id.eq(V(*id)),
                    acces_retires::etablissement_id.eq(V(etablissement)),
                ))
                .execute(conn)?;
        }
    }
    droits.iter().try_for_each(|droit| poser(conn, membres.adherent.id, *id, *droit))
}

/// Gives a person at least a right in an établissement of a company; what it has that is larger stays.
pub fn donner(conn: &mut Conn, adherent: AdherentId, id: UtilisateurId, droit: Droit) -> Result<(), DbError> {
    let place = rattachements::table.find((V(id), V(droit.etablissement)));
    let present: Option<V<RoleMembre>> = place.select(rattachements::role).first(conn).optional()?;
    if present.is_some_and(|role| role.0 >= droit.role) { Ok(()) } else { poser(conn, adherent, id, droit) }
}

/// Whether somebody else took away what a person could do in an établissement; by the primary key.
pub fn acces_retire(conn: &mut Conn, id: UtilisateurId, etablissement: EtablissementId) -> Result<bool, DbError> {
    let place = acces_retires::table.find((V(id), V(etablissement)));
    Ok(diesel::select(diesel::dsl::exists(place)).get_result(conn)?)
}

fn poser(conn: &mut Conn, adherent: AdherentId, id: UtilisateurId, droit: Droit) -> Result<(), DbError> {
    let place = rattachements::table.find((V(id), V(droit.etablissement)));
    if diesel::update(place).set(rattachements::role.eq(V(droit.role))).execute(conn)? == 1 {
        return Ok(());
    }
    diesel::delete(acces_retires::table.find((V(id), V(droit.etablissement)))).execute(conn)?;
    let paire = crate::comptes::Paire { adherent, etablissement: droit.etablissement };
    crate::comptes::joindre(conn, id, paire, droit.role)
}

/// The name of the company, by its primary key.
pub fn raison_sociale<A: Action<Sur = MembresScope>>(conn: &mut Conn, permit: &Permit<A>) -> Result<String, DbError> {
    Ok(adherents::table.find(V(permit.sur().adherent.id)).select(adherents::raison_sociale).first(conn)?)
}
