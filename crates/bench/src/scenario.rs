//! What is measured on one database, from the list to the sign-in.

mod api;
mod memory;
mod reading;
mod session;
mod upload;
mod webhooks;
mod writing;

use std::future::Future;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use db::Base;

use crate::base::{self, Engine, Prepared};
use crate::http::Connection;
use crate::load::Plan;
use crate::machine::{cores, processor_seconds};
use crate::measure::{Measure, Pace};
use crate::product::Product;
use crate::report::{BaseReport, Line, Measured, Other, Outcome, Subject};
use crate::request::{Caller, Identity};

/// Requests under way at once when reading, when posting messages, and for deposits of 50 KB.
const MANY: usize = 16;
/// Requests under way at once with files of 5 MB.
const FEW: usize = 4;
/// Most requests of a measure that writes no file.
const REQUESTS_MAX: u64 = 2_000_000;
/// The name of the measure of memory.
pub const MEMORY: &str = "memory";
/// Most bytes of the files that a measure writes or reads.
const BYTES_MAX: u64 = 6_000_000_000;

/// A database to be measured.
pub struct Scenario<'a> {
    /// The product.
    pub product: &'a Product,
    /// A folder for its data and for what the references write.
    pub folder: PathBuf,
    /// The engine.
    pub engine: Engine,
    /// Dossiers to fill it with.
    pub dossiers: u64,
    /// How long each measure lasts.
    pub pace: Pace,
    /// What the names of the measures to make hold; all of them when empty.
    pub only: &'a [String],
}

/// The database being served, and who measures.
struct Site<'a> {
    scenario: &'a Scenario<'a>,
    base: Base,
    prepared: Prepared,
    caller: Caller,
}

impl Scenario<'_> {
    /// Fills the database, serves it and measures everything; a measure that fails does not stop the others.
    pub async fn run(&self) -> Result<BaseReport> {
        println!("Filling {} with {} dossiers.", self.engine.name(), self.dossiers);
        let fill = self.product.fill(&self.folder, &self.engine, self.dossiers).await?;
        let (base, prepared) = self.prepare().await?;
        let bytes = self.engine.file().and_then(|file| Some(file.metadata().ok()?.len()));
        let (server, address) = self.product.serve(&self.folder, &self.engine).await?;
        let cookie = session::open(address, base::email(0)).await?;
        let caller = Caller { server: address, identity: Identity::Session(cookie) };
        let site = Site { scenario: self, base, prepared, caller };
        let lines = site.measure().await;
        let loaded = server.memory();
        drop(server);
        let memory = match loaded {
            Ok(loaded) if self.wants(MEMORY) => site.memory(loaded).await.map(Some),
            Ok(_) => Ok(None),
            Err(failure) => Err(failure),
        };
        let memory = memory.inspect_err(|failure| println!("  memory: {failure:#}")).ok().flatten();
        Ok(BaseReport {
            engine: self.engine.name().to_owned(),
            dossiers: site.prepared.rows,
            bytes,
            fill_seconds: fill.as_secs_f64(),
            lines,
            memory,
        })
    }

    /// Whether a measure is to be made.
    pub fn wants(&self, title: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| title.contains(name))
    }

    async fn prepare(&self) -> Result<(Base, Prepared)> {
        let url = self.engine.url();
        let prepare = move || {
            let base = Base::open(&url, 4)?;
            let prepared = base::prepare(&base)?;
            anyhow::Ok((base, prepared))
        };
        tokio::task::spawn_blocking(prepare).await.context("interrupted")?.context("preparing the database")
    }
}

