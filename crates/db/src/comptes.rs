//! Accounts: who they are, what they are attached to, their password.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::RoleMembre;
use domain::acteur::Cote;
use domain::courriel::Email;
use domain::ids::{AdherentId, EtablissementId, UtilisateurId};
use domain::permit::{Action, Permit};
use domain::policy::GererSonCompte;
use domain::siret::Siret;
use jiff::Timestamp;

use crate::codes::NatureCompte;
use crate::conn::{modifier, sur};
use crate::schema::{acces_retires, adherents, etablissements, favoris, jetons, rattachements, utilisateurs};
use crate::types::V;
use crate::{Conn, DbError};

/// An account as its own acts need it.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = utilisateurs)]
pub struct Compte {
    /// Its identifier.
    pub id: V<UtilisateurId>,
    /// Its address.
    pub email: String,
    /// First name.
    pub prenom: String,
    /// Last name.
    pub nom: String,
    /// The side it stands on.
    pub cote: V<Cote>,
    /// The hash of its password, in PHC form.
    pub mot_de_passe: Option<String>,
    /// When its address was confirmed.
    pub email_confirme_le: Option<V<Timestamp>>,
    /// When it was suspended.
    pub suspendu_le: Option<V<Timestamp>>,
}

impl std::fmt::Debug for Compte {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Compte({})", self.id.0)
    }
}

/// An account to be made, its address not confirmed yet.
pub struct Nouveau<'a> {
    /// Its identifier.
    pub id: UtilisateurId,
    /// Its address.
    pub email: &'a Email,
    /// First name.
    pub prenom: &'a str,
    /// Last name.
    pub nom: &'a str,
    /// The hash of its password.
    pub mot_de_passe: &'a str,
    /// When it was asked for.
    pub le: Timestamp,
}

/// An établissement that the two numbers of a request name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paire {
    /// The company.
    pub adherent: AdherentId,
    /// The établissement.
    pub etablissement: EtablissementId,
}

/// An établissement of a member, with its names.
#[derive(Debug, Clone, Queryable)]
pub struct Rattache {
    /// The établissement.
    pub id: V<EtablissementId>,
    /// Its SIRET.
    pub siret: String,
    /// Its name.
    pub nom: String,
    /// The company.
    pub adherent_id: V<AdherentId>,
    /// The company's name.
    pub adherent: String,
    /// What the member may do there.
    pub role: V<RoleMembre>,
}

/// Takes an account for the rest of the transaction: what is decided from what it has is decided once at a time, on
/// PostgreSQL as on SQLite.
pub fn prendre(conn: &mut Conn, id: UtilisateurId) -> Result<(), DbError> {
    let tel_quel = utilisateurs::email.eq(utilisateurs::email);
    sur!(conn, c => modifier(utilisateurs::id.eq(V(id)), tel_quel).execute(c))?;
    Ok(())
}

/// Takes an account that its owner is about to confirm, if that is to be done, after its companies, in the order of
/// [`crate::membres::prendre`]: two members who confirm at once are judged one after the other.
///
/// Its companies do not change while the link that confirms it is alive. By the primary key of attachments.
pub fn prendre_a_confirmer(conn: &mut Conn, id: UtilisateurId) -> Result<(), DbError> {
    let adherents: Vec<V<AdherentId>> = rattachements::table
        .inner_join(utilisateurs::table.on(utilisateurs::id.eq(rattachements::utilisateur_id)))
        .filter(rattachements::utilisateur_id.eq(V(id)))
        .filter(utilisateurs::email_confirme_le.is_null())
        .select(rattachements::adherent_id)
        .load(conn)?;
    for adherent in uniques(adherents) {
        crate::membres::prendre(conn, adherent)?;
    }
    prendre(conn, id)
}

fn uniques(mut adherents: Vec<V<AdherentId>>) -> impl Iterator<Item = AdherentId> {
    adherents.sort_unstable();
    adherents.dedup();
    adherents.into_iter().map(|a| a.0)
}

