use db::journal::Trace;
use domain::code::Code as _;
use domain::dossier::Etat;
use domain::permit::{Action as _, Permit};
use domain::policy::ConduireEntreprise;
use domain::secret::Secret;

use super::BacASable;
use crate::comptes::hacher;
use crate::demo::fictif::{Atelier, Cle, DossierFictif, Echec, Entreprise, Numeros, lieux, secret};
use crate::documents::abandonner;
use crate::requete::simulee;
use crate::{App, Error, Journal};

/// Most établissements of an invented company.
const ETABLISSEMENTS_MAX: u32 = 5;
/// Most dossiers that are invented at once.
const DOSSIERS_MAX: u32 = 50;
/// Numbers are drawn by chance: when one is taken, all are drawn again.
const TIRAGES: usize = 8;

/// The company that is wanted.
#[derive(Debug, Clone)]
pub struct Commande {
    /// Its name; one is invented by default.
    pub raison_sociale: Option<String>,
    /// How many établissements it has.
    pub etablissements: u32,
    /// How many dossiers it has, in each état in turn.
    pub dossiers: u32,
}

/// What a reset left.
#[derive(Debug, Clone)]
pub struct Remise {
    /// The new dossiers.
    pub dossiers: Vec<DossierFictif>,
    /// Files of the former ones.
    blobs: Vec<String>,
}

/// Invents a company, its établissements, its administrateur, its gestionnaire and its dossiers.
///
/// The two passwords are told here and never again.
pub async fn creer(_: &BacASable, app: &App, commande: Commande) -> Result<Entreprise, Error> {
    verifier(&commande)?;
    let (administrateur, gestionnaire) = (cle(app).await?, cle(app).await?);
    for _ in 0..TIRAGES {
        let (atelier, numeros) = (Atelier::ouvrir(app).await?, Numeros::tirer(commande.dossiers)?);
        let (commande, administrateur, gestionnaire) = (commande.clone(), administrateur.clone(), gestionnaire.clone());
        let fait = app
            .ecrire(None, move |tx| {
                let entreprise = atelier.entreprise(tx, &commande, &numeros, [&administrateur, &gestionnaire])?;
                let trace = Trace {
                    action: "bac_a_sable.creer",
                    objet: "adherent",
                    objet_id: entreprise.adherent.uuid(),
                    dossier: None,
                    details: serde_json::json!({ "dossiers": entreprise.dossiers.len() }),
                };
                Ok((entreprise, Journal::new(trace)))
            })
            .await;
        match fait {
            Ok(entreprise) => return Ok(entreprise),
            Err(Echec::NumeroPris) => {}
            Err(Echec::Erreur(e)) => return Err(e),
        }
    }
    Err(plein())
}

/// Takes away all the dossiers of a company, with what hangs on them, and invents others, one in each état.
pub async fn remettre_a_zero(_: &BacASable, app: &App, permit: &Permit<ConduireEntreprise>) -> Result<Remise, Error> {
    let nombre = u32::try_from(Etat::TOUS.len()).unwrap_or(DOSSIERS_MAX);
    for _ in 0..TIRAGES {
        let (atelier, numeros) = (Atelier::ouvrir(app).await?, Numeros::tirer(nombre)?);
        let p = permit.clone();
        let fait = app
            .ecrire(Some(permit.acteur().id), move |tx| {
                let blobs = db::bac_a_sable::vider(tx.conn, &p)?;
                let lieux = lieux(tx, &p)?;
                let dossiers = atelier.dossiers(tx, &lieux, &numeros)?;
                let trace = Trace {
                    action: ConduireEntreprise::NOM,
                    objet: "adherent",
                    objet_id: p.sur().id.uuid(),
                    dossier: None,
                    details: serde_json::json!({ "remise_a_zero": dossiers.len() }),
                };
                Ok((Remise { dossiers, blobs }, Journal::new(trace)))
            })
            .await;
        let remise = match fait {
            Ok(remise) => remise,
            Err(Echec::NumeroPris) => continue,
            Err(Echec::Erreur(e)) => return Err(e),
        };
        if !simulee() {
            for blob in &remise.blobs {
                abandonner(app, blob).await;
            }
        }
        return Ok(remise);
    }
    Err(plein())
}

fn plein() -> Error {
    Error::Indisponible("le bac à sable n’a plus de numéro libre".to_owned())
}

async fn cle(app: &App) -> Result<Cle, Error> {
    let mot_de_passe = secret()?;
    let hachage = Secret::new(hacher(app, mot_de_passe.clone()).await?);
    Ok(Cle { mot_de_passe, hachage })
}

fn verifier(commande: &Commande) -> Result<(), Error> {
    if commande.raison_sociale.as_ref().is_some_and(|r| r.trim().is_empty() || r.chars().count() > 100) {
        return Err(Error::champ("/raison_sociale", "La raison sociale compte de 1 à 100 caractères."));
    }
    if !(1..=ETABLISSEMENTS_MAX).contains(&commande.etablissements) {
        return Err(Error::champ("/etablissements", "De 1 à 5 établissements."));
    }
    if commande.dossiers > DOSSIERS_MAX {
        return Err(Error::champ("/dossiers", "50 dossiers au plus."));
    }
    Ok(())
}
