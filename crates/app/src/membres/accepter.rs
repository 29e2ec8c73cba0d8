use db::Conn;
use db::codes::JetonUsage;
use db::comptes::{Compte, Nouveau};
use db::invitations::Recue;
use db::membres::Droit;
use domain::acteur::Cote;
use domain::courriel::Email;
use domain::ids::UtilisateurId;
use domain::policy::etablissements_des_membres;
use domain::secret::Secret;
use jiff::Timestamp;

use super::{DroitLu, details};
use crate::authz::JetonSha256;
use crate::comptes::creer::{self, lire_noms};
use crate::comptes::{force, hacher, trace};
use crate::{App, Error, Journal, Tx};

/// The account that whoever is invited makes.
#[derive(Debug, Clone)]
pub struct CompteInvite {
    /// First name.
    pub prenom: String,
    /// Last name.
    pub nom: String,
    /// The password.
    pub mot_de_passe: Secret<String>,
}

/// An account whose fields are right, its password as a hash.
struct Hache {
    prenom: String,
    nom: String,
    mot_de_passe: String,
}

/// What an invitation offers to the bearer of its token, and whether its address has an account already.
pub async fn recue(app: &App, jeton: JetonSha256) -> Result<(Recue, Vec<DroitLu>, bool), Error> {
    let maintenant = app.horloge().maintenant();
    app.read(move |conn| {
        let (recue, droits) = offre(conn, &jeton, maintenant)?;
        let compte = confirme(conn, &recue)?.is_some();
        Ok((recue, droits, compte))
    })
    .await
}

/// An invitation that lives, and of what it opens, what whoever invites still manages: nobody lets others in after
/// it has left.
fn offre(conn: &mut Conn, jeton: &JetonSha256, maintenant: Timestamp) -> Result<(Recue, Vec<DroitLu>), Error> {
    let recue = db::invitations::du_jeton(conn, &jeton.0, maintenant)?.ok_or(Error::LienInvalide)?;
    let auteur = db::sessions::present(conn, recue.cree_par.0, maintenant)?.ok_or(Error::LienInvalide)?;
    let membres = db::portee::membres(conn, recue.adherent.0)?;
    let geres = etablissements_des_membres(&auteur, &membres);
    let droits = db::invitations::droits(conn, &[recue.id.0])?;
    let droits: Vec<DroitLu> =
        droits.into_iter().filter(|(_, lieu, _)| geres.contains(&lieu.id.0)).map(|(_, l, role)| (l, role)).collect();
    if droits.is_empty() { Err(Error::LienInvalide) } else { Ok((recue, droits)) }
}

fn email(recue: &Recue) -> Result<Email, Error> {
    Email::parse(&recue.email).map_err(|e| Error::Interne(format!("adresse invitée : {e}")))
}

/// The account of the address, if its owner has shown to read it; one that cannot join a company ends here.
fn confirme(conn: &mut Conn, recue: &Recue) -> Result<Option<Compte>, Error> {
    let compte = db::comptes::par_email(conn, &email(recue)?)?;
    if compte.as_ref().is_some_and(|c| c.cote.0 != Cote::Membre || c.suspendu_le.is_some()) {
        return Err(Error::LienInvalide);
    }
    Ok(compte.filter(|c| c.email_confirme_le.is_some()))
}

/// Accepts an invitation by its token, which shows that its bearer reads the mailbox: the account of the address
/// joins the company, or is made and joins it.
pub async fn accepter(app: &App, jeton: JetonSha256, compte: Option<CompteInvite>) -> Result<(), Error> {
    let maintenant = app.horloge().maintenant();
    let lue = app
        .read(move |conn| {
            let (recue, _) = offre(conn, &jeton, maintenant)?;
            Ok(if confirme(conn, &recue)?.is_some() { None } else { Some(recue) })
        })
        .await?;
    let hache = match lue {
        None => None,
        Some(recue) => Some(juger(app, &recue, compte).await?),
    };
    app.write_systeme(move |tx| joindre(tx, &jeton, hache.as_ref())).await
}

async fn juger(app: &App, recue: &Recue, compte: Option<CompteInvite>) -> Result<Hache, Error> {
    let CompteInvite { prenom, nom, mot_de_passe } =
        compte.ok_or_else(|| Error::champ("/compte", "Donnez votre prénom, votre nom et un mot de passe."))?;
    let mut champs = Vec::new();
    let noms = lire_noms(&mut champs, ("/compte/prenom", &prenom), ("/compte/nom", &nom));
    let mut contexte = vec![recue.email.clone(), recue.raison_sociale.clone(), app.reglages().organisme.clone()];
    contexte.extend(noms.iter().flat_map(|(prenom, nom)| [prenom.clone(), nom.clone()]));
    force::noter(app, &mut champs, "/compte/mot_de_passe", mot_de_passe.clone(), contexte).await?;
    match noms {
        Some((prenom, nom)) if champs.is_empty() => {
            Ok(Hache { prenom, nom, mot_de_passe: hacher(app, mot_de_passe).await? })
        }
        _ => Err(Error::Champs(champs)),
    }
}

fn joindre(tx: &mut Tx<'_>, jeton: &JetonSha256, hache: Option<&Hache>) -> Result<((), Journal), Error> {
    let maintenant = tx.maintenant;
    let adherent = offre(tx.conn, jeton, maintenant)?.0.adherent.0;
    db::membres::prendre(tx.conn, adherent)?;
    // Again, now that nobody's rights in the company change meanwhile.
    let (recue, droits) = offre(tx.conn, jeton, maintenant)?;
    // Of two who accept at once, one alone goes on.
    if !db::invitations::effacer(tx.conn, recue.id.0)? {
        return Err(Error::LienInvalide);
    }
    let id = match confirme(tx.conn, &recue)? {
        Some(compte) => compte.id.0,
        // Its account was removed since it was looked for.
        None => faire(tx, &recue, hache.ok_or(Error::LienInvalide)?)?,
    };
    let droits: Vec<Droit> = droits.into_iter().map(|(lieu, role)| Droit { etablissement: lieu.id.0, role }).collect();
    for droit in &droits {
        db::membres::donner(tx.conn, adherent, id, *droit)?;
    }
    let mut trace = trace("invitation.accepter", id);
    trace.details = details(&droits);
    Ok(((), Journal::new(trace)))
}

/// Makes the account of the address, over a request that nobody confirmed.
fn faire(tx: &mut Tx<'_>, recue: &Recue, hache: &Hache) -> Result<UtilisateurId, Error> {
    let email = email(recue)?;
    let present = db::comptes::par_email(tx.conn, &email)?.map(|c| c.id.0);
    let id = present.unwrap_or_else(Tx::id);
    let Hache { prenom, nom, mot_de_passe } = hache;
    let nouveau = Nouveau { id, email: &email, prenom, nom, mot_de_passe, le: tx.maintenant };
    if present.is_some() {
        if !db::comptes::reprendre(tx.conn, &nouveau)? {
            // Confirmed meanwhile: it keeps its password. Removed meanwhile: asked again, it is made.
            return confirme(tx.conn, recue)?.map(|c| c.id.0).ok_or_else(creer::a_refaire);
        }
        db::jetons::oublier(tx.conn, id, JetonUsage::Confirmation)?;
        db::jetons::oublier(tx.conn, id, JetonUsage::Reinitialisation)?;
    } else {
        creer::inserer(tx, &nouveau)?;
    }
    db::comptes::confirmer(tx.conn, id, tx.maintenant)?;
    Ok(id)
}
