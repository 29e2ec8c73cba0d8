//! The vault on S3: parts are sent as they come, and the object exists once all are.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt as _, RetryConfig, WriteMultipart};
use tokio::runtime::Handle;

use super::reception::{Destination, nouveau_blob};
use super::{Flux, indisponible};
use crate::Error;

/// Smallest part but the last that S3 accepts.
const PART: usize = 5 * 1024 * 1024;
/// Parts sent at the same time: bounds the memory of one deposit.
const ENVOIS: usize = 2;
/// Bytes asked for at a time: a slow reader keeps no request open, and this much in memory.
const LECTURE: u64 = 4 * 1024 * 1024;
/// Longest wait for a connection.
const CONNEXION: Duration = Duration::from_secs(5);
/// Longest time of one request, which moves one part at most.
const REQUETE: Duration = Duration::from_secs(60);
/// A failure that lasts longer is told to whoever waits: a deposit is answered 503 after seconds, not minutes.
const INSISTANCE: Duration = Duration::from_secs(10);

/// How to reach the bucket.
#[derive(Debug, Clone)]
pub struct Acces {
    /// The bucket's name.
    pub bucket: String,
    /// The address of the service, for another one than Amazon's.
    pub endpoint: Option<String>,
    /// The region.
    pub region: String,
    /// The access key's name.
    pub cle: String,
    /// The access key's secret.
    pub secret: domain::secret::Secret<String>,
}

/// A vault in a bucket.
#[derive(Debug, Clone)]
pub struct S3 {
    magasin: Arc<AmazonS3>,
}

impl S3 {
    /// Prepares the access; nothing is sent yet.
    pub fn open(acces: &Acces) -> Result<Self, Error> {
        let mut b = AmazonS3Builder::new()
            .with_bucket_name(&acces.bucket)
            .with_region(&acces.region)
            .with_access_key_id(&acces.cle)
            .with_secret_access_key(acces.secret.expose())
            .with_client_options(ClientOptions::new().with_connect_timeout(CONNEXION).with_timeout(REQUETE))
            .with_retry(RetryConfig {
                backoff: BackoffConfig { max_backoff: Duration::from_secs(1), ..BackoffConfig::default() },
                max_retries: 4,
                retry_timeout: INSISTANCE,
            });
        if let Some(endpoint) = &acces.endpoint {
            b = b.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        Ok(Self { magasin: Arc::new(b.build().map_err(indisponible)?) })
    }

    pub(super) fn depot(&self) -> Destination {
        Destination::S3(Depot {
            magasin: Arc::clone(&self.magasin),
            blob: nouveau_blob(),
            envoi: None,
            petit: Vec::new(),
        })
    }

    pub(super) async fn lire(&self, blob: &str, plage: Range<u64>) -> Result<Flux, Error> {
        let (magasin, chemin) = (Arc::clone(&self.magasin), Path::from(blob));
        // The first piece now: an object that is missing is told before the answer starts.
        let Some((premier, reste)) = suivant(&magasin, &chemin, plage).await.map_err(indisponible)? else {
            return Ok(futures_util::stream::empty().boxed());
        };
        let suite = futures_util::stream::try_unfold(reste, move |reste| {
            let (magasin, chemin) = (Arc::clone(&magasin), chemin.clone());
            async move { suivant(&magasin, &chemin, reste).await.map_err(std::io::Error::other) }
        });
        Ok(futures_util::stream::once(async move { Ok(premier) }).chain(suite).boxed())
    }

    pub(super) async fn supprimer(&self, blob: &str) -> Result<(), Error> {
        match self.magasin.delete(&Path::from(blob)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            autre => autre.map_err(indisponible),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the age is that of the storage's own clock")]
    pub(super) fn anciens(&self, age: Duration) -> BoxStream<'static, Result<Vec<String>, Error>> {
        /// What the storage names in one answer.
        const LOT: usize = 1000;
        let limite = Timestamp::now().as_second() - i64::try_from(age.as_secs()).unwrap_or(i64::MAX);
        self.magasin
            .list(None)
            .try_filter(move |o| std::future::ready(o.last_modified.timestamp() < limite))
            .map_ok(|o| o.location.to_string())
            .try_chunks(LOT)
            .map_err(indisponible)
            .boxed()
    }
}

/// Reads the next piece, and says what is left; `None` when nothing is.
async fn suivant(
    magasin: &AmazonS3,
    chemin: &Path,
    plage: Range<u64>,
) -> object_store::Result<Option<(Bytes, Range<u64>)>> {
    if plage.is_empty() {
        return Ok(None);
    }
    let fin = plage.end.min(plage.start + LECTURE);
    let octets = magasin.get_range(chemin, plage.start..fin).await?;
    if octets.len() as u64 == fin - plage.start {
        return Ok(Some((octets, fin..plage.end)));
    }
    Err(object_store::Error::Generic { store: "S3", source: "objet plus court que le document".into() })
}

/// A file on its way into the bucket; dropped before it is sealed, its parts are given up.
pub(super) struct Depot {
    magasin: Arc<AmazonS3>,
    blob: String,
    envoi: Option<WriteMultipart>,
    petit: Vec<u8>,
}

impl std::fmt::Debug for Depot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Depot").field("blob", &self.blob).finish_non_exhaustive()
    }
}

impl Depot {
    pub(super) async fn ecrire(&mut self, octets: Vec<u8>) -> Result<(), Error> {
        if let Some(envoi) = &mut self.envoi {
            envoi.wait_for_capacity(ENVOIS).await.map_err(indisponible)?;
            envoi.write(&octets);
            return Ok(());
        }
        self.petit.extend_from_slice(&octets);
        if self.petit.len() >= PART {
            let lot = self.magasin.put_multipart(&Path::from(self.blob.as_str())).await.map_err(indisponible)?;
            let mut envoi = WriteMultipart::new_with_chunk_size(lot, PART);
            envoi.write(&std::mem::take(&mut self.petit));
            self.envoi = Some(envoi);
        }
        Ok(())
    }

    pub(super) async fn sceller(mut self) -> Result<String, Error> {
        if let Some(envoi) = self.envoi.take() {
            // On its own: when the client goes away meanwhile, the parts are put together or given up all the same.
            tokio::spawn(envoi.finish()).await.map_err(indisponible)?.map(drop).map_err(indisponible)?;
        } else {
            let contenu = std::mem::take(&mut self.petit);
            self.magasin.put(&Path::from(self.blob.as_str()), contenu.into()).await.map(drop).map_err(indisponible)?;
        }
        Ok(std::mem::take(&mut self.blob))
    }
}

impl Drop for Depot {
    fn drop(&mut self) {
        let (Some(envoi), Ok(fil)) = (self.envoi.take(), Handle::try_current()) else { return };
        fil.spawn(async move {
            // The storage forgets by itself, by a rule of the bucket, the parts that this could not reach.
            if let Err(e) = envoi.abort().await {
                tracing::warn!(erreur = %e, "des morceaux d’un dépôt interrompu restent dans le coffre");
            }
        });
    }
}
