//! Calls of clients and proofs refused in their names, counted in memory and written by the lot, off the path of requests.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use db::clients_api::{ADRESSES_MAX, AUTRES, DepuisAdresse, Releve};
use db::types::V;
use domain::ids::ClientApiId;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

use crate::comptes::reseau;
use crate::{App, Error};

/// How often the counts are written.
const PERIODE: Duration = Duration::from_secs(5);
/// Days for which the counts are kept, and the addresses that they name.
const MEMOIRE: i64 = 90;

/// Counts that are not written yet.
#[derive(Debug, Default)]
pub struct Compteurs(Mutex<Table>);

/// In order: two nodes that write the same rows write them in the same order.
type Table = BTreeMap<(ClientApiId, Date), Compte>;

/// What was counted of one client on one day.
#[derive(Debug, Clone, Default)]
struct Compte {
    appels: Option<Releve>,
    adresses: BTreeMap<String, DepuisAdresse>,
}

impl Compteurs {
    /// Counts a call and its answer.
    pub fn noter(&self, client: ClientApiId, adresse: IpAddr, statut: u16, maintenant: Timestamp) {
        let adresse = adresse.to_canonical().to_string();
        let appel = Releve {
            appels: 1,
            erreurs_client: i64::from((400..500).contains(&statut)),
            erreurs_serveur: i64::from(statut >= 500),
            dernier_le: maintenant,
            derniere_adresse: adresse.clone(),
        };
        let mut table = self.table();
        let compte = table.entry((client, jour(maintenant))).or_default();
        compte.appeler(appel);
        compte.voir(DepuisAdresse { adresse, appels: 1, refus: 0, derniere_le: V(maintenant) });
    }

    /// Counts a proof that was refused, in the name of a client that exists, by network: one subscriber of IPv6 has
    /// addresses without number.
    pub fn refuser(&self, client: ClientApiId, adresse: IpAddr, maintenant: Timestamp) {
        let vue = DepuisAdresse { adresse: reseau(adresse), appels: 0, refus: 1, derniere_le: V(maintenant) };
        self.table().entry((client, jour(maintenant))).or_default().voir(vue);
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn prendre(&self) -> Table {
        std::mem::take(&mut *self.table())
    }

    /// Takes back what could not be written.
    fn rendre(&self, comptes: Table) {
        let mut table = self.table();
        for (cle, Compte { appels, adresses }) in comptes {
            let compte = table.entry(cle).or_default();
            if let Some(appels) = appels {
                compte.appeler(appels);
            }
            for vue in adresses.into_values() {
                compte.voir(vue);
            }
        }
    }
}

impl Compte {
    fn appeler(&mut self, plus: Releve) {
        match &mut self.appels {
            Some(releve) => {
                releve.appels += plus.appels;
                releve.erreurs_client += plus.erreurs_client;
                releve.erreurs_serveur += plus.erreurs_serveur;
                if plus.dernier_le >= releve.dernier_le {
                    (releve.dernier_le, releve.derniere_adresse) = (plus.dernier_le, plus.derniere_adresse);
                }
            }
            vide => *vide = Some(plus),
        }
    }

    fn voir(&mut self, mut plus: DepuisAdresse) {
        if let Some(vue) = self.adresses.get_mut(&plus.adresse) {
            return vue.ajouter(&plus);
        }
        let semblables = self.adresses.values().filter(|vue| vue.est_un_appel() == plus.est_un_appel()).count();
        if semblables >= ADRESSES_MAX {
            AUTRES.clone_into(&mut plus.adresse);
        }
        self.adresses.entry(plus.adresse.clone()).and_modify(|vue| vue.ajouter(&plus)).or_insert(plus);
    }
}

fn jour(instant: Timestamp) -> Date {
    crate::portail::a_paris(instant).date()
}

/// Writes what was counted since the last time; what cannot be written waits for the next.
pub async fn ecrire(app: &App) -> Result<(), Error> {
    let comptes = app.usages().prendre();
    if comptes.is_empty() {
        return Ok(());
    }
    let a_ecrire = comptes.clone();
    let fait = app.entretenir(move |conn| {
        for ((client, jour), compte) in &a_ecrire {
            if let Some(releve) = &compte.appels {
                db::clients_api::ajouter_usage(conn, *client, *jour, releve)?;
            }
            for vue in compte.adresses.values() {
                db::clients_api::ajouter_adresse(conn, *client, *jour, vue)?;
            }
        }
        Ok(())
    });
    let fait = fait.await;
    if fait.is_err() {
        app.usages().rendre(comptes);
    }
    fait
}

/// Writes the counts for ever, every few seconds.
pub async fn tenir(app: App) {
    loop {
        tokio::time::sleep(PERIODE).await;
        if let Err(e) = ecrire(&app).await {
            tracing::warn!(erreur = %e, "l’usage des clients API ne s’écrit pas");
        }
    }
}

/// Forgets the days that were kept long enough.
pub(crate) async fn purger(app: &App) -> Result<usize, Error> {
    let aujourd_hui = jour(app.horloge().maintenant());
    let avant = aujourd_hui.saturating_sub(MEMOIRE.days());
    app.par_lots(move |conn, lot| db::clients_api::oublier_jours(conn, avant, lot)).await
}

#[cfg(test)]
mod tests {
    use domain::ids::Id;
    use uuid::Uuid;

    use super::{Compteurs, Timestamp};

    #[test]
    fn what_could_not_be_written_is_counted_with_what_follows() {
        let (compteurs, client) = (Compteurs::default(), Id::new(Uuid::from_u128(1)));
        let (ici, la) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let le = |s: i64| Timestamp::from_second(1_800_000_000 + s).unwrap();
        compteurs.noter(client, ici, 404, le(0));
        compteurs.refuser(client, la, le(1));
        let perdus = compteurs.prendre();
        compteurs.noter(client, ici, 200, le(2));
        compteurs.rendre(perdus);
        let compte = compteurs.prendre().into_values().next().unwrap();
        let appels = compte.appels.unwrap();
        assert_eq!((appels.appels, appels.erreurs_client, appels.dernier_le), (2, 1, le(2)));
        let de = |adresse: &str| compte.adresses.get(adresse).map(|a| (a.appels, a.refus, a.derniere_le.0));
        assert_eq!((de("192.0.2.1"), de("192.0.2.2")), (Some((2, 0, le(2))), Some((0, 1, le(1)))));
    }
}
