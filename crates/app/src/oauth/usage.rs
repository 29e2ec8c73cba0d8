//! Calls of clients, counted in memory and written by the lot, off the path of requests.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use db::clients_api::Releve;
use domain::ids::ClientApiId;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::{App, Error};

/// How often the counts are written.
const PERIODE: Duration = Duration::from_secs(5);

/// Calls that are not written yet.
#[derive(Debug, Default)]
pub struct Compteurs(Mutex<HashMap<(ClientApiId, Date), Releve>>);

impl Compteurs {
    /// Counts a call and its answer.
    pub fn noter(&self, client: ClientApiId, adresse: IpAddr, statut: u16, maintenant: Timestamp) {
        let jour = crate::portail::a_paris(maintenant).date();
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let vide = Releve {
            appels: 0,
            erreurs_client: 0,
            erreurs_serveur: 0,
            dernier_le: maintenant,
            derniere_adresse: String::new(),
        };
        let releve = table.entry((client, jour)).or_insert(vide);
        releve.appels += 1;
        releve.erreurs_client += i64::from((400..500).contains(&statut));
        releve.erreurs_serveur += i64::from(statut >= 500);
        releve.dernier_le = maintenant;
        releve.derniere_adresse = adresse.to_canonical().to_string();
    }

    fn prendre(&self) -> HashMap<(ClientApiId, Date), Releve> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Writes the calls counted since the last time.
pub async fn ecrire(app: &App) -> Result<(), Error> {
    let releves = app.usages().prendre();
    if releves.is_empty() {
        return Ok(());
    }
    app.entretenir(move |conn| {
        for ((client, jour), releve) in releves {
            db::clients_api::ajouter_usage(conn, client, jour, &releve)?;
        }
        Ok(())
    })
    .await
}

/// Writes the calls for ever, every few seconds.
pub async fn tenir(app: App) {
    loop {
        tokio::time::sleep(PERIODE).await;
        if let Err(e) = ecrire(&app).await {
            tracing::warn!(erreur = %e, "l’usage des clients API ne s’écrit pas");
        }
    }
}
