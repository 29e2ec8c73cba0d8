use db::membres::Droit;
use domain::permit::{Action as _, Permit};
use domain::policy::{ReglerMembre, etablissements_des_membres};

use super::lire::{Fiche, etiquette, fiche};
use super::{details, juger};
use crate::comptes::{lettres, trace};
use crate::version::Attendue;
use crate::{App, Error, Journal};

/// Writes what a member may do in the établissements whose members the actor manages, if it is as it was read:
/// from the person's next request on. It leaves those that are not named.
///
/// A company keeps an administrateur: the last one cannot lay its role down.
pub async fn regler(
    app: &App,
    permit: &Permit<ReglerMembre>,
    attendue: Attendue,
    droits: Vec<Droit>,
) -> Result<Fiche, Error> {
    juger(&droits, &etablissements_des_membres(permit.acteur(), &permit.sur().membres))?;
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        let adherent = p.sur().membres.adherent.id;
        db::membres::prendre(tx.conn, adherent)?;
        let avant = etiquette(&fiche(tx.conn, &p)?);
        attendue.verifier(&avant)?;
        db::membres::regler(tx.conn, &p, &droits)?;
        if db::membres::administrateurs(tx.conn, adherent, None)?.is_empty() {
            return Err(Error::DernierAdministrateur);
        }
        let lue = fiche(tx.conn, &p)?;
        if !lue.moi && etiquette(&lue) != avant {
            lettres::droits_changes(tx, &lue.personne.email)?;
        }
        let mut trace = trace(ReglerMembre::NOM, p.sur().id);
        trace.details = details(&droits);
        Ok((lue, Journal::new(trace)))
    })
    .await
}
