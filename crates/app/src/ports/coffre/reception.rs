use bytes::Bytes;
use domain::document::{Constat, Inspecteur};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{indisponible, local, s3};
use crate::Error;

/// Bytes gathered before they are hashed and written together: small files cost one hand-over
/// to a blocking thread, large ones keep this much in memory.
pub(super) const TAMPON: usize = 1024 * 1024;

/// Where received bytes go.
#[derive(Debug)]
pub(super) enum Destination {
    Local(local::Depot),
    S3(s3::Depot),
}

/// A file being received: hashed and examined while it streams into the staging area.
///
/// Dropped before [`sceller`](Self::sceller), it leaves nothing behind.
#[derive(Debug)]
pub struct Reception {
    limite: u64,
    recu: u64,
    tampon: Vec<u8>,
    etat: Option<Box<Etat>>,
}

#[derive(Debug)]
struct Etat {
    examen: Examen,
    destination: Destination,
}

/// What is learnt of the bytes as they pass; up to a mebibyte at a time, off the asynchronous threads.
#[derive(Debug)]
struct Examen {
    hash: Sha256,
    inspecteur: Inspecteur,
}

/// A file that is whole, examined and durable in the vault, and that no row points at yet.
#[derive(Debug, Clone)]
pub struct Scelle {
    /// Where the vault keeps it.
    pub blob: String,
    /// What its bytes are.
    pub constat: Constat,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
}

impl Reception {
    pub(super) fn new(limite: u64, destination: Destination) -> Self {
        let examen = Examen { hash: Sha256::new(), inspecteur: Inspecteur::default() };
        let etat = Etat { examen, destination };
        Self { limite, recu: 0, tampon: Vec::new(), etat: Some(Box::new(etat)) }
    }

    /// Takes the next bytes; refuses those over the limit.
    pub async fn ecrire(&mut self, octets: &Bytes) -> Result<(), Error> {
        self.recu += octets.len() as u64;
        if self.recu > self.limite {
            return Err(Error::TropVolumineux { limite: self.limite });
        }
        self.tampon.extend_from_slice(octets);
        if self.tampon.len() >= TAMPON { self.vider().await } else { Ok(()) }
    }

    /// Ends the file: judges it, makes it durable, and says where it is.
    pub async fn sceller(mut self) -> Result<Scelle, Error> {
        let tampon = std::mem::take(&mut self.tampon);
        let Etat { mut examen, destination } = *self.etat.take().ok_or_else(interrompue)?;
        match destination {
            Destination::Local(mut depot) => {
                bloquant(move || {
                    examen.avaler(&tampon);
                    let (constat, sha256) = examen.conclure()?;
                    depot.ecrire(&tampon).map_err(indisponible)?;
                    let blob = depot.sceller().map_err(indisponible)?;
                    Ok(Scelle { blob, constat, sha256 })
                })
                .await
            }
            Destination::S3(mut depot) => {
                let (tampon, (constat, sha256)) = bloquant(move || {
                    examen.avaler(&tampon);
                    let juge = examen.conclure()?;
                    Ok((tampon, juge))
                })
                .await?;
                depot.ecrire(tampon).await?;
                let blob = depot.sceller().await?;
                Ok(Scelle { blob, constat, sha256 })
            }
        }
    }

    async fn vider(&mut self) -> Result<(), Error> {
        let mut tampon = std::mem::take(&mut self.tampon);
        let mut etat = self.etat.take().ok_or_else(interrompue)?;
        let (mut etat, mut tampon) = bloquant(move || {
            etat.examen.avaler(&tampon);
            if let Destination::Local(depot) = &mut etat.destination {
                depot.ecrire(&tampon).map_err(indisponible)?;
                tampon.clear();
            }
            Ok((etat, tampon))
        })
        .await?;
        if let Destination::S3(depot) = &mut etat.destination {
            depot.ecrire(tampon).await?;
            tampon = Vec::with_capacity(TAMPON + 64 * 1024);
        }
        (self.etat, self.tampon) = (Some(etat), tampon);
        Ok(())
    }
}

impl Examen {
    fn avaler(&mut self, octets: &[u8]) {
        self.hash.update(octets);
        self.inspecteur.voir(octets);
    }

    fn conclure(self) -> Result<(Constat, [u8; 32]), Error> {
        let constat = self.inspecteur.conclure().map_err(Error::Fichier)?;
        Ok((constat, self.hash.finalize().into()))
    }
}

/// A new blob's name; its first two characters spread the blobs over folders.
pub(super) fn nouveau_blob() -> String {
    let id = Uuid::now_v7().simple().to_string();
    format!("{}/{id}", &id[30..])
}

fn interrompue() -> Error {
    Error::Interne("réception reprise après un échec".to_owned())
}

pub(super) async fn bloquant<T: Send + 'static>(
    f: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(f).await.map_err(|e| Error::Interne(format!("coffre : {e}")))?
}
