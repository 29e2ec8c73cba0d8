use std::collections::HashMap;

use db::invitations::{Ligne, Nouvelle};
use db::journal::Trace;
use db::membres::Droit;
use db::{Conn, DbError};
use domain::acteur::Cote;
use domain::courriel::Email;
use domain::ids::{EtablissementId, InvitationId};
use domain::permit::{Action as _, Permit};
use domain::policy::{GererMembres, RetirerInvitation, etablissements_des_membres};
use jiff::{SignedDuration, Timestamp};

use super::{DroitLu, RATTACHEMENTS, details, juger};
use crate::comptes::creer::lire_email;
use crate::comptes::jeton::Jeton;
use crate::comptes::lettres;
use crate::comptes::limites::{INVITATION_COURRIEL, INVITATION_ENTREPRISE};
use crate::{App, Error, Journal, Tx};

/// How long the link of an invitation lives, in days.
const JOURS: i64 = 7;
/// How long an invitation that ended is shown.
const MEMOIRE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Most invitations of a company that nobody has answered.
const INVITATIONS_MAX: i64 = 200;

/// An invitation, as somebody who manages it sees it.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// The invitation.
    pub ligne: Ligne,
    /// What it opens, of the établissements whose members the reader manages.
    pub droits: Vec<DroitLu>,
}

/// A page of invitations.
#[derive(Debug, Clone)]
pub struct PageInvitations {
    /// The invitations, the latest first.
    pub invitations: Vec<Invitation>,
    /// Where the next page starts.
    pub suivant: Option<InvitationId>,
}

/// A page of the invitations that the actor manages, the latest first.
pub async fn lister_invitations(
    app: &App,
    permit: &Permit<GererMembres>,
    avant: Option<InvitationId>,
    limite: usize,
) -> Result<PageInvitations, Error> {
    let p = permit.clone();
    app.read(move |conn| page(conn, &p, avant, limite)).await
}

fn page(
    conn: &mut Conn,
    permit: &Permit<GererMembres>,
    avant: Option<InvitationId>,
    limite: usize,
) -> Result<PageInvitations, Error> {
    let (lignes, suivant) = db::invitations::lister(conn, permit, avant, limite)?;
    let geres = etablissements_des_membres(permit.acteur(), permit.sur());
    let ids: Vec<_> = lignes.iter().map(|l| l.id.0).collect();
    let mut droits: HashMap<_, Vec<_>> = HashMap::new();
    for (id, lieu, role) in db::invitations::droits(conn, &ids)? {
        if geres.contains(&lieu.id.0) {
            droits.entry(id).or_default().push((lieu, role));
        }
    }
    let invitations = lignes
        .into_iter()
        .map(|ligne| Invitation { droits: droits.remove(&ligne.id.0).unwrap_or_default(), ligne })
        .collect();
    Ok(PageInvitations { invitations, suivant })
}

/// Invites somebody to join the company, by a link sent to its address. An invitation already sent to it gives way.
///
/// What is answered does not depend on whether the address has an account, unless the actor manages it.
pub async fn inviter(
    app: &App,
    permit: &Permit<GererMembres>,
    email: &str,
    droits: Vec<Droit>,
) -> Result<Invitation, Error> {
    let geres = etablissements_des_membres(permit.acteur(), permit.sur());
    juger(&droits, &geres)?;
    if droits.is_empty() {
        return Err(Error::champ(RATTACHEMENTS, "Choisissez au moins un établissement."));
    }
    let email = lire_email(email).map_err(|e| Error::champ("/email", e))?;
    let maintenant = app.horloge().maintenant();
    let (entreprise, boite) =
        (permit.sur().adherent.id.to_string(), format!("{}\n{}", permit.sur().adherent.id, email.as_str()));
    let attendre = app
        .compter(move |conn| {
            let plein = INVITATION_ENTREPRISE.compter(conn, &entreprise, maintenant)?;
            if plein.is_some() { Ok(plein) } else { INVITATION_COURRIEL.compter(conn, &boite, maintenant) }
        })
        .await?;
    if let Some(attendre) = attendre {
        return Err(Error::TropDeTentatives { attendre });
    }
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| envoyer(tx, &p, &geres, &email, &droits)).await
}

fn envoyer(
    tx: &mut Tx<'_>,
    permit: &Permit<GererMembres>,
    geres: &[EtablissementId],
    email: &Email,
    droits: &[Droit],
) -> Result<(Invitation, Journal), Error> {
    let adherent = permit.sur().adherent.id;
    db::membres::prendre(tx.conn, adherent)?;
    let compte = db::comptes::par_email(tx.conn, email)?;
    if let Some(compte) = &compte {
        let siens = match db::membres::etablissements(tx.conn, adherent, compte.id.0) {
            Err(DbError::Absent) => Vec::new(),
            siens => siens?,
        };
        if siens.iter().any(|e| geres.contains(e)) {
            return Err(Error::champ("/email", "Cette personne est déjà membre : changez ses droits dans la liste."));
        }
    }
    for ancienne in db::invitations::a_l_adresse(tx.conn, permit, email)? {
        db::invitations::effacer(tx.conn, ancienne)?;
    }
    if db::invitations::nombre(tx.conn, permit)? >= INVITATIONS_MAX {
        let trop = format!("{INVITATIONS_MAX} invitations attendent déjà une réponse. Retirez-en.");
        return Err(Error::champ("/email", trop));
    }
    let (id, jeton): (InvitationId, _) = (Tx::id(), Jeton::tirer()?);
    let expire_le = tx.maintenant.saturating_add(SignedDuration::from_hours(JOURS * 24)).unwrap_or(Timestamp::MAX);
    let nouvelle = Nouvelle { id, email, droits, jeton_sha256: &jeton.sha256.0, le: tx.maintenant, expire_le };
    db::invitations::inserer(tx.conn, permit, nouvelle)?;
    let entreprise = db::membres::raison_sociale(tx.conn, permit)?;
    match compte {
        Some(compte) if compte.cote.0 != Cote::Membre => lettres::invitation_opco(tx, email.as_str(), &entreprise)?,
        Some(_) | None => lettres::invitation(tx, email.as_str(), &entreprise, &jeton.texte, JOURS)?,
    }
    let lue = page(tx.conn, permit, None, 1)?.invitations.pop().ok_or(Error::Absent)?;
    let mut trace = trace(GererMembres::NOM, id);
    trace.details = details(droits);
    Ok((lue, Journal::new(trace)))
}

/// Withdraws an invitation: its link opens nothing any more.
pub async fn retirer(app: &App, permit: &Permit<RetirerInvitation>) -> Result<(), Error> {
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        if !db::invitations::retirer(tx.conn, &p)? {
            return Err(Error::Absent);
        }
        Ok(((), Journal::new(trace(RetirerInvitation::NOM, p.sur().id))))
    })
    .await
}

/// What the journal says of an act on an invitation: never to whom it was sent.
fn trace(action: &'static str, id: InvitationId) -> Trace {
    Trace { action, objet: "invitation", objet_id: id.uuid(), dossier: None, details: serde_json::Value::Null }
}

/// Forgets the invitations that ended long ago.
pub(crate) async fn purger(app: &App) -> Result<usize, Error> {
    let avant = app.horloge().maintenant().saturating_sub(MEMOIRE).unwrap_or(Timestamp::MIN);
    app.par_lots(move |conn, lot| db::invitations::purger(conn, avant, lot)).await
}
