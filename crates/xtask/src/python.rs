//! Python packages that tests need, in virtual environments under the target folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    failure::Result,
    files,
    shell::{Program, target_folder},
};

/// The interpreter of the virtual environment called `name`, with exactly the packages of `requirements`.
pub fn environment(name: &str, requirements: &Path) -> Result<PathBuf> {
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
