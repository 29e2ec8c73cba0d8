//! The courier: carries webhooks to receivers of the public internet, and to nobody else.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::webhook::{CauseEchec, Cible, Ouverture};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};

use crate::Error;

/// Longest wait for a connection.
const CONNEXION: Duration = Duration::from_secs(5);
/// Longest attempt, answer included.
const TOTAL: Duration = Duration::from_secs(15);
/// Most bytes read of an answer; the rest is dropped unread.
const LECTURE_MAX: usize = 4096;
/// Most characters kept of an answer.
const EXTRAIT_MAX: usize = 500;
/// Who calls.
const AGENT: &str = concat!("eGestion-Webhooks/", env!("CARGO_PKG_VERSION"));

/// What carries webhooks.
///
/// Every name is resolved by [`Noms`] when it is called, every address it leads to is judged, and
/// only those very addresses are connected to: a name that changes between the judgement and the
/// call changes nothing. Redirections are not followed and no proxy is used.
pub struct Coursier {
    client: reqwest::Client,
    noms: Arc<Noms>,
    ouverture: Ouverture,
}

/// Where the addresses of names come from.
pub enum Noms {
    /// The resolver of the machine.
    Systeme,
    /// A table that tests change by hand.
    Table(Mutex<HashMap<String, Vec<IpAddr>>>),
}

/// Why a name is not called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum NomRefuse {
    #[error("nom inconnu")]
    Inconnu,
    #[error("adresse interdite")]
    Interdite,
}

/// What is carried.
#[derive(Debug)]
pub struct Pli {
    /// To whom.
    pub cible: Cible,
    /// The identifier, the same over all attempts.
    pub id: String,
    /// The time of the attempt, in seconds since 1970.
    pub instant: i64,
    /// The signatures, separated by spaces.
    pub signature: String,
    /// The body.
    pub corps: Vec<u8>,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retour {
    /// How long it took.
    pub duree: Duration,
    /// The status answered.
    pub statut: Option<u16>,
    /// Why it failed; `None` for a 2xx.
    pub cause: Option<CauseEchec>,
    /// The start of what was answered, without control characters.
    pub extrait: String,
    /// The `Retry-After` answered.
    pub attendre: Option<String>,
}

impl Retour {
    /// An attempt that got no answer.
    pub(crate) const fn refuse(cause: CauseEchec) -> Self {
        Self { duree: Duration::ZERO, statut: None, cause: Some(cause), extrait: String::new(), attendre: None }
    }
}

impl Coursier {
    /// A courier that goes as far as `ouverture` says.
    pub fn new(ouverture: Ouverture, noms: Noms) -> Result<Self, Error> {
        let noms = Arc::new(noms);
        let client = reqwest::Client::builder()
            .user_agent(AGENT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .https_only(ouverture == Ouverture::Publique)
            .connect_timeout(CONNEXION)
            .timeout(TOTAL)
            .dns_resolver(Arc::new(Resolveur { noms: Arc::clone(&noms), ouverture }))
            .build()
            .map_err(|e| Error::Interne(format!("client HTTP : {e}")))?;
        Ok(Self { client, noms, ouverture })
    }

    /// How far it goes.
    pub const fn ouverture(&self) -> Ouverture {
        self.ouverture
    }

    /// Where it gets addresses from.
    pub fn noms(&self) -> &Noms {
        &self.noms
    }

    /// Whether a receiver could be called now, without calling it.
    pub async fn joignable(&self, cible: &Cible) -> Result<(), CauseEchec> {
        match cible.nom() {
            None => Ok(()),
            Some(nom) => match tokio::time::timeout(CONNEXION, self.noms.adresses(nom, self.ouverture)).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(NomRefuse::Interdite)) => Err(CauseEchec::AdresseInterdite),
                Ok(Err(NomRefuse::Inconnu)) | Err(_) => Err(CauseEchec::Dns),
            },
        }
    }

