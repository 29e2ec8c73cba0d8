//! Resumable uploads with the clients that vendors have, through cuts and kills.
//!
//! The test itself is in Python, in `crates/xtask/tus`, around tuspy and tus-js-client.

use crate::{
    failure::Result,
    python, server,
    shell::{Program, root},
};

/// Runs it on a demonstration of its own.
pub fn check() -> Result<()> {
    let folder = root().join("crates/xtask/tus");
    let python = python::environment("venv-tus", &folder.join("requirements.txt"))?;
    Program::new("npm").args(["ci", "--no-audit", "--no-fund"]).in_folder(&folder).run()?;
    server::build_beside_tests()?;
    // -B: no compiled files among the sources.
    server::without_settings(Program::new(python).arg("-B").arg(folder.join("tus.py")))
        .env("EGESTION_BIN", server::path()?)
        .hint("A larger file, or one client: see `crates/xtask/tus/tus.py --help`.")
        .run()
}
