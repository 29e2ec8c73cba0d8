use domain::permit::Permit;
use domain::policy::LireDocument;

use crate::{App, Error};

/// The receipt of a deposit: its number and the PDF.
pub async fn recu(app: &App, permit: &Permit<LireDocument>) -> Result<(String, Vec<u8>), Error> {
    let fiche = super::lire(app, permit).await?;
    let numero = super::recu_numero(fiche.document.id.0, fiche.document.depose_le.0);
    Ok((numero, Vec::new()))
}