/// First and last name of an account, by its primary key.
pub fn nom(conn: &mut Conn, id: UtilisateurId) -> Result<String, DbError> {
    let (prenom, nom): (String, String) =
        sur!(conn, c => utilisateurs::table.find(V(id)).select((utilisateurs::prenom, utilisateurs::nom)).first(c))?;
    Ok(nom_complet(&prenom, &nom))
}

/// How an account is called: an API client has no first name.
pub(crate) fn nom_complet(prenom: &str, nom: &str) -> String {
    if prenom.is_empty() { nom.to_owned() } else { format!("{prenom} {nom}") }
}

/// The account of a person's address, by `utilisateurs_email_unique`; for whoever proves to own it.
pub fn par_email(conn: &mut Conn, email: &Email) -> Result<Option<Compte>, DbError> {
    Ok(sur!(conn, c => utilisateurs::table
        .filter(utilisateurs::email.eq(email.as_str()))
        .filter(utilisateurs::nature.eq(V(NatureCompte::Personne)))
        .select(Compte::as_select())
        .first(c))
    .optional()?)
}

/// The account that a one-time token names, by its primary key.
pub fn du_jeton(conn: &mut Conn, id: UtilisateurId) -> Result<Compte, DbError> {
    Ok(sur!(conn, c => utilisateurs::table.find(V(id)).select(Compte::as_select()).first(c))?)
}

/// One's own account, by its primary key.
pub fn lire<A: Action<Sur = ()>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Compte, DbError> {
    du_jeton(conn, permit.acteur().id)
}

/// One's own établissements, by the primary key of the attachments; the names in order.
pub fn rattaches<A: Action<Sur = ()>>(conn: &mut Conn, permit: &Permit<A>) -> Result<Vec<Rattache>, DbError> {
    Ok(sur!(conn, c => rattachements::table
        .inner_join(etablissements::table.inner_join(adherents::table))
        .filter(rattachements::utilisateur_id.eq(V(permit.acteur().id)))
        .order((adherents::raison_sociale, etablissements::nom, etablissements::id))
        .select((
            etablissements::id,
            etablissements::siret,
            etablissements::nom,
            adherents::id,
            adherents::raison_sociale,
            rattachements::role,
        ))
        .load(c))?)
}

/// What the two numbers name, when they go together; by `etablissements_siret_unique`.
pub fn paire(conn: &mut Conn, siret: &Siret, numero: &str) -> Result<Option<Paire>, DbError> {
    let ligne: Option<(V<AdherentId>, V<EtablissementId>, String)> = etablissements::table
        .inner_join(adherents::table)
        .filter(etablissements::siret.eq(siret.as_str()))
        .select((adherents::id, etablissements::id, adherents::numero))
        .first(conn)
        .optional()?;
    Ok(ligne
        .filter(|(.., le_sien)| nu(le_sien) == nu(numero))
        .map(|(adherent, etablissement, _)| Paire { adherent: adherent.0, etablissement: etablissement.0 }))
}

