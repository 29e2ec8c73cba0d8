//! A person's name, by themselves.

use domain::permit::Permit;
use domain::policy::GererSonCompte;

use super::creer::lire_noms;
use super::trace;
use crate::{App, Error, Journal};

/// Corrects one's own name, everywhere it is told. The journal keeps that it was, and neither name.
pub async fn corriger(app: &App, permit: &Permit<GererSonCompte>, prenom: &str, nom: &str) -> Result<(), Error> {
    let mut champs = Vec::new();
    let Some((prenom, nom)) = lire_noms(&mut champs, ("/prenom", prenom), ("/nom", nom)) else {
        return Err(Error::Champs(champs));
    };
    let p = permit.clone();
    app.write(permit.acteur(), move |tx| {
        db::comptes::ecrire_nom(tx.conn, &p, &prenom, &nom)?;
        Ok(((), Journal::new(trace("compte.corriger", p.acteur().id))))
    })
    .await
}
