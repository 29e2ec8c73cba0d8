//! API clients of a company: made, changed and revoked by its administrateurs.

mod cles;
mod creer;
mod lire;
mod modifier;
mod secrets;

pub use cles::{ajouter_cle, retirer_cle};
pub use creer::{Demande, creer};
pub use lire::{Fiche, Page, Resume, etiquette, lire, lister};
pub use modifier::{modifier, revoquer};
pub use secrets::{CHEVAUCHEMENT_MAX_HEURES, renouveler, terminer};

use db::clients_api::NouveauSecret;
use db::journal::Trace;
use domain::ids::ClientApiId;
use domain::secret::Secret;

use crate::comptes::jeton::Jeton;
use crate::{Error, Tx};

/// How every secret starts: leaks are recognised by it.
pub const PREFIXE: &str = "egs_live_";

/// A secret, and what is kept of it.
fn tirer() -> Result<(Secret<String>, NouveauSecret), Error> {
    let jeton = Jeton::prefixe(PREFIXE)?;
    let fin = fin(jeton.texte.expose());
    let garde = NouveauSecret { id: Tx::id(), sha256: jeton.sha256.0, prefixe: PREFIXE, fin };
    Ok((jeton.texte, garde))
}

/// The last characters of a secret, by which its owner recognises it.
pub(crate) fn fin(secret: &str) -> String {
    secret.chars().skip(secret.chars().count().saturating_sub(4)).collect()
}

fn trace(action: &'static str, client: ClientApiId, details: serde_json::Value) -> Trace {
    Trace { action, objet: "client_api", objet_id: client.uuid(), dossier: None, details }
}
