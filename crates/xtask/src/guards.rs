//! Rules about the sources that no compiler checks: who may depend on what, and words that must not stay.

mod dependencies;
mod words;

use crate::failure::Result;

/// Checks all of them.
pub fn check() -> Result<()> {
    dependencies::check()?;
    words::check()?;
    Ok(())
}
