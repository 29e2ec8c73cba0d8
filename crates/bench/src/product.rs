//! The product as its users run it: the release binary, its default settings, a folder of its own.

use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::base::Engine;
use crate::process::{Process, bare, free_address};

/// The undo window while measuring, in seconds: what is deposited is not transmitted during the measures that follow.
const UNDO: &str = "86400";

/// The binary and the page.
#[derive(Debug, Clone)]
pub struct Product {
    binary: PathBuf,
    page: PathBuf,
}

impl Product {
    /// The binary built beside this program, and the page built in the workspace.
    pub fn find(page: PathBuf) -> Result<Self> {
        let here = std::env::current_exe().context("where this program is")?;
        let binary = here.with_file_name("egestion");
        ensure!(binary.exists(), "egestion is not built beside this program: start it with `cargo xtask bench`");
        Ok(Self { binary, page })
    }

    /// Whether the page is built.
    pub fn has_page(&self) -> bool {
        self.page.join("index.html").exists()
    }

    /// Fills an empty database with the demonstration and `dossiers` more; returns how long it took.
    pub async fn fill(&self, folder: &Path, engine: &Engine, dossiers: u64) -> Result<Duration> {
        let start = Instant::now();
        let log = folder.join("demo.log");
        let output = File::create(&log).context("the log of the demonstration")?;
        let mut command = self.command("demo", folder, engine);
        command.arg("--dossiers").arg(dossiers.to_string()).stdout(output.try_clone()?).stderr(output);
        let mut command = tokio::process::Command::from(command);
        let status = command.kill_on_drop(true).status().await.context("egestion demo could not start")?;
        let said = std::fs::read_to_string(&log).unwrap_or_default();
        ensure!(status.success(), "`egestion demo --dossiers {dossiers}` failed ({status}): {said}");
        Ok(start.elapsed())
    }

    /// Serves the database; returns once it answers.
    pub async fn serve(&self, folder: &Path, engine: &Engine) -> Result<(Process, SocketAddr)> {
        let address = free_address()?;
        let mut command = self.command("serve", folder, engine);
        command
            .env("EGESTION_LISTEN", address.to_string())
            .env("EGESTION_PUBLIC_URL", format!("http://{address}"))
            .env("EGESTION_WEB", &self.page)
            .env("EGESTION_ANNULATION_SECONDES", UNDO)
            // One person plays many: how fast they may be is not what is measured.
            .env("EGESTION_QUOTA_PERSONNES", "0")
            .env("EGESTION_QUOTA_CLIENTS", "0")
            .env("EGESTION_QUOTA_ANONYMES", "0")
            // Webhooks are sent to this machine, over http.
            .env("EGESTION_WEBHOOKS", "developpement")
            // The load plays people at several addresses: attempts to sign in are limited by address.
            .env("EGESTION_PROXIES_DE_CONFIANCE", "127.0.0.1");
        let mut process = Process::start("egestion", &mut command, folder)?;
        process.ready(address, "/sante").await?;
        Ok((process, address))
    }

    fn command(&self, subcommand: &str, folder: &Path, engine: &Engine) -> Command {
        let mut command = bare(&self.binary);
        command.arg(subcommand).env("EGESTION_DATA", data(folder)).env("DATABASE_URL", engine.url());
        command
    }
}

/// Where the product keeps all that it writes, in the folder of a measure.
pub fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}
