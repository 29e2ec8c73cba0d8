//! The vault: where the bytes of documents are kept, on a local folder or on S3.

mod local;
mod reception;
mod s3;
mod tranche;

use std::ops::Range;

use bytes::Bytes;
use futures_util::stream::BoxStream;

pub use local::Local;
pub use reception::{Reception, Scelle};
pub use s3::{Acces, S3};
pub use tranche::Tranche;

use crate::Error;

/// The bytes of a document, as they come.
pub type Flux = BoxStream<'static, Result<Bytes, std::io::Error>>;

/// The vault of the process.
#[derive(Debug)]
pub enum Coffre {
    /// A folder of this machine.
    Local(Local),
    /// A bucket of an S3-compatible storage.
    S3(S3),
}

impl Coffre {
    /// Starts to receive a file of at most `limite` bytes.
    pub fn recevoir(&self, limite: u64) -> Reception {
        match self {
            Self::Local(local) => Reception::new(limite, local.depot()),
            Self::S3(s3) => Reception::new(limite, s3.depot()),
        }
    }

    /// Starts to receive bytes that are not judged: a part of a file.
    pub fn recevoir_tranche(&self) -> Tranche {
        match self {
            Self::Local(local) => Tranche::new(local.depot()),
            Self::S3(s3) => Tranche::new(s3.depot()),
        }
    }

    /// Reads bytes `plage` of a blob, in constant memory.
    pub async fn lire(&self, blob: &str, plage: Range<u64>) -> Result<Flux, Error> {
        match self {
            Self::Local(local) => local.lire(blob, plage).await,
            Self::S3(s3) => s3.lire(blob, plage).await,
        }
    }

    /// Removes a blob that no row points at.
    pub async fn supprimer(&self, blob: &str) -> Result<(), Error> {
        match self {
            Self::Local(local) => local.supprimer(blob).await,
            Self::S3(s3) => s3.supprimer(blob).await,
        }
    }

    /// Names the blobs that are older than `age`, some at a time, for the sweep of orphans.
    pub async fn anciens(
        &self,
        age: std::time::Duration,
    ) -> Result<BoxStream<'static, Result<Vec<String>, Error>>, Error> {
        match self {
            Self::Local(local) => local.anciens(age).await,
            Self::S3(s3) => Ok(s3.anciens(age)),
        }
    }
}

/// A failure of the storage, for the log and a 503.
pub(super) fn indisponible(e: impl std::fmt::Display) -> Error {
    Error::Indisponible(format!("coffre : {e}"))
}
