//! The contract test: the OpenAPI document that the server serves, against what it answers.
//!
//! The test itself is in Python, in `crates/xtask/contract`, around Schemathesis.

use crate::{
    failure::Result,
    postgres::{Cluster, Durability},
    python, server,
    shell::{Program, root},
};

/// Runs it on demonstrations of its own, one on each engine.
pub fn check() -> Result<()> {
    let folder = root().join("crates/xtask/contract");
    let python = python::environment("venv", &folder.join("requirements.txt"))?;
    server::build_beside_tests()?;
    // -B: no compiled files among the sources.
    let script = |name: &str| Program::new(&python).arg("-B").arg(folder.join(name));
    server::without_settings(script("webhooks.py")).env("EGESTION_BIN", server::path()?).run()?;
    let cluster = Cluster::start(Durability::Fast)?;
    server::without_settings(script("contract.py"))
        .env("EGESTION_BIN", server::path()?)
        .env("TEST_POSTGRES_URL", cluster.url())
        .hint("More cases, or others: see `crates/xtask/contract/contract.py --help`.")
        .run()
}
