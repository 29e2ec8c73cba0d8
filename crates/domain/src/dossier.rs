//! The life of a dossier and of the pieces it needs.

mod etat;
mod liste;
mod pieces;

pub use etat::{Acte, Etape, EtapeEtat, Etat, Refus, Vue, appliquer, etapes};
pub use liste::{Attente, ModeReglement, Tri};
pub use pieces::{Attendue, Completude, EtapePiece, Exigence, completude};
