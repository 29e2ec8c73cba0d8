//! Documents: deposit, reading, undo, replacement, examination, receipt.

mod annuler;
mod completude;
mod demander;
mod deposer;
mod etiquette;
mod examiner;
mod lister;
pub(crate) mod recu;
mod telecharger;
mod transmettre;

pub use annuler::annuler;
pub use completude::{Manquante, Piece, compter, pieces};
pub use demander::{demander_piece, modifier_demande, retirer_demande};
pub use deposer::{
    NouveauDepot, Regles, Suivi, deposer, deposer_opco, ecarter, preparer, preparer_opco, preparer_version, remplacer,
};
pub use etiquette::{etiquette, etiquette_demande};
pub use examiner::examiner;
pub use lister::{documents_opco, lire, recu_numero, versions};
pub use recu::recu;
pub use telecharger::{Contenu, archive, ouvrir};
pub use transmettre::{transmettre, transmettre_avec_le_dossier};

pub(crate) use completude::{attendue, manquantes, recalculer};
use db::documents::Fiche;
pub(crate) use deposer::{abandonner, hex};

/// What a use case on documents gives back.
pub type Document = Fiche;
