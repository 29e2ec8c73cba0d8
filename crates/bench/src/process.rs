//! The processes that are measured: started apart, ended with us.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde::{Deserialize, Serialize};

use crate::http::Connection;
use crate::request::Caller;

/// Time that a server is given to answer its first request.
const START: Duration = Duration::from_mins(1);
/// Time that a process is given to end by itself.
const END: Duration = Duration::from_secs(15);
/// Bytes of a log that are shown.
const SHOWN: usize = 2_000;

/// A process, ended when this is dropped.
pub struct Process {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

/// The memory of a process, in KiB.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// In use, files mapped in memory included (`VmRSS`).
    pub resident: u64,
    /// Of which its own (`RssAnon`): the rest is the program and mapped files, which the system takes back at will.
    pub own: u64,
    /// The most ever in use (`VmHWM`).
    pub peak: u64,
}

impl Process {
    /// Starts `command`, whose output goes to `<folder>/<name>.log`.
    pub fn start(name: &'static str, command: &mut Command, folder: &Path) -> Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let output = File::create(&log).with_context(|| format!("the log of {name}"))?;
        let errors = output.try_clone()?;
        let child = command.stdout(output).stderr(errors).spawn().with_context(|| format!("could not start {name}"))?;
        Ok(Self { name, child, log })
    }

    /// Gives the process its standard input, which must have been piped.
    pub fn tell(&mut self, input: &[u8]) -> Result<()> {
        let mut stdin = self.child.stdin.take().context("the standard input is not piped")?;
        std::io::Write::write_all(&mut stdin, input).with_context(|| format!("{} does not read", self.name))
    }

    /// Waits until the process answers 200 to `GET path`.
    pub async fn ready(&mut self, address: SocketAddr, path: &str) -> Result<()> {
        let request = Caller::unknown(address).path("GET", path);
        let start = Instant::now();
        while start.elapsed() < START {
            if let Some(status) = self.child.try_wait()? {
                bail!("{} ended ({status}): {}", self.name, self.last_words());
            }
            if answers(address, &request).await.unwrap_or(false) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        bail!("{} does not answer after {} s: {}", self.name, START.as_secs(), self.last_words())
    }

    /// Its memory now.
    pub fn memory(&self) -> Result<Memory> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .with_context(|| format!("the memory of {} cannot be read (this needs Linux)", self.name))?;
        Ok(memory(&status))
    }

    fn last_words(&self) -> String {
        let log = std::fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&log[log.len().saturating_sub(SHOWN)..]).into_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let asked = i32::try_from(self.child.id()).is_ok_and(|id| kill(Pid::from_raw(id), Signal::SIGTERM).is_ok());
        let start = Instant::now();
        while asked && start.elapsed() < END {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        // It ended by itself, or has to be ended: nothing more can be done about either.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn answers(address: SocketAddr, request: &[u8]) -> Result<bool> {
    let mut connection = Connection::open(address).await?;
    connection.send(request).await?;
    Ok(connection.head().await?.status == 200)
}

fn memory(status: &str) -> Memory {
    let of = |field: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
        line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or_default()
    };
    Memory { resident: of("VmRSS"), own: of("RssAnon"), peak: of("VmHWM") }
}

/// An address of this machine that nobody listens to.
pub fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    Ok(listener.local_addr()?)
}

/// A command that inherits nothing of the developer's settings.
pub fn bare(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().stdin(Stdio::null());
    command
}

#[cfg(test)]
mod tests {
    use super::{Memory, memory};

    #[test]
    fn memory_is_read_from_the_status_of_the_process() {
        let status = "Name:\tegestion\nVmHWM:\t   40960 kB\nVmRSS:\t   20480 kB\nRssAnon:\t    8192 kB\nThreads:\t12\n";
        assert_eq!(memory(status), Memory { resident: 20_480, own: 8_192, peak: 40_960 });
        assert_eq!(memory(""), Memory::default());
    }
}
