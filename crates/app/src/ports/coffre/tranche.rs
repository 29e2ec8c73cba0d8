use super::indisponible;
use super::reception::{Destination, TAMPON, bloquant};
use crate::Error;

/// Bytes on their way into the vault as they are: a part of a file, which is judged once it is whole.
///
/// Dropped before [`sceller`](Self::sceller), it leaves nothing behind.
#[derive(Debug)]
pub struct Tranche {
    taille: u64,
    tampon: Vec<u8>,
    destination: Destination,
}

impl Tranche {
    pub(super) const fn new(destination: Destination) -> Self {
        Self { taille: 0, tampon: Vec::new(), destination }
    }

    /// Number of bytes taken so far.
    pub const fn taille(&self) -> u64 {
        self.taille
    }

    /// Takes the next bytes.
    pub async fn ecrire(mut self, octets: &[u8]) -> Result<Self, Error> {
        self.taille += octets.len() as u64;
        self.tampon.extend_from_slice(octets);
        if self.tampon.len() >= TAMPON { self.vider().await } else { Ok(self) }
    }

    /// Makes the bytes durable and says where they are.
    pub async fn sceller(self) -> Result<String, Error> {
        match self.vider().await?.destination {
            Destination::Local(depot) => bloquant(move || depot.sceller().map_err(indisponible)).await,
            Destination::S3(depot) => depot.sceller().await,
        }
    }

    async fn vider(self) -> Result<Self, Error> {
        let Self { taille, tampon, destination } = self;
        let destination = match destination {
            Destination::Local(mut depot) => {
                bloquant(move || {
                    depot.ecrire(&tampon).map_err(indisponible)?;
                    Ok(Destination::Local(depot))
                })
                .await?
            }
            Destination::S3(mut depot) => {
                depot.ecrire(tampon).await?;
                Destination::S3(depot)
            }
        };
        Ok(Self { taille, tampon: Vec::with_capacity(TAMPON), destination })
    }
}
