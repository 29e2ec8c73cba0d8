//! Signing in.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use db::codes::{ActeSecurite, Issue};
use db::comptes::Compte;
use db::journal::Trace;
use db::securite::Ligne;
use db::sessions::Nouvelle;
use domain::Acteur;
use domain::courriel::Email;
use domain::ids::{SessionId, UtilisateurId};
use domain::permit::{Permit, authorize};
use domain::policy::GererSonCompte;
use domain::secret::Secret;
use jiff::{SignedDuration, Timestamp};

use super::jeton::Jeton;
use super::limites::{CREATION_COURRIEL, Essai};
use super::{hachage, lettres, trace};
use crate::{App, Error, Journal, Tx};

/// Somebody who signs in.
#[derive(Debug, Clone)]
pub struct Connexion {
    /// The address typed.
    pub email: Secret<String>,
    /// The password typed.
    pub mot_de_passe: Secret<String>,
    /// From where.
    pub adresse: IpAddr,
    /// With what, in words.
    pub appareil: String,
}

/// A session just opened.
#[derive(Debug)]
pub struct Ouverte {
    /// Its token, for the cookie alone.
    pub jeton: Secret<String>,
    /// How long it lasts at the most.
    pub duree: Duration,
    /// The permit of the person who signed in.
    pub permit: Permit<GererSonCompte>,
}

/// Opens a session for who gives the address and the password of a live account.
///
/// Every refusal is [`Error::Identifiants`], after the same work: it tells neither whether the
/// account exists, nor whether it is suspended or not confirmed.
pub async fn ouvrir(app: &App, connexion: Connexion) -> Result<Ouverte, Error> {
    let essai = Essai::new(connexion.email.expose(), connexion.adresse);
    let (e, maintenant) = (essai.clone(), app.horloge().maintenant());
    let email = Email::parse(connexion.email.expose()).ok();
    let compter = move |conn: &mut db::Conn| {
        if let Some(blocage) = e.compter(conn, maintenant)? {
            // One line when the limit is reached: who goes on trying does not fill the journal.
            if blocage.debut {
                noter(conn, maintenant, &e, Issue::Limite, None)?;
            }
            return Ok(Err(blocage));
        }
        let compte = email.map(|email| db::comptes::par_email(conn, &email)).transpose()?.flatten();
        Ok(Ok(compte))
    };
    let compte = match app.entretenir(compter).await? {
        Ok(compte) => compte,
        Err(blocage) => {
            tracing::warn!("connexion refusée : trop de tentatives");
            return Err(Error::TropDeTentatives { attendre: blocage.attendre });
        }
    };
    let attendu = compte.as_ref().and_then(|c| c.mot_de_passe.clone());
    let juste = hachage::verifier(app, connexion.mot_de_passe.clone(), attendu).await?;
    let issue = match &compte {
        Some(c) if juste && c.suspendu_le.is_some() => Issue::Suspendu,
        Some(c) if juste && c.email_confirme_le.is_none() => Issue::NonConfirme,
        Some(_) if juste => Issue::Reussie,
        Some(_) | None => Issue::Identifiants,
    };
    match compte {
        Some(compte) if issue == Issue::Reussie => enregistrer(app, compte, connexion, essai).await,
        compte => Err(refuser(app, compte, essai, issue).await?),
    }
}

/// Writes a refusal in the security journal; the link of confirmation goes again to who lacks it alone.
async fn refuser(app: &App, compte: Option<Compte>, essai: Essai, issue: Issue) -> Result<Error, Error> {
    tracing::info!("connexion refusée : identifiants");
    let (id, maintenant) = (compte.as_ref().map(|c| c.id.0), app.horloge().maintenant());
    app.entretenir(move |conn| noter(conn, maintenant, &essai, issue, id)).await?;
    if let (Issue::NonConfirme, Some(compte)) = (issue, compte) {
        renvoyer(app, compte).await?;
    }
    Ok(Error::Identifiants)
}

fn noter(
    conn: &mut db::Conn,
    le: Timestamp,
    essai: &Essai,
    issue: Issue,
    utilisateur: Option<UtilisateurId>,
) -> Result<(), Error> {
    let ligne = Ligne { acte: ActeSecurite::Connexion, issue, utilisateur, reseau: essai.adresse() };
    Ok(db::securite::noter(conn, le, &ligne)?)
}

async fn enregistrer(app: &App, compte: Compte, connexion: Connexion, essai: Essai) -> Result<Ouverte, Error> {
    let (id, cote) = (compte.id.0, compte.cote.0);
    let cout = app.reglages().argon2;
    let nouveau = match &compte.mot_de_passe {
        Some(h) if hachage::perime(h, cout) => Some(hachage::hacher(app, connexion.mot_de_passe.clone()).await?),
        _ => None,
    };
    let duree = app.reglages().session_absolue;
    let jeton = Jeton::tirer()?;
    let sha256 = jeton.sha256.0;
    let ecrire = move |tx: &mut Tx<'_>| {
        let maintenant = tx.maintenant;
        // The account may have changed while the password was hashed, or be changing: a reset must win.
        db::comptes::prendre(tx.conn, id)?;
        let present = db::comptes::du_jeton(tx.conn, id)?;
        if present.mot_de_passe != compte.mot_de_passe || present.suspendu_le.is_some() {
            return Err(Error::Identifiants);
        }
        essai.reussir(tx.conn, maintenant)?;
        noter(tx.conn, maintenant, &essai, Issue::Reussie, Some(id))?;
        if let Some(nouveau) = &nouveau {
            db::comptes::ecrire_mot_de_passe(tx.conn, id, nouveau)?;
        }
        let session: SessionId = Tx::id();
        let nouvelle = Nouvelle {
            id: session,
            jeton_sha256: &sha256,
            utilisateur: id,
            appareil: &connexion.appareil,
            adresse: &connexion.adresse.to_canonical().to_string(),
            le: maintenant,
            expire_le: fin(maintenant, duree),
        };
        db::sessions::ouvrir(tx.conn, &nouvelle)?;
        let acteur = Arc::new(db::sessions::acteur(tx.conn, id, cote)?);
        Ok((acteur, Journal::new(Trace { objet: "session", objet_id: session.uuid(), ..trace("session.ouvrir", id) })))
    };
    let acteur = app.write_pour(id, ecrire).await?;
    Ok(Ouverte { jeton: jeton.texte, duree, permit: permit(&acteur)? })
}

fn permit(acteur: &Arc<Acteur>) -> Result<Permit<GererSonCompte>, Error> {
    Ok(authorize::<GererSonCompte>(acteur, ())?)
}

fn fin(maintenant: Timestamp, duree: Duration) -> Timestamp {
    let duree = SignedDuration::try_from(duree).unwrap_or(SignedDuration::MAX);
    maintenant.saturating_add(duree).unwrap_or(Timestamp::MAX)
}

/// Sends the link of confirmation again, to who knows the password, a few times an hour.
async fn renvoyer(app: &App, compte: Compte) -> Result<(), Error> {
    app.write_systeme(move |tx| {
        let maintenant = tx.maintenant;
        let limite = CREATION_COURRIEL.compter(tx.conn, &compte.email, maintenant)?.is_some();
        if !limite {
            lettres::confirmation(tx, &compte.email, compte.id.0)?;
        }
        let mut trace = trace("compte.renvoyer_confirmation", compte.id.0);
        trace.details = serde_json::json!({ "envoye": !limite });
        Ok(((), Journal::new(trace)))
    })
    .await
}
