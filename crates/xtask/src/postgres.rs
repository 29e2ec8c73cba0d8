//! A private PostgreSQL: its own folder, a unix socket only, gone at the end.

use std::{
    ffi::OsStr,
    fs::{self, File},
    os::unix::fs::chown,
    path::{Path, PathBuf},
    process::Child,
    time::{Duration, Instant},
};

use nix::unistd::User;
use tempfile::TempDir;

use crate::{
    failure::{Failure, OrFail, Result},
    interrupt, setup,
    shell::Program,
};

/// The order of texts that the official image of PostgreSQL has: that of a language and not of bytes, so that whatever
/// relies on the latter without asking for it fails in the tests.
const LOCALE: &str = "en_US.UTF-8";

/// Whether the cluster survives a crash of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Nothing is flushed: fast, for tests.
    Fast,
    /// As in production, for tests that kill processes.
    Full,
}

/// A running cluster, stopped and removed when dropped.
pub struct Cluster {
    server: Child,
    binaries: PathBuf,
    folder: TempDir,
}

impl Cluster {
    /// Creates and starts a cluster that trusts whoever may open its folder, with one superuser `postgres`.
    pub fn start(durability: Durability) -> Result<Self> {
        setup::require(&[&setup::POSTGRES, &setup::LOCALES])?;
        let binaries = installed_binaries().ok_or_else(|| Failure::new("Install PostgreSQL, then start again."))?;
        let folder = tempfile::Builder::new()
            .prefix("egestion-postgres-")
            .tempdir()
            .or_fail(|| "Could not create a temporary folder for PostgreSQL".to_owned())?;
        if setup::is_root() {
            give_to_postgres(folder.path())?;
        }
        create(&binaries, folder.path())?;
        let server = serve(&binaries, folder.path(), durability)?;
        let mut cluster = Self { server, binaries, folder };
        cluster.wait_until_ready()?;
        Ok(cluster)
    }

    /// `postgres://postgres@<folder of the socket>:5432/postgres`, the folder being percent-encoded.
    pub fn url(&self) -> String {
        format!("postgres://postgres@{}:5432/postgres", percent_encoded(&self.folder.path().to_string_lossy()))
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_mins(1) && !interrupt::happened() {
            let ready = Program::new(self.binaries.join("pg_isready"))
                .args(["--quiet", "--port=5432", "--host"])
                .arg(self.folder.path())
                .succeeds();
            if ready {
                return Ok(());
            }
            if self.server.try_wait().is_ok_and(|ended| ended.is_some()) {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        Err(Failure::new(format!("The private PostgreSQL did not start; its log says:\n{log}")))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stopped = owned(self.binaries.join("pg_ctl"), self.folder.path())
            .args(["stop", "--silent", "--mode=fast", "--timeout=20", "--pgdata"])
            .arg(self.folder.path().join("cluster"))
            .succeeds();
        if !stopped {
            self.server.kill().ok();
        }
        self.server.wait().ok();
    }
}

/// The folder of the newest PostgreSQL server on the machine.
pub fn installed_binaries() -> Option<PathBuf> {
    let packaged = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        Some((version, entry.path().join("bin")))
    });
    let newest = packaged.filter(|(_, folder)| folder.join("initdb").exists()).max();
    newest.map(|(_, folder)| folder).or_else(|| {
        let folder = PathBuf::from(Program::new("pg_config").arg("--bindir").output().ok()?.trim());
        folder.join("initdb").exists().then_some(folder)
    })
}

fn create(binaries: &Path, folder: &Path) -> Result<()> {
    println!("Creating a private PostgreSQL with {}.", binaries.display());
    if cfg!(target_os = "linux") {
        compile_locale(folder)?;
    }
    owned(binaries.join("initdb"), folder)
        .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync"])
        .args(["--locale", LOCALE, "--pgdata"])
        .arg(folder.join("cluster"))
        .output()
        .map(drop)
}

/// Makes the locale in the folder: few machines have it.
fn compile_locale(folder: &Path) -> Result<()> {
    let (language, charset) = LOCALE.split_once('.').unwrap_or((LOCALE, "UTF-8"));
    owned("localedef", folder)
        .args(["--inputfile", language, "--charmap", charset])
        .arg(folder.join(LOCALE))
        .output()
        .map(drop)
}

fn serve(binaries: &Path, folder: &Path, durability: Durability) -> Result<Child> {
    let log = File::create(folder.join("log")).or_fail(|| "Could not create the log of PostgreSQL".to_owned())?;
    let mut settings = vec![
        "listen_addresses=".to_owned(),
        format!("unix_socket_directories={}", folder.display()),
        "port=5432".to_owned(),
        "max_connections=300".to_owned(),
        "timezone=UTC".to_owned(),
    ];
    if durability == Durability::Fast {
        settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"].map(str::to_owned));
    }
    owned(binaries.join("postgres"), folder)
        .arg("-D")
        .arg(folder.join("cluster"))
        .args(settings.iter().flat_map(|setting| ["-c", setting]))
        .start_apart(log)
}

/// A program run as the user of PostgreSQL, which refuses root, and ended with this process on Linux.
///
/// It knows the one locale of the folder.
fn owned(program: impl AsRef<OsStr>, folder: &Path) -> Program {
    let program = if setup::is_root() {
        Program::new("setpriv")
            .args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--pdeathsig=INT"])
            .arg(program)
    } else if cfg!(target_os = "linux") {
        Program::new("setpriv").arg("--pdeathsig=INT").arg(program)
    } else {
        Program::new(program)
    };
    program.in_folder(folder).env("LOCPATH", folder).env("LC_ALL", LOCALE)
}

fn give_to_postgres(folder: &Path) -> Result<()> {
    let user = User::from_name("postgres")
        .or_fail(|| "Could not look up the user postgres".to_owned())?
        .ok_or_else(|| Failure::new("There is no user postgres: install the package postgresql, then start again."))?;
    chown(folder, Some(user.uid.as_raw()), Some(user.gid.as_raw()))
        .or_fail(|| format!("Could not give {} to postgres", folder.display()))
}

fn percent_encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::percent_encoded;

    #[test]
    fn the_folder_of_the_socket_is_percent_encoded() {
        assert_eq!(percent_encoded("/tmp/é a-1"), "%2Ftmp%2F%C3%A9%20a-1");
    }
}
