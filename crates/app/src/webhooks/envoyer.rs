//! The sending of webhooks: deals events out and tries deliveries, for ever.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use db::webhooks::file::{Suite, conclure};
use db::webhooks::livraisons::Livraison;
use domain::ids::WebhookId;
use domain::webhook::ESSAIS_MAX;
use jiff::SignedDuration;
use tokio::task::JoinSet;

use super::distribuer::distribuer;
use super::porter::porter;
use crate::{App, Error};

/// Attempts under way at once, on a node.
const EN_VOL_MAX: usize = 64;
/// Attempts under way at once for a subscription, on a node: a slow receiver holds up no other.
const PAR_ABONNEMENT: usize = 4;
/// An attempt that is not concluded after this long, twice the longest, is made again.
const BAIL: SignedDuration = SignedDuration::from_secs(30);
/// Longest sleep: another node may write without waking this one.
const SOMMEIL_MAX: Duration = Duration::from_secs(1);

/// Sends for ever; one task of the process runs it.
pub async fn expedier(app: App) {
    let mut equipe = Equipe::default();
    loop {
        match equipe.tour(&app).await {
            Ok(true) => {}
            Ok(false) => equipe.attendre(&app).await,
            Err(e) => {
                tracing::warn!(erreur = %e, "les webhooks ne se lisent pas");
                tokio::time::sleep(SOMMEIL_MAX).await;
            }
        }
    }
}

/// Deals out every event and tries every delivery whose time has come, then returns the number of
/// attempts; for tests.
pub async fn vider(app: &App) -> Result<usize, Error> {
    let mut equipe = Equipe::default();
    loop {
        if equipe.tour(app).await? {
            continue;
        }
        if equipe.taches.join_next().await.is_none() {
            return Ok(equipe.parties);
        }
    }
}

/// The attempts under way.
#[derive(Default)]
struct Equipe {
    taches: JoinSet<()>,
    en_vol: EnVol,
    parties: usize,
}

/// How many attempts are under way for each subscription.
type EnVol = Arc<Mutex<HashMap<WebhookId, usize>>>;

impl Equipe {
    /// Deals out a batch and starts what there is room for; `true` when there may be more at once.
    async fn tour(&mut self, app: &App) -> Result<bool, Error> {
        while self.taches.try_join_next().is_some() {}
        let attente = app.read(|conn| Ok(db::webhooks::file::attente(conn)?)).await?;
        let distribues = if attente.evenements { distribuer(app).await? } else { 0 };
        let maintenant = app.horloge().maintenant();
        if distribues == 0 && attente.prochaine.is_none_or(|le| le > maintenant) {
            return Ok(false);
        }
        let parties = self.partir(app).await?;
        Ok(distribues > 0 || parties)
    }

    /// Starts the attempts there is room for; `true` when some were started.
    async fn partir(&mut self, app: &App) -> Result<bool, Error> {
        let libres = EN_VOL_MAX.saturating_sub(self.taches.len());
        if libres == 0 {
            return Ok(false);
        }
        let maintenant = app.horloge().maintenant();
        let places = compter(&self.en_vol);
        let pleins = places.iter().filter(|(_, n)| **n >= PAR_ABONNEMENT).map(|(id, _)| *id).collect();
        let limite = i64::try_from(libres).unwrap_or(1);
        let (livraisons, vues) = app
            .entretenir(move |conn| {
                let mut places = places;
                let place = |id| {
                    let n = places.entry(id).or_insert(0);
                    *n += 1;
                    *n <= PAR_ABONNEMENT
                };
                Ok(db::webhooks::file::prendre(conn, maintenant, maintenant + BAIL, pleins, limite, place)?)
            })
            .await?;
        for livraison in livraisons {
            self.parties += 1;
            let place = Place::prendre(&self.en_vol, livraison.abonnement.0);
            self.taches.spawn(essayer(app.clone(), livraison, place));
        }
        Ok(vues > 0)
    }

    /// Waits until something may have changed: a write, an attempt that ends, or a little time.
    async fn attendre(&mut self, app: &App) {
        tokio::select! {
            _ = tokio::time::timeout(SOMMEIL_MAX, app.expedition().notified()) => {}
            Some(_) = self.taches.join_next() => {}
        }
    }
}

async fn essayer(app: App, livraison: Livraison, place: Place) {
    let id = livraison.id.0;
    // A fault of ours: it stays in the queue, and is taken again at the end of its lease.
    if let Err(e) = porter(&app, livraison.clone()).await {
        tracing::warn!(livraison = %id, erreur = %e, "un webhook n’a pas pu partir");
        if livraison.tentatives >= ESSAIS_MAX {
            abandonner(&app, livraison).await;
        }
    }
    drop(place);
}

/// Gives up what never could be tried.
async fn abandonner(app: &App, livraison: Livraison) {
    let le = app.horloge().maintenant();
    let fait = app.entretenir(move |conn| Ok(conclure(conn, &livraison, None, Suite::Abandon, le)?)).await;
    if let Err(e) = fait {
        tracing::warn!(erreur = %e, "un webhook n’a pas pu être abandonné");
    }
}

fn compter(en_vol: &EnVol) -> HashMap<WebhookId, usize> {
    en_vol.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The place of one attempt; given back when dropped.
struct Place {
    en_vol: EnVol,
    abonnement: WebhookId,
}

impl Place {
    fn prendre(en_vol: &EnVol, abonnement: WebhookId) -> Self {
        *en_vol.lock().unwrap_or_else(PoisonError::into_inner).entry(abonnement).or_insert(0) += 1;
        Self { en_vol: Arc::clone(en_vol), abonnement }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut en_vol = self.en_vol.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(n) = en_vol.get_mut(&self.abonnement) {
            *n -= 1;
            if *n == 0 {
                en_vol.remove(&self.abonnement);
            }
        }
    }
}
