use db::clients_api::Reglage;
use domain::Scopes;
use domain::ids::{ClientApiId, EtablissementId};
use domain::limites::NOM_CLIENT_MAX;
use domain::permit::{Action as _, Permit, authorize};
use domain::policy::{GererClients, LireClient, etablissements_geres};
use domain::reseau::Reseau;
use domain::secret::Secret;
use jiff::Timestamp;

use super::lire::{Fiche, fiche};
use super::{tirer, trace};
use crate::{App, Champ, Error, Journal, Tx};

/// Most living clients of a company.
const CLIENTS_MAX: i64 = 50;
/// Most networks of a client.
const ADRESSES_MAX: usize = 20;

/// What an administrateur asks a client to be.
#[derive(Debug, Clone)]
pub struct Demande {
    /// Its name.
    pub nom: String,
    /// The software that uses it.
    pub logiciel: String,
    /// Its scopes.
    pub scopes: Scopes,
    /// Its établissements.
    pub etablissements: Vec<EtablissementId>,
    /// When it ends.
    pub expire_le: Option<Timestamp>,
    /// The networks that it may call from, as written.
    pub adresses: Vec<String>,
}

/// Makes a client of a company, on établissements where the actor is administrateur; its secret is told once.
pub async fn creer(
    app: &App,
    permit: &Permit<GererClients>,
    demande: Demande,
) -> Result<(Fiche, Secret<String>), Error> {
    let geres = etablissements_geres(permit.acteur(), permit.sur().id);
    let reglage = juger(demande, &geres, app.horloge().maintenant())?;
    let (secret, garde) = tirer()?;
    let (p, id): (_, ClientApiId) = (permit.clone(), Tx::id());
    let fiche = app
        .write(permit.acteur(), move |tx| {
            // Two that are asked for at once are counted one after the other.
            db::membres::prendre(tx.conn, p.sur().id)?;
            if db::clients_api::nombre(tx.conn, &p)? >= CLIENTS_MAX {
                return Err(Error::champ(
                    "/nom",
                    format!("Une entreprise a {CLIENTS_MAX} clients API au plus. Révoquez-en un."),
                ));
            }
            db::clients_api::inserer(tx.conn, &p, id, &reglage, tx.maintenant)?;
            db::clients_api::ajouter_secret(tx.conn, id, &garde, tx.maintenant)?;
            let sien = authorize::<LireClient>(p.partage(), db::portee::client_api(tx.conn, id)?)?;
            let lue = fiche(tx.conn, &sien, tx.maintenant)?;
            Ok((lue, Journal::new(trace(GererClients::NOM, id, details(&reglage)))))
        })
        .await?;
    Ok((fiche, secret))
}

/// What the journal says of a client: codes and identifiers.
pub(super) fn details(reglage: &Reglage) -> serde_json::Value {
    let etablissements: Vec<_> = reglage.etablissements.iter().map(|e| e.uuid()).collect();
    let scopes = reglage.scopes.to_string();
    serde_json::json!({ "scopes": scopes, "etablissements": etablissements, "expire_le": reglage.expire_le })
}

/// What a request asks for, when its fields are right.
pub(super) fn juger(demande: Demande, geres: &[EtablissementId], maintenant: Timestamp) -> Result<Reglage, Error> {
    let mut champs = Vec::new();
    let mut faux = |pointeur, texte: &str| champs.push(Champ::new(pointeur, texte));
    let (nom, logiciel) = (demande.nom.trim().to_owned(), demande.logiciel.trim().to_owned());
    if nom.is_empty() || nom.chars().count() > NOM_CLIENT_MAX {
        faux("/nom", &format!("Donnez un nom de {NOM_CLIENT_MAX} caractères au plus."));
    }
    if logiciel.chars().count() > NOM_CLIENT_MAX {
        faux("/logiciel", &format!("Le nom du logiciel compte {NOM_CLIENT_MAX} caractères au plus."));
    }
    if demande.scopes.est_vide() {
        faux("/scopes", "Choisissez au moins une portée.");
    }
    let mut etablissements = demande.etablissements;
    etablissements.sort_unstable();
    etablissements.dedup();
    if etablissements.is_empty() {
        faux("/etablissements", "Choisissez au moins un établissement.");
    } else if etablissements.iter().any(|e| !geres.contains(e)) {
        faux("/etablissements", "Vous n’êtes pas administrateur de tous ces établissements.");
    }
    if demande.expire_le.is_some_and(|fin| fin <= maintenant) {
        faux("/expire_le", "La date de fin doit être à venir.");
    }
    let lues: Result<Vec<Reseau>, _> = demande.adresses.iter().map(|a| a.parse::<Reseau>()).collect();
    if lues.is_err() || demande.adresses.len() > ADRESSES_MAX {
        faux("/adresses", "Donnez au plus 20 adresses ou réseaux, comme 192.0.2.7 ou 192.0.2.0/24.");
    }
    match lues {
        Ok(adresses) if champs.is_empty() => Ok(Reglage {
            nom,
            logiciel,
            scopes: demande.scopes,
            etablissements,
            adresses,
            expire_le: demande.expire_le,
        }),
        _ => Err(Error::Champs(champs)),
    }
}
