//! The contract test: the OpenAPI document that the server serves, against what it answers.
//!
//! The test itself is in Python, in `crates/xtask/contract`, around Schemathesis.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    failure::Result,
    files, server,
    shell::{Program, root, target_folder},
};

/// Runs it on a demonstration of its own.
pub fn check() -> Result<()> {
    let folder = root().join("crates/xtask/contract");
    let python = python_with("venv", &folder.join("requirements.txt"))?;
    server::build_beside_tests()?;
    // -B: no compiled files among the sources.
    server::without_settings(
        Program::new(python).arg("-B").arg(folder.join("contract.py")).args(["--engine", "sqlite"]),
    )
    .env("EGESTION_BIN", server::path()?)
    .hint("More cases, or others: see `crates/xtask/contract/contract.py --help`.")
    .run()
}

/// The interpreter of a virtual environment called `name`, with exactly the packages of `requirements`.
pub fn python_with(name: &str, requirements: &Path) -> Result<PathBuf> {
    let folder = target_folder()?.join(name);
    let (python, installed) = (folder.join("bin/python"), folder.join("installed.txt"));
    let wanted = files::read_text(requirements)?;
    if python.exists() && fs::read_to_string(&installed).is_ok_and(|there| there == wanted) {
        return Ok(python);
    }
    Program::new("python3").args(["-m", "venv", "--clear"]).arg(&folder).run()?;
    Program::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(requirements)
        .hint("It comes from the network, once.")
        .run()?;
    // Last, so that an interrupted installation is done again.
    files::write(&installed, wanted)?;
    Ok(python)
}
