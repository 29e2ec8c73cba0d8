//! The vendors' guide, run as it is written: the examples of the chapters, and the vendor's program.
//!
//! What runs them is `crates/xtask/contract/guide.py`, with the packages that the guide tells vendors to install.

use crate::{
    failure::Result,
    python, server,
    shell::{Program, root},
};

/// Runs every example on servers of its own.
pub fn check() -> Result<()> {
    let python = python::environment("venv-guide", &root().join("docs/api/exemples/requirements.txt"))?;
    server::build_beside_tests()?;
    // -B: no compiled files among the sources.
    server::without_settings(Program::new(python).arg("-B").arg(root().join("crates/xtask/contract/guide.py")))
        .env("EGESTION_BIN", server::path()?)
        .hint("Mend the example, or what it is an example of.")
        .run()
}
