//! What each figure is compared with, measured in the same run on the same machine.

pub mod argon2;
pub mod disk;
pub mod nginx;
pub mod signature;
pub mod sql;
pub mod trivial;

use anyhow::{Context as _, Result};

use crate::measure::Measure;

/// Runs a measure that blocks, while this process still hears that it must stop.
pub async fn blocking(measure: impl FnOnce() -> Result<Measure> + Send + 'static) -> Result<Measure> {
    tokio::task::spawn_blocking(measure).await.context("a measure was interrupted")?
}
