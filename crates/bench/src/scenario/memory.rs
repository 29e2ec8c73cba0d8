//! The memory of the server: at rest, and during one large deposit.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::Site;
use crate::content::{Content, MEGA, form_end};
use crate::http::Connection;
use crate::process::Memory;
use crate::report::MemoryReport;
use crate::request::Caller;

/// Bytes of the large deposit.
const SIZE: usize = 2_000 * MEGA;
/// Time that a server just started is given to come to rest.
const REST: Duration = Duration::from_secs(3);
/// Longest deposit.
const LONGEST: Duration = Duration::from_mins(10);

impl Site<'_> {
    /// Starts the server again, and deposits one large file; `loaded` is what it used before.
    pub(super) async fn memory(&self, loaded: Memory) -> Result<MemoryReport> {
        println!("  memory");
        self.settle().await?;
        let scenario = self.scenario;
        let (server, address) = scenario.product.serve(&scenario.folder, &scenario.engine).await?;
        tokio::time::sleep(REST).await;
        let rest = server.memory()?;
        // The session outlives the server that opened it: signing in again would hash, in memory of its own.
        let caller = Caller { server: address, ..self.caller.clone() };
        let start = Instant::now();
        let deposit = self.large(&caller);
        tokio::time::timeout(LONGEST, deposit).await.context("the deposit lasts more than ten minutes")??;
        let seconds = start.elapsed().as_secs_f64();
        Ok(MemoryReport { loaded, rest, deposit: server.memory()?, bytes: SIZE as u64, seconds })
    }

    async fn large(&self, caller: &Caller) -> Result<()> {
        let mut connection = Connection::open(caller.server).await?;
        connection.send(&self.deposit_start(caller, 0, SIZE as u64)?).await?;
        // The start and the end of one file, with its middle repeated between them.
        let mut content = Content::new(2 * MEGA);
        let (first, last) = content.next().split_at(MEGA);
        let middle = &last[..MEGA / 2];
        connection.send(first).await?;
        for _ in 0..(SIZE - 2 * MEGA) / middle.len() {
            connection.send(middle).await?;
        }
        connection.send(last).await?;
        connection.send(form_end().as_bytes()).await?;
        let head = connection.head().await?;
        let text = connection.text(&head, 1_000).await?;
        ensure!(head.status == 201, "the deposit of 2 GB was answered {}: {text}", head.status);
        Ok(())
    }
}