/// A number without what separates its parts: everybody writes that in their own way.
fn nu(numero: &str) -> String {
    numero.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// Makes a member's account.
pub fn inserer(conn: &mut Conn, nouveau: &Nouveau<'_>) -> Result<(), DbError> {
    diesel::insert_into(utilisateurs::table)
        .values((
            utilisateurs::id.eq(V(nouveau.id)),
            utilisateurs::email.eq(nouveau.email.as_str()),
            utilisateurs::prenom.eq(nouveau.prenom),
            utilisateurs::nom.eq(nouveau.nom),
            utilisateurs::fonction.eq(""),
            utilisateurs::telephone.eq(""),
            utilisateurs::cote.eq(V(Cote::Membre)),
            utilisateurs::mot_de_passe.eq(Some(nouveau.mot_de_passe)),
            utilisateurs::cree_le.eq(V(nouveau.le)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes a new request over one whose address was never confirmed; `false` when it was confirmed meanwhile, or removed
/// by [`effacer`].
pub fn reprendre(conn: &mut Conn, nouveau: &Nouveau<'_>) -> Result<bool, DbError> {
    let touches =
        diesel::update(utilisateurs::table.find(V(nouveau.id)).filter(utilisateurs::email_confirme_le.is_null()))
            .set((
                utilisateurs::prenom.eq(nouveau.prenom),
                utilisateurs::nom.eq(nouveau.nom),
                utilisateurs::mot_de_passe.eq(Some(nouveau.mot_de_passe)),
                utilisateurs::cree_le.eq(V(nouveau.le)),
            ))
            .execute(conn)?;
    if touches == 0 {
        return Ok(false);
    }
    diesel::delete(rattachements::table.filter(rattachements::utilisateur_id.eq(V(nouveau.id)))).execute(conn)?;
    Ok(true)
}

/// The address of a live account, to write to its owner; by the primary key.
pub fn email(conn: &mut Conn, id: UtilisateurId) -> Result<Option<String>, DbError> {
    Ok(utilisateurs::table
        .find(V(id))
        .filter(utilisateurs::suspendu_le.is_null())
        .filter(utilisateurs::email_confirme_le.is_not_null())
        .select(utilisateurs::email)
        .first(conn)
        .optional()?)
}

/// Where an account stands among those that nobody confirmed: when it was asked for, and its identifier.
pub type Demandee = (Timestamp, UtilisateurId);

/// The links that still open the account which `$de` names: each of them confirms it, whatever else it is for.
macro_rules! liens_vivants {
    ($de:expr, $maintenant:expr) => {
        jetons::table
            .filter(jetons::utilisateur_id.eq($de))
            .filter(jetons::utilise_le.is_null())
            .filter(jetons::expire_le.gt(V($maintenant)))
    };
}

/// Members' accounts asked for before `avant`, never confirmed, and with no link that could still
/// confirm them, the first after `apres`, `limite` at most; by `utilisateurs_non_confirmes`.
pub fn non_confirmes(
    conn: &mut Conn,
    avant: Timestamp,
    maintenant: Timestamp,
    apres: Option<Demandee>,
    limite: i64,
) -> Result<Vec<Demandee>, DbError> {
    let mut q = utilisateurs::table
        .filter(utilisateurs::email_confirme_le.is_null())
        .filter(utilisateurs::cree_le.lt(V(avant)))
        .filter(utilisateurs::cote.eq(V(Cote::Membre)))
        .filter(not(exists(liens_vivants!(utilisateurs::id, maintenant))))
        .order((utilisateurs::cree_le, utilisateurs::id))
        .select((utilisateurs::cree_le, utilisateurs::id))
        .limit(limite)
        .into_boxed();
    if let Some((le, id)) = apres {
        q = q
            .filter(utilisateurs::cree_le.ge(V(le)))
            .filter(utilisateurs::cree_le.gt(V(le)).or(utilisateurs::id.gt(V(id))));
    }
    let lues: Vec<(V<Timestamp>, V<UtilisateurId>)> = q.load(conn)?;
    Ok(lues.into_iter().map(|(le, id)| (le.0, id.0)).collect())
}

/// Removes an account asked for before `avant` and never confirmed, with all it has: nobody ever entered by it.
/// `false` when it was confirmed, asked for again or sent a link meanwhile.
pub fn effacer(conn: &mut Conn, id: UtilisateurId, avant: Timestamp, maintenant: Timestamp) -> Result<bool, DbError> {
    // Taken against a confirmation, another request or a link that comes at the same moment: what came before is seen.
    prendre(conn, id)?;
    let oublie = utilisateurs::table
        .find(V(id))
        .filter(utilisateurs::email_confirme_le.is_null())
        .filter(utilisateurs::cree_le.lt(V(avant)))
        .filter(not(exists(liens_vivants!(V(id), maintenant))));
    let present = diesel::update(oublie).set((utilisateurs::prenom.eq(""), utilisateurs::nom.eq(""))).execute(conn)?;
    if present == 0 {
        return Ok(false);
    }
    // The dead links alone: a live one would refer to an account that is not there any more.
    let mort = jetons::utilise_le.is_not_null().or(jetons::expire_le.le(V(maintenant)));
    diesel::delete(jetons::table.filter(jetons::utilisateur_id.eq(V(id))).filter(mort)).execute(conn)?;
    diesel::delete(favoris::table.filter(favoris::utilisateur_id.eq(V(id)))).execute(conn)?;
    diesel::delete(rattachements::table.filter(rattachements::utilisateur_id.eq(V(id)))).execute(conn)?;
    diesel::delete(acces_retires::table.filter(acces_retires::utilisateur_id.eq(V(id)))).execute(conn)?;
    diesel::delete(utilisateurs::table.find(V(id))).execute(conn)?;
    Ok(true)
}

/// Attaches an account to an établissement, whose messages it is given.
pub fn joindre(conn: &mut Conn, id: UtilisateurId, paire: Paire, role: RoleMembre) -> Result<(), DbError> {
    rattacher(conn, id, paire, role)?;
    crate::messages::rattraper(conn, id, paire.etablissement)
}

/// Writes that an account is to be of an établissement, before anybody has shown to own it; [`confirmer`] gives it
/// what it finds there.
pub fn rattacher(conn: &mut Conn, id: UtilisateurId, paire: Paire, role: RoleMembre) -> Result<(), DbError> {
    diesel::insert_into(rattachements::table)
        .values((
            rattachements::utilisateur_id.eq(V(id)),
            rattachements::etablissement_id.eq(V(paire.etablissement)),
            rattachements::adherent_id.eq(V(paire.adherent)),
            rattachements::role.eq(V(role)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes that an address is confirmed, and gives the account the messages of its établissements.
pub fn confirmer(conn: &mut Conn, id: UtilisateurId, le: Timestamp) -> Result<(), DbError> {
    diesel::update(utilisateurs::table.find(V(id)))
        .set(utilisateurs::email_confirme_le.eq(Some(V(le))))
        .execute(conn)?;
    let siens: Vec<V<EtablissementId>> = rattachements::table
        .filter(rattachements::utilisateur_id.eq(V(id)))
        .order(rattachements::etablissement_id)
        .select(rattachements::etablissement_id)
        .load(conn)?;
    siens.into_iter().try_for_each(|e| crate::messages::rattraper(conn, id, e.0))
}

/// Writes the name of who asks; by the primary key.
pub fn ecrire_nom(conn: &mut Conn, permit: &Permit<GererSonCompte>, prenom: &str, nom: &str) -> Result<(), DbError> {
    diesel::update(utilisateurs::table.find(V(permit.acteur().id)))
        .set((utilisateurs::prenom.eq(prenom), utilisateurs::nom.eq(nom)))
        .execute(conn)?;
    Ok(())
}

/// Writes the hash of a password.
pub fn ecrire_mot_de_passe(conn: &mut Conn, id: UtilisateurId, hachage: &str) -> Result<(), DbError> {
    diesel::update(utilisateurs::table.find(V(id))).set(utilisateurs::mot_de_passe.eq(Some(hachage))).execute(conn)?;
    Ok(())
}

/// The companies of a member, each with the addresses of its other administrateurs; [`prendre_a_confirmer`] holds them.
pub fn administrateurs(conn: &mut Conn, id: UtilisateurId) -> Result<Vec<(AdherentId, Vec<String>)>, DbError> {
    let ids: Vec<V<AdherentId>> = rattachements::table
        .filter(rattachements::utilisateur_id.eq(V(id)))
        .select(rattachements::adherent_id)
        .load(conn)?;
    uniques(ids).map(|adherent| Ok((adherent, crate::membres::administrateurs(conn, adherent, Some(id))?))).collect()
}

/// Writes a member's role in all of its établissements of a company.
pub fn ecrire_role(conn: &mut Conn, id: UtilisateurId, adherent: AdherentId, role: RoleMembre) -> Result<(), DbError> {
    diesel::update(
        rattachements::table
            .filter(rattachements::utilisateur_id.eq(V(id)))
            .filter(rattachements::adherent_id.eq(V(adherent))),
    )
    .set(rattachements::role.eq(V(role)))
    .execute(conn)?;
    Ok(())
}
