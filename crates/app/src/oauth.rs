//! OAuth 2 for HR software (RFC 6749, tightened by RFC 9700): clients prove themselves, are given
//! short tokens, and every request reads again what the client may do.

mod assertion;
mod authentifier;
mod cles;
mod emettre;
mod introspecter;
mod jeton;
mod revoquer;
mod usage;

pub use assertion::CleRefusee;
pub(crate) use assertion::normaliser;
pub(crate) use authentifier::depuis;
pub use authentifier::{Appel, Preuve, RefusOAuth, authentifier};
pub use cles::{ClePublique, entretenir, jwks, tourner};
pub(crate) use cles::{Signatures, pour};
pub use emettre::{Emission, emettre};
pub use introspecter::introspecter;
pub(crate) use jeton::verifier;
pub use jeton::{DUREE, JetonAcces, JetonRefuse};
pub use revoquer::revoquer;
pub(crate) use usage::purger as purger_usages;
pub use usage::{Compteurs, ecrire as ecrire_usages, tenir as tenir_usages};

use crate::comptes::purger::{PREUVE, il_y_a};
use crate::{App, Error};

/// Where clients prove themselves: each is an audience that an assertion may name, with the issuer.
const POINTS: [&str; 3] = ["/oauth/token", "/oauth/revoke", "/oauth/introspect"];

/// Forgets the tokens and assertions that ended a day ago: a request that one of them began may still be judged at its end.
pub(crate) async fn purger(app: &App) -> Result<usize, Error> {
    let avant = il_y_a(app, PREUVE);
    app.par_lots(move |conn, lot| db::jetons_api::purger(conn, avant, lot)).await
}
