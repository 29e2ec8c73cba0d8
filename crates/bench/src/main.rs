//! Measures eGestion against what it cannot be faster than: `cargo xtask bench`.

mod base;
mod content;
mod http;
mod load;
mod machine;
mod measure;
mod page;
mod process;
mod product;
mod receiver;
mod reference;
mod report;
mod request;
mod run;
mod scenario;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::{Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};

use crate::report::{Report, markdown, table};

/// Measures eGestion beside references of the same run.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask bench --", args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: run::Options,
    /// Writes the figures in docs/BENCHMARKS.md
    #[arg(long)]
    ecrire: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Shows the figures of target/bench.json again
    Relire {
        /// Writes them in docs/BENCHMARKS.md
        #[arg(long)]
        ecrire: bool,
    },
    /// Serves the JSON of a dossier, read from the standard input: the reference of one dossier
    #[command(hide = true)]
    Trivial {
        /// Where to listen
        #[arg(long)]
        ecoute: SocketAddr,
    },
}

fn main() -> ExitCode {
    match execute(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("error: some measures failed: see above.");
            ExitCode::FAILURE
        }
        Err(failure) => {
            eprintln!("error: {failure:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether every measure that was tried went to its end.
fn execute(arguments: &Arguments) -> Result<bool> {
    let (report, write) = match &arguments.command {
        Some(Command::Trivial { ecoute }) => return reference::trivial::serve(*ecoute).map(|()| true),
        Some(Command::Relire { ecrire }) => (read()?, *ecrire),
        None => (measure(&arguments.run)?, arguments.ecrire),
    };
    println!("{}", table::render(&report));
    if write {
        write_markdown(&report)?;
    }
    Ok(report.is_whole())
}

/// Measures until the end, or until asked to stop.
fn measure(options: &run::Options) -> Result<Report> {
    // One thread: the load shares the cores with what it measures.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let json = json()?;
    let measured = runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            report = run::run(options, &json) => report,
            _ = tokio::signal::ctrl_c() => bail!("interrupted"),
            _ = terminate.recv() => bail!("interrupted"),
        }
    });
    runtime.shutdown_timeout(Duration::from_secs(30));
    measured
}

fn read() -> Result<Report> {
    let file = json()?;
    let text = std::fs::read(&file).with_context(|| format!("{}: measure first", file.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is of another version: measure again", file.display()))
}

fn write_markdown(report: &Report) -> Result<()> {
    let file = root().join("docs/BENCHMARKS.md");
    let present = std::fs::read_to_string(&file).ok();
    std::fs::write(&file, markdown::insert(present.as_deref(), &markdown::render(report)))?;
    println!("Written: docs/BENCHMARKS.md");
    Ok(())
}

/// The folder of the workspace.
fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// The target folder, wherever the developer has put it.
fn target() -> Result<PathBuf> {
    let program = std::env::current_exe().context("where this program is")?;
    Ok(program.ancestors().nth(2).context("this program was not built by cargo")?.to_path_buf())
}

fn json() -> Result<PathBuf> {
    Ok(target()?.join("bench.json"))
}
