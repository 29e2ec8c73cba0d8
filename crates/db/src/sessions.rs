//! Sessions: which account a browser is signed in to.

use std::sync::Arc;

use diesel::prelude::*;
use domain::acteur::Cote;
use domain::ids::{AdherentId, ClientApiId, EtablissementId, Id, SessionId, UtilisateurId};
use domain::permit::{Action, Permit};
use domain::{Acteur, Portee, Preuve, Profil, Rattachement, RoleMembre};
use jiff::Timestamp;

use crate::codes::NatureCompte;
use crate::conn::sur;
use crate::schema::{clients_api, rattachements, sessions, utilisateurs};
use crate::types::V;
use crate::{Conn, DbError};

/// A session that is alive, and who it belongs to.
#[derive(Debug, Clone)]
pub struct SessionVivante {
    /// The session.
    pub id: SessionId,
    /// The account, with the rights it has at this instant.
    pub acteur: Arc<Acteur>,
    /// When the session was last seen, as far as it was written.
    pub vue_le: Timestamp,
}

/// The live session of a token, by `sessions_jeton_unique`, and the rights of its account: one query. `None` when it is unknown, expired,
/// or its account suspended.
pub fn vivante(
    conn: &mut Conn,
    jeton_sha256: &[u8],
    maintenant: Timestamp,
    vue_depuis: Timestamp,
) -> Result<Option<SessionVivante>, DbError> {
    type Ligne = (V<SessionId>, V<UtilisateurId>, V<Cote>, V<Timestamp>, Option<LigneRattachement>);
    let lignes: Vec<Ligne> = sur!(conn, c => sessions::table
        .inner_join(utilisateurs::table)
        .left_join(rattachements::table.on(rattachements::utilisateur_id.eq(utilisateurs::id)))
        .filter(sessions::jeton_sha256.eq(jeton_sha256))
        .filter(sessions::expire_le.gt(V(maintenant)))
        .filter(sessions::vue_le.gt(V(vue_depuis)))
        .filter(utilisateurs::suspendu_le.is_null())
        .order(rattachements::etablissement_id)
        .select((
            sessions::id,
            utilisateurs::id,
            utilisateurs::cote,
            sessions::vue_le,
            (rattachements::adherent_id, rattachements::etablissement_id, rattachements::role).nullable(),
        ))
        .load(c))?;
    let Some((id, utilisateur, cote, vue_le, _)) = lignes.first().copied() else { return Ok(None) };
    let rattachements = || lignes.into_iter().filter_map(|(.., r)| r).map(rattachement).collect();
    let profil = profil(cote.0, rattachements);
    let preuve = Preuve::Session(id.0);
    let acteur = Arc::new(Acteur { id: utilisateur.0, profil, portee: Portee::Personne, preuve });
    Ok(Some(SessionVivante { id: id.0, acteur, vue_le: vue_le.0 }))
}

type LigneRattachement = (V<AdherentId>, V<EtablissementId>, V<RoleMembre>);

fn rattachement((adherent, etablissement, role): LigneRattachement) -> Rattachement {
    Rattachement { adherent: adherent.0, etablissement: etablissement.0, role: role.0 }
}

fn profil(cote: Cote, rattachements: impl FnOnce() -> Arc<[Rattachement]>) -> Profil {
    match cote {
        Cote::Membre => Profil::Membre(rattachements()),
        Cote::Gestionnaire => Profil::Gestionnaire,
        Cote::AdministrateurOpco => Profil::AdministrateurOpco,
    }
}

/// A person with its present rights.
pub fn acteur(conn: &mut Conn, id: UtilisateurId, cote: Cote) -> Result<Acteur, DbError> {
    let lignes: Vec<LigneRattachement> = match cote {
        Cote::Membre => sur!(conn, c => rattachements::table
            .filter(rattachements::utilisateur_id.eq(V(id)))
            .order(rattachements::etablissement_id)
            .select((rattachements::adherent_id, rattachements::etablissement_id, rattachements::role))
            .load(c))?,
        Cote::Gestionnaire | Cote::AdministrateurOpco => Vec::new(),
    };
    let profil = profil(cote, || lignes.into_iter().map(rattachement).collect());
    Ok(Acteur { id, profil, portee: Portee::Personne, preuve: Preuve::Aucune })
}

