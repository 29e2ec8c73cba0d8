//! The files of the demonstration: drawn, then put into the vault as any deposit.

use bytes::Bytes;
use db::types::V;
use domain::document::Format;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::ecriture::{AFaire, Lignes};
use super::pdf;
use crate::ports::coffre::Scelle;
use crate::{App, Error};

/// Files made at the same time: drawing takes a core, sealing waits for the disk.
const A_LA_FOIS: usize = 4;

/// The one picture: a drawing of a scaffold.
const PHOTO: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/photo.png"));

/// Makes and seals every file that is still to be made.
pub(super) async fn deposer(app: &App, lignes: &mut Lignes) -> Result<(), Error> {
    let a_faire = std::mem::take(&mut lignes.a_faire);
    lignes.documents = stream::iter(a_faire).map(|d| deposer_un(app, d)).buffered(A_LA_FOIS).try_collect().await?;
    Ok(())
}

async fn deposer_un(
    app: &App,
    AFaire { sujet, genre, mut ligne }: AFaire,
) -> Result<db::documents::LigneDocument, Error> {
    let (nom, le) = (ligne.nom.clone(), ligne.depose_le.0);
    let octets = match ligne.format.0 {
        Format::Png => Bytes::from_static(PHOTO),
        _ => dessiner(move || pdf::document(&sujet, genre, &nom, le)).await?,
    };
    let scelle = sceller(app, octets).await?;
    ligne.format = V(scelle.constat.format);
    ligne.taille = i64::try_from(scelle.constat.taille).unwrap_or(i64::MAX);
    ligne.sha256 = scelle.sha256.to_vec();
    ligne.blob = scelle.blob;
    Ok(ligne)
}

/// Draws off the asynchronous threads.
pub(crate) async fn dessiner(f: impl FnOnce() -> Result<Vec<u8>, Error> + Send + 'static) -> Result<Bytes, Error> {
    let pdf = tokio::task::spawn_blocking(f).await.map_err(|e| Error::Interne(e.to_string()))??;
    Ok(Bytes::from(pdf))
}

/// Puts a file into the vault.
pub(crate) async fn sceller(app: &App, octets: Bytes) -> Result<Scelle, Error> {
    let mut reception = app.coffre().recevoir(octets.len() as u64);
    reception.ecrire(&octets).await?;
    reception.sceller().await
}
