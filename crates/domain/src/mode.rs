//! What the product runs for.

use crate::enum_code;

enum_code! {
    /// Whether what the product holds is real.
    pub enum Mode {
        /// Real companies, people and dossiers.
        Reel = "reel",
        /// A sandbox: all is invented, and may be forced.
        BacASable = "bac_a_sable",
    }
}
