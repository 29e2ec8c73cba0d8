//! Resumable uploads: bytes that come in parts, each durable before it is acknowledged, and that end in the same
//! deposit as a form.

mod abandonner;
mod arrivees;
mod creer;
mod empreinte;
mod lire;
mod place;
mod recevoir;
mod terminer;

pub use abandonner::{abandonner, purger};
pub use arrivees::{Arrivees, ceder};
pub use creer::{Demande, Entier, creer, creer_entier, suite};
pub use empreinte::{Algorithme, Empreinte};
pub use lire::{Lu, lire, lister, taille_max};
pub use recevoir::{Arrivee, PARTIE, recevoir};
pub use terminer::{reprendre, terminer};

use jiff::{SignedDuration, Timestamp};

use crate::{Error, requete};

/// An upload is forgotten when nothing came for this long.
pub const DUREE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What comes over several requests cannot be simulated by one.
fn reellement() -> Result<(), Error> {
    if requete::simulee() { Err(Error::Simulation) } else { Ok(()) }
}

/// When an upload that is alive now will be forgotten.
fn echeance(maintenant: Timestamp) -> Timestamp {
    maintenant + DUREE
}
