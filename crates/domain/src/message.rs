//! Messages.

use crate::enum_code;

enum_code! {
    /// What a message is.
    pub enum Nature {
        /// Written by somebody.
        Echange = "echange",
        /// Written by the system: a change of état, a document received.
        Automatique = "automatique",
    }
}