impl Site<'_> {
    async fn measure(&self) -> Vec<Line> {
        let lines = [
            self.tell(Subject::Dossier, MANY, self.dossier()).await,
            self.tell(Subject::Liste, MANY, self.list()).await,
            self.tell(Subject::Portefeuille, MANY, self.portfolio(false)).await,
            self.tell(Subject::PortefeuilleFiltre, MANY, self.portfolio(true)).await,
            self.tell(Subject::Message, MANY, self.message()).await,
            self.tell(Subject::Depot50Ko, MANY, self.small_deposit()).await,
            self.tell(Subject::Depot5Mo, FEW, self.large_deposit()).await,
            self.tell(Subject::Telechargement5Mo, FEW, self.download()).await,
            self.tell(Subject::Connexion, base::ACCOUNTS, self.sign_in()).await,
            self.tell(Subject::Jeton, MANY, self.token()).await,
            self.tell(Subject::DossierParJeton, MANY, self.dossier_by_token()).await,
            self.tell(Subject::ListeParJeton, MANY, self.list_by_token()).await,
            self.tell(Subject::Webhook, MANY, self.webhook()).await,
            self.tell(Subject::Eventail, MANY, self.fan_out()).await,
            // Last: two minutes after each upload, a job sees that it was deposited.
            self.tell(Subject::TusAvecCreation, FEW, self.upload_at_once()).await,
            self.tell(Subject::TusEnParties, FEW, self.upload_in_parts()).await,
        ];
        lines.into_iter().flatten().collect()
    }

    /// Makes a measure if it is wanted, and says what came of it as soon as it is known: a run is long.
    async fn tell(
        &self,
        subject: Subject,
        connections: usize,
        measured: impl Future<Output = Result<Measured>>,
    ) -> Option<Line> {
        let (start, title) = (Instant::now(), subject.title());
        if !self.scenario.wants(title) {
            return None;
        }
        let outcome = match measured.await {
            Ok(measured) => {
                let (rate, ratio) = (measured.figures.per_second, measured.ratio());
                println!(
                    "  {title}: {rate:.1} per second, {ratio:.2} of its reference ({} s)",
                    start.elapsed().as_secs()
                );
                Outcome::Measured(measured)
            }
            Err(failure) => {
                println!("  {title}: failed: {failure:#}");
                Outcome::Failed(format!("{failure:#}"))
            }
        };
        Some(Line { subject, connections, outcome })
    }

    /// Measures between two halves of its reference, each when the machine is quiet.
    async fn framed(
        &self,
        measure: impl AsyncFnOnce(Pace) -> Result<Measure>,
        reference: impl AsyncFn(Pace) -> Result<Measure>,
    ) -> Result<Measured> {
        let pace = self.scenario.pace;
        self.settle().await?;
        let before = reference(pace.halved()).await.context("reference")?;
        self.settle().await?;
        let (used, start) = (processor_seconds(), Instant::now());
        let measured = measure(pace).await?;
        let used = (processor_seconds() - used) / start.elapsed().as_secs_f64();
        self.settle().await?;
        let after = reference(pace.halved()).await.context("reference")?;
        Ok(Measured {
            figures: measured.figures(),
            reference: before.and(&after)?.figures(),
            others: Vec::new(),
            #[expect(clippy::cast_precision_loss, reason = "cores are few")]
            generator: used / cores() as f64,
        })
    }

    /// Shows a measure beside something else, measured now and half as long.
    async fn beside(
        &self,
        mut measured: Measured,
        what: &str,
        other: impl AsyncFnOnce(Pace) -> Result<Measure>,
    ) -> Result<Measured> {
        self.settle().await?;
        let figures = other(self.scenario.pace.halved()).await.context("reference")?.figures();
        measured.others.push(Other { what: what.to_owned(), figures });
        Ok(measured)
    }

    /// Waits until what was measured before leaves nothing to do.
    async fn settle(&self) -> Result<()> {
        let left = base::quiet(&self.base).await?;
        ensure!(left == 0, "{left} background jobs are still due after two minutes");
        tokio::task::spawn_blocking(nix::unistd::sync).await.context("interrupted")
    }
}

/// How what writes nothing is loaded.
fn reads(name: &'static str, pace: Pace, connections: usize) -> Plan {
    Plan { name, pace, connections, at_most: REQUESTS_MAX, status: 200 }
}

/// One request on a connection of its own, whose answer is kept.
async fn ask(caller: &Caller, request: &[u8], status: u16) -> Result<String> {
    /// Longest answer kept, in bytes.
    const LONGEST: usize = 1_000_000;
    let mut connection = Connection::open(caller.server).await?;
    connection.send(request).await?;
    let head = connection.head().await?;
    let text = connection.text(&head, LONGEST).await?;
    ensure!(head.status == status, "answered {} instead of {status}: {text}", head.status);
    Ok(text)
}
