//! Sessions: which account a browser is signed in to.

use std::sync::Arc;

use diesel::prelude::*;
use domain::acteur::Cote;
use domain::ids::{AdherentId, EtablissementId, SessionId, UtilisateurId};
use domain::{Acteur, Profil, Rattachement, RoleMembre};
use jiff::Timestamp;

use crate::schema::{rattachements, sessions, utilisateurs};
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

/// The live session of a token, by `sessions_jeton_unique`; `None` when it is unknown, expired,
/// or its account suspended.
pub fn vivante(
    conn: &mut Conn,
    jeton_sha256: &[u8],
    maintenant: Timestamp,
    vue_depuis: Timestamp,
) -> Result<Option<SessionVivante>, DbError> {
    let ligne: Option<(V<SessionId>, V<UtilisateurId>, V<Cote>, V<Timestamp>)> = sessions::table
        .inner_join(utilisateurs::table)
        .filter(sessions::jeton_sha256.eq(jeton_sha256))
        .filter(sessions::expire_le.gt(V(maintenant)))
        .filter(sessions::vue_le.gt(V(vue_depuis)))
        .filter(utilisateurs::suspendu_le.is_null())
        .select((sessions::id, utilisateurs::id, utilisateurs::cote, sessions::vue_le))
        .first(conn)
        .optional()?;
    let Some((id, utilisateur, cote, vue_le)) = ligne else { return Ok(None) };
    let acteur = Arc::new(acteur(conn, utilisateur.0, cote.0)?);
    Ok(Some(SessionVivante { id: id.0, acteur, vue_le: vue_le.0 }))
}

/// An account with its present rights.
pub fn acteur(conn: &mut Conn, id: UtilisateurId, cote: Cote) -> Result<Acteur, DbError> {
    let profil = match cote {
        Cote::Membre => Profil::Membre(rattachements_de(conn, id)?.into()),
        Cote::Gestionnaire => Profil::Gestionnaire,
        Cote::AdministrateurOpco => Profil::AdministrateurOpco,
    };
    Ok(Acteur { id, profil })
}

fn rattachements_de(conn: &mut Conn, id: UtilisateurId) -> Result<Vec<Rattachement>, DbError> {
    let lignes: Vec<(V<AdherentId>, V<EtablissementId>, V<RoleMembre>)> = rattachements::table
        .filter(rattachements::utilisateur_id.eq(V(id)))
        .order(rattachements::etablissement_id)
        .select((rattachements::adherent_id, rattachements::etablissement_id, rattachements::role))
        .load(conn)?;
    Ok(lignes
        .into_iter()
        .map(|(adherent, etablissement, role)| Rattachement {
            adherent: adherent.0,
            etablissement: etablissement.0,
            role: role.0,
        })
        .collect())
}

/// Writes when a session was last seen.
pub fn voir(conn: &mut Conn, id: SessionId, le: Timestamp) -> Result<(), DbError> {
    diesel::update(sessions::table.find(V(id))).set(sessions::vue_le.eq(V(le))).execute(conn)?;
    Ok(())
}
