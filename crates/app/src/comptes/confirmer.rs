//! Confirming the address of an account.

use db::codes::JetonUsage;
use domain::RoleMembre;
use domain::code::Code as _;
use domain::ids::UtilisateurId;

use super::rattacher::premier_role;
use super::{lettres, trace};
use crate::authz::JetonSha256;
use crate::{App, Error, Journal, Tx};

/// Confirms the address that a one-time token was sent to.
pub async fn confirmer(app: &App, jeton: JetonSha256) -> Result<(), Error> {
    app.write_systeme(move |tx| {
        let id = utiliser(tx, &jeton, JetonUsage::Confirmation)?;
        let role = adresse_confirmee(tx, id)?;
        let mut trace = trace("compte.confirmer", id);
        trace.details = serde_json::json!({ "role": role.map(RoleMembre::code) });
        Ok(((), Journal::new(trace)))
    })
    .await
}

/// Uses a one-time token that shows whose mailbox it was sent to, and names its account, which is held before the token
/// is: what replaces a request holds the account, then forgets its tokens.
pub(super) fn utiliser(tx: &mut Tx<'_>, jeton: &JetonSha256, usage: JetonUsage) -> Result<UtilisateurId, Error> {
    let id = db::jetons::lire(tx.conn, &jeton.0, usage, tx.maintenant)?.ok_or(Error::LienInvalide)?;
    db::comptes::prendre_a_confirmer(tx.conn, id)?;
    // Of two who come with one token, one alone goes on.
    db::jetons::utiliser(tx.conn, &jeton.0, usage, tx.maintenant)?.ok_or(Error::LienInvalide)
}

/// Writes that an account's owner reads its mailbox, and settles its role; [`utiliser`] holds the account.
pub(super) fn adresse_confirmee(tx: &mut Tx<'_>, id: UtilisateurId) -> Result<Option<RoleMembre>, Error> {
    let compte = db::comptes::du_jeton(tx.conn, id)?;
    if compte.suspendu_le.is_some() {
        return Err(Error::LienInvalide);
    }
    db::jetons::oublier(tx.conn, id, JetonUsage::Confirmation)?;
    if compte.email_confirme_le.is_some() {
        return Ok(None);
    }
    let maintenant = tx.maintenant;
    db::comptes::confirmer(tx.conn, id, maintenant)?;
    let mut donne = None;
    for (adherent, administrateurs) in db::comptes::administrateurs(tx.conn, id)? {
        let role = premier_role(&administrateurs);
        db::comptes::ecrire_role(tx.conn, id, adherent, role)?;
        for administrateur in &administrateurs {
            lettres::nouveau_lecteur(tx, administrateur)?;
        }
        donne = Some(role);
    }
    Ok(donne)
}
