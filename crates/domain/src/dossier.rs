//! The life of a dossier and of the pieces it needs.

mod chemin;
mod etat;
mod inter_opco;
mod liste;
mod pieces;

pub use chemin::chemin;
pub use etat::{Acte, Etape, EtapeEtat, Etat, Refus, Vue, appliquer, etapes};
pub use inter_opco::CodeInterOpco;
pub use liste::{Attente, ModeReglement, Situation, Tri};
pub use pieces::{Attendue, Completude, EtapePiece, Exigence, completude};
