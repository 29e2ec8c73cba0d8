//! OAuth 2: the endpoints of the RFCs, at their usual addresses.

pub mod emettre;
pub mod introspecter;
pub mod metadonnees;
mod preuve;
mod refus;
pub mod revoquer;

use preuve::appel;
use refus::{ErreursOAuth, Refuse};
