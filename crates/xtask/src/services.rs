//! The real services that the server may stand on, each with a folder and a port of its own: a storage that
//! speaks S3, an antivirus, a mail server.
//!
//! The tests cut and restore them through relays of their own, so that one service serves tests that run at once.

mod process;

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    failure::{OrFail, Result},
    files, python,
    server::{self, NATIVE},
    services::process::Service,
    setup,
    shell::{Program, root},
    test,
};

/// Largest stream that the tests' clamd takes: under the largest file that the server does.
const STREAM_MAX: &str = "16M";

/// EICAR's test file, the one that every antivirus knows, as a signature of our own: the official ones are not
/// needed. In two parts, so that no antivirus takes this file for it.
const EICAR: [&str; 2] = [
    "58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d",
    "5354414e444152442d414e544956495255532d544553542d46494c452124482b482a",
];

/// Kills of the server during deposits on S3: fewer than on a disk, where more can go wrong.
const KILLS: &str = "15";

/// The tests of documents, uploads and messages once more, with the vault on S3, those of its failures, and `kill -9`.
pub fn s3() -> Result<()> {
    let storage = Service::start("S3", |_, port| {
        Ok(Program::new(interpreter()?)
            .args(["-m", "moto.server", "--host", "127.0.0.1", "--port"])
            .arg(port.to_string()))
    })?;
    let url = format!("http://{}", storage.address());
    run(&["documents::", "televersements::", "messages::", "services::s3::"], "TEST_S3_URL", &url)?;
    server::test_environment(Program::cargo().arg("test").args(NATIVE).args(["--test", "crash"]), None)
        .env("TEST_S3_URL", url)
        .env("CRASH_TOURS", KILLS)
        .run()
}

/// The tests of the antivirus.
pub fn antivirus() -> Result<()> {
    let clamd = Service::start("clamd", |folder, port| {
        write_clamd_settings(folder, port)?;
        Ok(Program::new("clamd").arg("--config-file").arg(folder.join("clamd.conf")))
    })?;
    run(&["services::antivirus::"], "TEST_CLAMD", &clamd.address())
}

/// The tests of the mails that leave.
pub fn mail() -> Result<()> {
    let receiver = Service::start("mail", |folder, port| {
        Ok(Program::new(interpreter()?)
            .args(["-B", "-m", "aiosmtpd", "--nosetuid", "--listen", &format!("127.0.0.1:{port}")])
            .args(["--class", "receiver.Receiver"])
            .arg(folder.join("mails"))
            .env("PYTHONPATH", sources()))
    })?;
    let folder = receiver.folder().join("mails/new").to_string_lossy().into_owned();
    run(&["services::courrier::"], "TEST_SMTP", &format!("{}={folder}", receiver.address()))
}

fn run(tests: &[&str], name: &str, value: &str) -> Result<()> {
    server::test_environment(test::service_tests(tests), None).env(name, value).run()
}

fn sources() -> PathBuf {
    root().join("crates/xtask/services")
}

fn interpreter() -> Result<PathBuf> {
    python::environment("venv-services", &sources().join("requirements.txt"))
}

fn write_clamd_settings(folder: &Path, port: u16) -> Result<()> {
    let signatures = folder.join("signatures");
    fs::create_dir(&signatures).or_fail(|| "Could not create the folder of the signatures".to_owned())?;
    // Of any type of file, at any place in it.
    files::write(&signatures.join("essai.ndb"), format!("Eicar-Essai:0:*:{}\n", EICAR.concat()))?;
    let mut settings = format!(
        "Foreground yes\nDatabaseDirectory {}\nTCPAddr 127.0.0.1\nTCPSocket {port}\nStreamMaxLength {STREAM_MAX}\n\
         AlertExceedsMax yes\n",
        signatures.display()
    );
    if setup::is_root() {
        settings.push_str("User root\n");
    }
    files::write(&folder.join("clamd.conf"), settings)
}