/// An account with its present rights, whoever it is of; `None` once it is suspended, or an API client
/// revoked or expired.
pub fn present(conn: &mut Conn, id: UtilisateurId, maintenant: Timestamp) -> Result<Option<Arc<Acteur>>, DbError> {
    let compte: Option<(V<Cote>, V<NatureCompte>)> = utilisateurs::table
        .find(V(id))
        .filter(utilisateurs::suspendu_le.is_null())
        .select((utilisateurs::cote, utilisateurs::nature))
        .first(conn)
        .optional()?;
    match compte {
        None => Ok(None),
        Some((cote, V(NatureCompte::Personne))) => Ok(Some(Arc::new(acteur(conn, id, cote.0)?))),
        Some((_, V(NatureCompte::ClientApi))) => {
            let client = crate::clients_api::vivant(conn, Id::new(id.uuid()), maintenant)?;
            client.map(|c| crate::clients_api::acteur(conn, &c, c.scopes.clone(), Preuve::Aucune)).transpose()
        }
    }
}

/// An actor with its present rights, and no more than the request it came with: of an API client, the scopes of its
/// token that it still has. `None` once it is suspended, an API client revoked or expired, its session ended or its token
/// revoked; a session or a token whose time has come meanwhile still ends its request. Two queries, by primary keys.
pub fn encore(conn: &mut Conn, acteur: &Acteur, maintenant: Timestamp) -> Result<Option<Arc<Acteur>>, DbError> {
    type LigneClient = (String, Option<V<Timestamp>>, Option<V<Timestamp>>);
    if !tient(conn, acteur.preuve)? {
        return Ok(None);
    }
    let client: ClientApiId = Id::new(acteur.id.uuid());
    let lignes: Vec<(V<Cote>, Option<LigneClient>, Option<LigneRattachement>)> = sur!(conn, c => utilisateurs::table
        .left_join(clients_api::table.on(clients_api::id.eq(V(client))))
        .left_join(rattachements::table.on(rattachements::utilisateur_id.eq(utilisateurs::id)))
        .filter(utilisateurs::id.eq(V(acteur.id)))
        .filter(utilisateurs::suspendu_le.is_null())
        .select((
            utilisateurs::cote,
            (clients_api::scopes, clients_api::expire_le, clients_api::revoque_le).nullable(),
            (rattachements::adherent_id, rattachements::etablissement_id, rattachements::role).nullable(),
        ))
        .load(c))?;
    let Some((cote, client, _)) = lignes.first().cloned() else { return Ok(None) };
    let portee = match (&acteur.portee, client) {
        (Portee::Personne, _) => Portee::Personne,
        (Portee::Client(scopes), Some((siens, fin, None))) if fin.is_none_or(|fin| fin.0 > maintenant) => {
            Portee::Client(scopes.commun(&crate::clients_api::lire_scopes(&siens)?))
        }
        (Portee::Client(_), _) => return Ok(None),
    };
    let profil = profil(cote.0, || lignes.into_iter().filter_map(|(.., r)| r).map(rattachement).collect());
    Ok(Some(Arc::new(Acteur { id: acteur.id, profil, portee, preuve: acteur.preuve })))
}

/// Whether what an actor was recognised by was not taken away since.
fn tient(conn: &mut Conn, preuve: Preuve) -> Result<bool, DbError> {
    match preuve {
        Preuve::Aucune => Ok(true),
        Preuve::Session(id) => {
            let la: Option<V<SessionId>> =
                sur!(conn, c => sessions::table.find(V(id)).select(sessions::id).first(c).optional())?;
            Ok(la.is_some())
        }
        Preuve::Jeton(jti) => Ok(!crate::jetons_api::est_revoque(conn, jti)?),
    }
}

/// Writes when a session was last seen.
pub fn voir(conn: &mut Conn, id: SessionId, le: Timestamp) -> Result<(), DbError> {
    diesel::update(sessions::table.find(V(id))).set(sessions::vue_le.eq(V(le))).execute(conn)?;
    Ok(())
}

/// A session to be opened.
pub struct Nouvelle<'a> {
    /// Its identifier.
    pub id: SessionId,
    /// SHA-256 of its token.
    pub jeton_sha256: &'a [u8; 32],
    /// Its account.
    pub utilisateur: UtilisateurId,
    /// The browser and system, in words.
    pub appareil: &'a str,
    /// The network address.
    pub adresse: &'a str,
    /// When.
    pub le: Timestamp,
    /// When it ends at the latest.
    pub expire_le: Timestamp,
}