    /// Carries a webhook.
    pub async fn porter(&self, pli: Pli) -> Retour {
        let depart = Instant::now();
        let envoi = self
            .client
            .post(pli.cible.as_str())
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", pli.id)
            .header("webhook-timestamp", pli.instant)
            .header("webhook-signature", pli.signature)
            .body(pli.corps)
            .send()
            .await;
        let mut retour = match envoi {
            Ok(reponse) => lire(reponse).await,
            Err(e) => Retour::refuse(cause(&e)),
        };
        retour.duree = depart.elapsed();
        retour
    }
}

/// Reads what is kept of an answer; its status alone says whether the webhook was taken.
async fn lire(mut reponse: reqwest::Response) -> Retour {
    let statut = reponse.status();
    let cause = match statut.as_u16() {
        200..=299 => None,
        300..=399 => Some(CauseEchec::Redirection),
        _ => Some(CauseEchec::Reponse),
    };
    let attendre = reponse.headers().get(RETRY_AFTER).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let mut octets = Vec::new();
    while octets.len() < LECTURE_MAX {
        match reponse.chunk().await {
            Ok(Some(morceau)) => octets.extend_from_slice(&morceau[..morceau.len().min(LECTURE_MAX - octets.len())]),
            Ok(None) | Err(_) => break,
        }
    }
    let texte = String::from_utf8_lossy(&octets);
    let extrait = texte.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).take(EXTRAIT_MAX).collect();
    Retour { duree: Duration::ZERO, statut: Some(statut.as_u16()), cause, extrait, attendre }
}

fn cause(e: &reqwest::Error) -> CauseEchec {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(e);
    while let Some(erreur) = source {
        match erreur.downcast_ref::<NomRefuse>() {
            Some(NomRefuse::Inconnu) => return CauseEchec::Dns,
            Some(NomRefuse::Interdite) => return CauseEchec::AdresseInterdite,
            None => source = erreur.source(),
        }
    }
    if e.is_timeout() { CauseEchec::Delai } else { CauseEchec::Connexion }
}

impl Noms {
    /// Sets the addresses of a name; only a table changes.
    pub fn poser(&self, nom: &str, adresses: &[IpAddr]) {
        if let Self::Table(table) = self {
            table.lock().unwrap_or_else(PoisonError::into_inner).insert(nom.to_owned(), adresses.to_vec());
        }
    }

    /// The addresses of a name, all of which may be called.
    async fn adresses(&self, nom: &str, ouverture: Ouverture) -> Result<Vec<IpAddr>, NomRefuse> {
        let adresses: Vec<IpAddr> = match self {
            Self::Systeme => match tokio::net::lookup_host((nom, 0)).await {
                Ok(adresses) => adresses.map(|a| a.ip()).collect(),
                Err(_) => return Err(NomRefuse::Inconnu),
            },
            Self::Table(table) => {
                table.lock().unwrap_or_else(PoisonError::into_inner).get(nom).cloned().unwrap_or_default()
            }
        };
        if adresses.is_empty() {
            return Err(NomRefuse::Inconnu);
        }
        if Cible::adresses_permises(&adresses, ouverture) { Ok(adresses) } else { Err(NomRefuse::Interdite) }
    }
}

/// What the HTTP client asks for the addresses of a name: those that were judged, and no others.
struct Resolveur {
    noms: Arc<Noms>,
    ouverture: Ouverture,
}

impl Resolve for Resolveur {
    fn resolve(&self, nom: Name) -> Resolving {
        let (noms, ouverture) = (Arc::clone(&self.noms), self.ouverture);
        Box::pin(async move {
            let adresses = noms.adresses(nom.as_str(), ouverture).await?;
            // The port of the address called takes the place of this one.
            Ok(Box::new(adresses.into_iter().map(|a| SocketAddr::new(a, 0))) as Addrs)
        })
    }
}
