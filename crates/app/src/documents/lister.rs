use db::documents::Fiche;
use domain::document::Sens;
use domain::ids::DocumentId;
use domain::policy::{LireDocument, ListerDocuments};
use jiff::Timestamp;

use crate::App;
use crate::authz::{Claim, Refus};
use crate::portail::a_paris;

/// « Documents Constructys » of a dossier, the latest first.
pub async fn documents_opco(app: &App, claim: Claim<ListerDocuments>) -> Result<Vec<Fiche>, Refus> {
    let (_, fiches) = app
        .read_as(claim, |conn, permit| {
            let mut fiches = db::documents::lister(conn, permit, Sens::Opco)?;
            fiches.reverse();
            Ok(fiches)
        })
        .await?;
    Ok(fiches)
}

/// A document's card.
pub async fn lire(app: &App, claim: Claim<LireDocument>) -> Result<Fiche, Refus> {
    let (_, fiche) = app.read_as(claim, |conn, permit| Ok(db::documents::lire(conn, permit)?)).await?;
    Ok(fiche)
}

/// A document's versions, the latest first.
pub async fn versions(app: &App, claim: Claim<LireDocument>) -> Result<Vec<Fiche>, Refus> {
    let (_, fiches) = app.read_as(claim, |conn, permit| Ok(db::documents::versions(conn, permit)?)).await?;
    Ok(fiches)
}

/// The number of a deposit receipt: the day, in Paris, and eight characters drawn from the document's identifier.
pub fn recu_numero(id: DocumentId, depose_le: Timestamp) -> String {
    /// Crockford's base 32: no letter that reads as a digit.
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let octets = id.uuid().into_bytes();
    let tirage = octets[11..].iter().fold(0u64, |n, o| n << 8 | u64::from(*o));
    let lettres: String =
        (0..8).rev().map(|i| char::from(ALPHABET[usize::try_from(tirage >> (5 * i) & 31).unwrap_or(0)])).collect();
    format!("D-{}-{lettres}", a_paris(depose_le).strftime("%Y%m%d"))
}

#[cfg(test)]
mod tests {
    use domain::ids::Id;

    use super::recu_numero;

    #[test]
    fn a_receipt_bears_the_day_that_its_reader_lives() {
        let numero = |le: &str| recu_numero(Id::new(uuid::Uuid::nil()), le.parse().unwrap());
        assert_eq!(numero("2026-11-23T23:30:00Z"), "D-20261124-00000000");
        assert_eq!(numero("2026-11-23T22:30:00Z"), "D-20261123-00000000");
    }
}
