//! Joining an établissement, with an account.

use domain::RoleMembre;
use domain::code::Code as _;
use domain::permit::{Action as _, Permit};
use domain::policy::DemanderRattachement;
use domain::siret::Siret;

use super::creer::{lire_numero, noter, refus};
use super::force::phrase;
use super::limites::RATTACHEMENT;
use super::{a_temps_egal, lettres, trace};
use crate::{App, Error, Journal, Tx};

/// Attaches the actor to the établissement that two numbers name, as a new account of that company would be.
/// Whatever the database holds, it ends in the same way: the mail alone tells. Whose access was taken away does not
/// come back by itself.
pub async fn rattacher(
    app: &App,
    permit: &Permit<DemanderRattachement>,
    siret: &str,
    numero: &str,
) -> Result<(), Error> {
    let mut champs = Vec::new();
    let siret = noter(&mut champs, "/siret", Siret::parse(siret).map_err(|e| phrase(&e.to_string())));
    let numero = noter(&mut champs, "/numero_adherent", lire_numero(numero));
    let (Some(siret), Some(numero)) = (siret, numero) else { return Err(Error::Champs(champs)) };
    let (sujet, maintenant) = (permit.acteur().id.to_string(), app.horloge().maintenant());
    if let Some(attendre) = app.compter(move |conn| RATTACHEMENT.compter(conn, &sujet, maintenant)).await? {
        return Err(Error::TropDeTentatives { attendre });
    }
    let p = permit.clone();
    a_temps_egal(app, app.write(permit.acteur(), move |tx| Ok(((), joindre(tx, &p, &siret, &numero)?)))).await
}

fn joindre(
    tx: &mut Tx<'_>,
    permit: &Permit<DemanderRattachement>,
    siret: &Siret,
    numero: &str,
) -> Result<Journal, Error> {
    let id = permit.acteur().id;
    let paire = db::comptes::paire(tx.conn, siret, numero)?;
    if let Some(paire) = &paire {
        db::membres::prendre(tx.conn, paire.adherent)?;
    }
    db::comptes::prendre(tx.conn, id)?;
    let compte = db::comptes::lire(tx.conn, permit)?;
    let Some(paire) = paire else {
        lettres::rattachement_inconnu(tx, &compte.email)?;
        return Ok(Journal::new(refus("numeros_inconnus")));
    };
    let deja = db::comptes::rattaches(tx.conn, permit)?.iter().any(|r| r.id.0 == paire.etablissement);
    if deja {
        lettres::rattache(tx, &compte.email, None)?;
        return Ok(Journal::new(refus("deja_rattache")));
    }
    if db::membres::acces_retire(tx.conn, id, paire.etablissement)? {
        lettres::acces_retire(tx, &compte.email)?;
        return Ok(Journal::new(refus("acces_retire")));
    }
    let administrateurs = db::membres::administrateurs(tx.conn, paire.adherent, None)?;
    let role = premier_role(&administrateurs);
    db::comptes::joindre(tx.conn, id, paire, role)?;
    for administrateur in administrateurs.iter().filter(|a| **a != compte.email) {
        lettres::nouveau_lecteur(tx, administrateur)?;
    }
    lettres::rattache(tx, &compte.email, Some(role))?;
    let mut trace = trace(DemanderRattachement::NOM, id);
    trace.details = serde_json::json!({ "etablissement": paire.etablissement.uuid(), "role": role.code() });
    Ok(Journal::new(trace))
}

/// What somebody may do who joins by the two numbers alone.
///
/// The first of a company is its administrateur: it alone holds both numbers and somebody must give the others
/// their roles. Each later one is lecteur: the two numbers are on every bordereau, so they are enough to read and
/// not to act; an administrateur gives more.
pub(super) fn premier_role(administrateurs: &[String]) -> RoleMembre {
    if administrateurs.is_empty() { RoleMembre::Administrateur } else { RoleMembre::Lecteur }
}
