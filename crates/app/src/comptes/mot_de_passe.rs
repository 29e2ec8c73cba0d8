//! Passwords: changed, forgotten, set anew.

use std::net::IpAddr;

use db::codes::JetonUsage;
use db::comptes::Compte;
use db::journal::Trace;
use domain::courriel::Email;
use domain::ids::{Id, SessionId, UtilisateurId};
use domain::permit::Permit;
use domain::policy::GererSonCompte;
use domain::secret::Secret;

use super::confirmer::{adresse_confirmee, utiliser};
use super::creer::lire_email;
use super::jeton::Jeton;
use super::limites::{CHANGEMENT, Essai, OUBLI_ADRESSE, OUBLI_COURRIEL};
use super::{a_temps_egal, force, hachage, lettres, reseau, trace};
use crate::authz::JetonSha256;
use crate::{App, Error, Journal, Tx};

/// Changes one's own password: the present one is due, the other sessions end, and the present
/// session goes on under the new token that is returned.
pub async fn changer(
    app: &App,
    permit: &Permit<GererSonCompte>,
    session: SessionId,
    actuel: Secret<String>,
    nouveau: Secret<String>,
) -> Result<Secret<String>, Error> {
    let id = permit.acteur().id;
    let (sujet, maintenant) = (id.to_string(), app.horloge().maintenant());
    if let Some(attendre) = app.entretenir(move |conn| CHANGEMENT.compter(conn, &sujet, maintenant)).await? {
        return Err(Error::TropDeTentatives { attendre });
    }
    let p = permit.clone();
    let (compte, mut contexte) = app
        .read(move |conn| {
            let rattaches = db::comptes::rattaches(conn, &p)?;
            Ok((db::comptes::lire(conn, &p)?, rattaches.into_iter().map(|r| r.adherent).collect::<Vec<_>>()))
        })
        .await?;
    if !hachage::verifier(app, actuel.clone(), compte.mot_de_passe.clone()).await? {
        return Err(actuel_faux());
    }
    let sujet = id.to_string();
    app.entretenir(move |conn| CHANGEMENT.oublier(conn, &sujet)).await?;
    contexte.extend(contexte_de(&compte, app));
    force::juger(app, "/nouveau", nouveau.clone(), contexte).await?;
    if nouveau == actuel {
        return Err(Error::champ("/nouveau", "Choisissez un autre mot de passe que l’actuel."));
    }
    let hachage = hachage::hacher(app, nouveau).await?;
    let jeton = Jeton::tirer()?;
    let sha256 = jeton.sha256.0;
    app.write(permit.acteur(), move |tx| {
        db::comptes::prendre(tx.conn, id)?;
        if db::comptes::du_jeton(tx.conn, id)?.mot_de_passe != compte.mot_de_passe {
            return Err(actuel_faux());
        }
        let terminees = remplacer(tx, &compte, &hachage, Some(session))?;
        if !db::sessions::changer_jeton(tx.conn, session, &sha256)? {
            return Err(Error::Absent);
        }
        Ok(((), Journal::new(change("mot_de_passe.changer", id, terminees))))
    })
    .await?;
    Ok(jeton.texte)
}

fn actuel_faux() -> Error {
    Error::champ("/actuel", "Ce n’est pas votre mot de passe actuel.")
}

/// Sends a link to a new password, if the address is that of an account. Ends in the same way,
/// after one transaction, whether it is or not.
pub async fn oublier(app: &App, email: &str, adresse: IpAddr) -> Result<(), Error> {
    let email = lire_email(email).map_err(|e| Error::champ("/email", e))?;
    let (maintenant, origine) = (app.horloge().maintenant(), reseau(adresse));
    if let Some(attendre) = app.entretenir(move |conn| OUBLI_ADRESSE.compter(conn, &origine, maintenant)).await? {
        return Err(Error::TropDeTentatives { attendre });
    }
    let envoi = app.write_systeme(move |tx| {
        let maintenant = tx.maintenant;
        let limite = OUBLI_COURRIEL.compter(tx.conn, email.as_str(), maintenant)?.is_some();
        let compte = presente(tx, &email)?.filter(|c| c.suspendu_le.is_none());
        let trace = match compte {
            Some(compte) if !limite => {
                lettres::reinitialisation(tx, email.as_str(), compte.id.0)?;
                trace("mot_de_passe.oublier", compte.id.0)
            }
            Some(_) | None => {
                let id: Id<()> = Tx::id();
                Trace { objet: "demande_compte", ..trace("mot_de_passe.oublier", Id::new(id.uuid())) }
            }
        };
        Ok(((), Journal::new(trace)))
    });
    a_temps_egal(app, envoi).await
}

/// The account of an address, taken: it is not removed any more before its link is there. One that is removed at this
/// very moment is not known.
fn presente(tx: &mut Tx<'_>, email: &Email) -> Result<Option<Compte>, Error> {
    let Some(compte) = db::comptes::par_email(tx.conn, email)? else { return Ok(None) };
    db::comptes::prendre(tx.conn, compte.id.0)?;
    Ok(db::comptes::par_email(tx.conn, email)?)
}

/// Sets a new password by a one-time token: the mailbox is confirmed by it, all sessions end, the
/// other tokens are void. Who forgot it has often tried too many times: that is forgiven.
pub async fn reinitialiser(
    app: &App,
    jeton: JetonSha256,
    nouveau: Secret<String>,
    adresse: IpAddr,
) -> Result<(), Error> {
    let maintenant = app.horloge().maintenant();
    let compte = app
        .read(move |conn| {
            let id = db::jetons::lire(conn, &jeton.0, JetonUsage::Reinitialisation, maintenant)?;
            let id = id.ok_or(Error::LienInvalide)?;
            Ok(db::comptes::du_jeton(conn, id)?)
        })
        .await?;
    force::juger(app, "/mot_de_passe", nouveau.clone(), contexte_de(&compte, app)).await?;
    let hachage = hachage::hacher(app, nouveau).await?;
    app.write_systeme(move |tx| {
        let id = utiliser(tx, &jeton, JetonUsage::Reinitialisation)?;
        adresse_confirmee(tx, id)?;
        let terminees = remplacer(tx, &compte, &hachage, None)?;
        Essai::new(&compte.email, adresse).pardonner(tx.conn)?;
        Ok(((), Journal::new(change("mot_de_passe.reinitialiser", id, terminees))))
    })
    .await
}

/// Writes a password, ends the sessions but `sauf`, voids the links, and tells the owner.
fn remplacer(tx: &mut Tx<'_>, compte: &Compte, hachage: &str, sauf: Option<SessionId>) -> Result<usize, Error> {
    let id = compte.id.0;
    db::comptes::ecrire_mot_de_passe(tx.conn, id, hachage)?;
    db::jetons::oublier(tx.conn, id, JetonUsage::Reinitialisation)?;
    let terminees = db::sessions::terminer_toutes(tx.conn, id, sauf)?;
    lettres::mot_de_passe_change(tx, &compte.email)?;
    Ok(terminees)
}

fn change(action: &'static str, id: UtilisateurId, terminees: usize) -> Trace {
    Trace { details: serde_json::json!({ "sessions_terminees": terminees }), ..trace(action, id) }
}

/// What a guesser who knows the person tries first.
fn contexte_de(compte: &Compte, app: &App) -> Vec<String> {
    vec![compte.email.clone(), compte.prenom.clone(), compte.nom.clone(), app.reglages().organisme.clone()]
}
