//! The first load of the page, in a real browser.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};

use crate::report::FirstLoad;

/// The script that drives the browser, from the folder of the browser tests.
const SCRIPT: &str = "premier-chargement.mjs";
/// Loads, of which the median is kept.
const LOADS: &str = "5";

/// Loads the sign-in page of `server` without a cache, several times.
pub async fn measure(server: SocketAddr, tests: &Path) -> Result<FirstLoad> {
    let output = tokio::process::Command::new("node")
        .arg(SCRIPT)
        .arg(format!("http://{server}/connexion"))
        .arg(LOADS)
        .current_dir(tests)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .context("node could not start")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{SCRIPT} failed: {}", errors.trim());
    serde_json::from_slice(&output.stdout).with_context(|| format!("{SCRIPT} did not say what was expected"))
}
