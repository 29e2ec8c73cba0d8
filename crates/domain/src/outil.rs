//! The tools of the portal.

use crate::enum_code;

enum_code! {
    /// A tool of the portal.
    pub enum Outil {
        /// Dossiers, pieces and messages.
        Egestion = "egestion",
        /// Guides and how-tos.
        Tutoriel = "tutoriel",
        /// Skills: needs, certifications, training.
        Competences = "competences",
    }
}