/// An open session, as its owner sees it.
#[derive(Debug, Clone, Queryable)]
pub struct Ouverte {
    /// Its identifier.
    pub id: V<SessionId>,
    /// The browser and system.
    pub appareil: String,
    /// The network address.
    pub adresse: String,
    /// When it was opened.
    pub ouverte_le: V<Timestamp>,
    /// When it was last seen.
    pub vue_le: V<Timestamp>,
    /// When it ends at the latest.
    pub expire_le: V<Timestamp>,
}

/// Opens a session.
pub fn ouvrir(conn: &mut Conn, nouvelle: &Nouvelle<'_>) -> Result<(), DbError> {
    sur!(conn, c => diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(V(nouvelle.id)),
            sessions::jeton_sha256.eq(nouvelle.jeton_sha256.as_slice()),
            sessions::utilisateur_id.eq(V(nouvelle.utilisateur)),
            sessions::appareil.eq(nouvelle.appareil),
            sessions::adresse.eq(nouvelle.adresse),
            sessions::ouverte_le.eq(V(nouvelle.le)),
            sessions::vue_le.eq(V(nouvelle.le)),
            sessions::expire_le.eq(V(nouvelle.expire_le)),
        ))
        .execute(c))?;
    Ok(())
}

/// One's own live sessions, the latest used first; by `sessions_utilisateur`.
pub fn lister<A: Action<Sur = ()>>(
    conn: &mut Conn,
    permit: &Permit<A>,
    maintenant: Timestamp,
    vue_depuis: Timestamp,
) -> Result<Vec<Ouverte>, DbError> {
    Ok(sessions::table
        .filter(sessions::utilisateur_id.eq(V(permit.acteur().id)))
        .filter(sessions::expire_le.gt(V(maintenant)))
        .filter(sessions::vue_le.gt(V(vue_depuis)))
        .order((sessions::vue_le.desc(), sessions::id.desc()))
        .select((
            sessions::id,
            sessions::appareil,
            sessions::adresse,
            sessions::ouverte_le,
            sessions::vue_le,
            sessions::expire_le,
        ))
        .load(conn)?)
}

/// Ends one of one's own sessions; [`DbError::Absent`] when it is somebody else's, or ended.
pub fn terminer<A: Action<Sur = ()>>(conn: &mut Conn, permit: &Permit<A>, id: SessionId) -> Result<(), DbError> {
    let siennes = sessions::table.find(V(id)).filter(sessions::utilisateur_id.eq(V(permit.acteur().id)));
    if diesel::delete(siennes).execute(conn)? == 1 { Ok(()) } else { Err(DbError::Absent) }
}

/// Ends all sessions of an account but `sauf`; returns how many. By `sessions_utilisateur`.
pub fn terminer_toutes(conn: &mut Conn, utilisateur: UtilisateurId, sauf: Option<SessionId>) -> Result<usize, DbError> {
    let toutes = sessions::table.filter(sessions::utilisateur_id.eq(V(utilisateur)));
    Ok(match sauf {
        Some(sauf) => diesel::delete(toutes.filter(sessions::id.ne(V(sauf)))).execute(conn)?,
        None => diesel::delete(toutes).execute(conn)?,
    })
}

/// Gives a session another token; `false` when it ended meanwhile.
pub fn changer_jeton(conn: &mut Conn, id: SessionId, jeton_sha256: &[u8; 32]) -> Result<bool, DbError> {
    let touches = diesel::update(sessions::table.find(V(id)))
        .set(sessions::jeton_sha256.eq(jeton_sha256.to_vec()))
        .execute(conn)?;
    Ok(touches == 1)
}

/// Forgets everybody's sessions whose time has come, `limite` at most; how many. By `sessions_expiration`.
pub fn purger(conn: &mut Conn, maintenant: Timestamp, limite: i64) -> Result<usize, DbError> {
    let finies: Vec<V<SessionId>> = sessions::table
        .filter(sessions::expire_le.le(V(maintenant)))
        .order(sessions::expire_le)
        .limit(limite)
        .select(sessions::id)
        .load(conn)?;
    Ok(diesel::delete(sessions::table.filter(sessions::id.eq_any(finies))).execute(conn)?)
}
