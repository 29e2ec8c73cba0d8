//! The vault on S3: parts are sent as they come, and the object exists once all are.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt as _, WriteMultipart};

use super::reception::{Destination, nouveau_blob};
use super::{Flux, indisponible};
use crate::Error;

/// Smallest part but the last that S3 accepts.
const PART: usize = 5 * 1024 * 1024;
/// Parts sent at the same time: bounds the memory of one deposit.
const ENVOIS: usize = 2;

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
            .with_secret_access_key(acces.secret.expose());
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
        if plage.is_empty() {
            return Ok(futures_util::stream::empty().boxed());
        }
        let options = GetOptions { range: Some(GetRange::Bounded(plage)), ..GetOptions::default() };
        let objet = self.magasin.get_opts(&Path::from(blob), options).await.map_err(indisponible)?;
        Ok(objet.into_stream().map_err(std::io::Error::other).boxed())
    }

    pub(super) async fn supprimer(&self, blob: &str) -> Result<(), Error> {
        match self.magasin.delete(&Path::from(blob)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            autre => autre.map_err(indisponible),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the age is that of the storage's own clock")]
    pub(super) async fn anciens(&self, age: Duration) -> Result<Vec<String>, Error> {
        let limite = Timestamp::now().as_second() - i64::try_from(age.as_secs()).unwrap_or(i64::MAX);
        self.magasin
            .list(None)
            .try_filter(|o| std::future::ready(o.last_modified.timestamp() < limite))
            .map_ok(|o| o.location.to_string())
            .try_collect()
            .await
            .map_err(indisponible)
    }
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
            envoi.finish().await.map(drop).map_err(indisponible)?;
        } else {
            let contenu = std::mem::take(&mut self.petit);
            self.magasin.put(&Path::from(self.blob.as_str()), contenu.into()).await.map(drop).map_err(indisponible)?;
        }
        Ok(std::mem::take(&mut self.blob))
    }
}
