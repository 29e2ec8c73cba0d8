//! A server beside the tests: its own folder and port, gone at the end.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::Path,
    process::Child,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{
    failure::{Failure, OrFail, Result},
    interrupt,
    shell::Program,
};

/// A running server, stopped and its folder removed when dropped.
pub struct Service {
    name: &'static str,
    process: Child,
    port: u16,
    folder: TempDir,
}

impl Service {
    /// Starts what `program` says, given a new folder and a free port, and waits until it listens there.
    pub fn start(name: &'static str, program: impl FnOnce(&Path, u16) -> Result<Program>) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("egestion-service-")
            .tempdir()
            .or_fail(|| format!("Could not create a temporary folder for {name}"))?;
        let port = free_port().or_fail(|| format!("Found no free port for {name}"))?;
        let log = File::create(folder.path().join("log")).or_fail(|| format!("Could not create the log of {name}"))?;
        let process = program(folder.path(), port)?.start_apart(log)?;
        let mut service = Self { name, process, port, folder };
        service.wait_until_ready()?;
        Ok(service)
    }

    /// `127.0.0.1:port`.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_mins(1) && !interrupt::happened() {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok() {
                return Ok(());
            }
            if self.process.try_wait().is_ok_and(|ended| ended.is_some()) {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        Err(Failure::new(format!("{} did not start; it said:\n{log}", self.name)))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
