//! A whole run: each size in turn, then PostgreSQL and the page.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use app::ports::horloge::Horloge;
use clap::Args;

use crate::base::Engine;
use crate::machine::{Machine, check_disk};
use crate::measure::Pace;
use crate::product::{Product, data};
use crate::report::{FirstLoad, Report};
use crate::scenario::{MEMORY, Scenario};
use crate::{page, root, target};

/// How long a disk is left alone after many files are removed: a file system that tells it what it frees (`discard`)
/// keeps it busy, and what is measured then, a reference above all, would pay for that.
const CALM: Duration = Duration::from_secs(30);

/// What to measure.
#[derive(Debug, Args)]
pub struct Options {
    /// Numbers of dossiers of the databases to measure
    #[arg(long, value_delimiter = ',', default_value = "1000,100000,1000000")]
    tailles: Vec<u64>,
    /// Measures for 2 seconds instead of 5: to see that all works
    #[arg(long)]
    rapide: bool,
    /// Makes only the measures whose name holds one of these: « one dossier », « sign-in », « memory », « first load »
    #[arg(long, value_delimiter = ',', conflicts_with = "ecrire")]
    seulement: Vec<String>,
    /// Measures PostgreSQL too, with the smallest of the numbers
    #[arg(long)]
    postgres: bool,
    /// Address of an empty database, which `cargo xtask bench -- --postgres` makes
    #[arg(long, env = "TEST_POSTGRES_URL", hide = true, hide_env_values = true)]
    postgres_url: Option<String>,
    /// A folder on a real disk to write in; in the target folder by default
    #[arg(long, value_name = "FOLDER")]
    dossier: Option<PathBuf>,
}

impl Options {
    fn pace(&self) -> Pace {
        Pace { warm_up: Duration::from_secs(1), duration: Duration::from_secs(if self.rapide { 2 } else { 5 }) }
    }
}

/// Measures everything; what is found is kept in `json` as it comes.
pub async fn run(options: &Options, json: &Path) -> Result<Report> {
    let start = Instant::now();
    let product = Product::find(root().join("frontend/dist"))?;
    let postgres = if options.postgres {
        Some(options.postgres_url.clone().context("no PostgreSQL: start with `cargo xtask bench -- --postgres`")?)
    } else {
        None
    };
    let mut sizes = options.tailles.clone();
    sizes.sort_unstable();
    sizes.dedup();
    let smallest = *sizes.first().context("--tailles names no number of dossiers")?;
    ensure!(smallest > 0, "--tailles: an empty database has nothing to measure");

    let parent = options.dossier.clone().map_or_else(target, Ok)?;
    let temporary = tempfile::Builder::new().prefix("bench-").tempdir_in(&parent).context("a folder to write in")?;
    check_disk(temporary.path())?;
    let mut report = Report {
        date: Horloge::Systeme.maintenant().strftime("%Y-%m-%d").to_string(),
        commit: commit().await,
        machine: Machine::look(temporary.path())?,
        seconds: options.pace().duration.as_secs_f64(),
        bases: Vec::new(),
        first_load: None,
        missing: Vec::new(),
        failures: Vec::new(),
    };
    if report.machine.is_busy() {
        println!("warning: something else keeps the machine busy (load {}).", report.machine.load);
    }
    let scenario = |folder, engine, dossiers| Scenario {
        product: &product,
        folder,
        engine,
        dossiers,
        pace: options.pace(),
        only: &options.seulement,
    };
    for dossiers in sizes {
        let folder = temporary.path().join(format!("sqlite-{dossiers}"));
        let engine = Engine::Sqlite(data(&folder).join("egestion.db"));
        let scenario = scenario(folder, engine, dossiers);
        one(&scenario, &mut report, dossiers == smallest).await?;
        save(&mut report, temporary.path(), json)?;
    }
    if let Some(url) = postgres {
        let (folder, engine) = (temporary.path().join("postgres"), Engine::Postgres(url));
        let scenario = scenario(folder, engine, smallest);
        one(&scenario, &mut report, false).await?;
    } else {
        report.missing.push("PostgreSQL: `--postgres` was not given".to_owned());
    }
    let nothing = report.bases.iter().all(|base| base.lines.is_empty() && base.memory.is_none());
    if nothing && report.first_load.is_none() && report.failures.is_empty() {
        report.failures.push(format!("no measure is named « {} »", options.seulement.join(" », « ")));
    }
    save(&mut report, temporary.path(), json)?;
    println!("Measured in {} s.", start.elapsed().as_secs());
    Ok(report)
}

/// Measures one database, then removes it.
async fn one(scenario: &Scenario<'_>, report: &mut Report, with_page: bool) -> Result<()> {
    let what = format!("{}, {} dossiers", scenario.engine.name(), scenario.dossiers);
    fs::create_dir_all(data(&scenario.folder)).context("a folder for the database")?;
    match scenario.run().await {
        Ok(base) => {
            if base.memory.is_none() && scenario.wants(MEMORY) {
                report.failures.push(format!("{what}: memory"));
            }
            report.bases.push(base);
            if with_page && scenario.wants("first load") {
                match first_load(scenario).await {
                    Ok(load) => report.first_load = Some(load),
                    Err(failure) => report.failures.push(format!("first load of the page: {failure:#}")),
                }
            }
        }
        Err(failure) => {
            println!("  failed: {failure:#}");
            report.failures.push(format!("{what}: {failure:#}"));
        }
    }
    fs::remove_dir_all(&scenario.folder).context("the database that was measured could not be removed")?;
    tokio::time::sleep(CALM).await;
    Ok(())
}

async fn first_load(scenario: &Scenario<'_>) -> Result<FirstLoad> {
    println!("  first load of the page");
    ensure!(scenario.product.has_page(), "frontend/dist is not built");
    let (_server, address) = scenario.product.serve(&scenario.folder, &scenario.engine).await?;
    page::measure(address, &root().join("frontend/e2e")).await
}

fn save(report: &mut Report, temporary: &Path, json: &Path) -> Result<()> {
    for path in [temporary, root()] {
        report.hide(&path.to_string_lossy());
    }
    fs::write(json, serde_json::to_vec_pretty(&report)?)
        .with_context(|| format!("{} could not be written", json.display()))
}

/// The commit of the workspace, when git knows it.
async fn commit() -> Option<String> {
    let mut git = tokio::process::Command::new("git");
    let output =
        git.args(["describe", "--always", "--dirty"]).current_dir(root()).kill_on_drop(true).output().await.ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !text.trim().is_empty()).then(|| text.trim().to_owned())
}
