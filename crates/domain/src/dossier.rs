//! The life of a dossier and of the pieces it needs.

mod etat;
mod pieces;

pub use etat::{Acte, Etape, EtapeEtat, Etat, Refus, Vue, appliquer, etapes};
pub use pieces::{Attendue, Completude, EtapePiece, Exigence, completude};
