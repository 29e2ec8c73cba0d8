//! The server's binary: building it, and the environment that it and its tests run in.

use std::path::PathBuf;

use crate::{
    failure::Result,
    postgres::Cluster,
    setup,
    shell::{Program, build_folder},
};

/// All packages but the page, which is compiled for another machine.
///
/// Always selected together: cargo then turns on the same features each time, and compiles each dependency once.
pub const NATIVE: &[&str] = &["--workspace", "--exclude", "frontend"];

/// Builds the binary, without PostgreSQL where its client library is absent, and returns its path.
pub fn build() -> Result<PathBuf> {
    let cargo = Program::cargo().arg("build");
    let cargo = if setup::libpq_is_installed() {
        cargo.args(NATIVE)
    } else {
        println!("libpq is absent: building for SQLite only.");
        cargo.args(["--package", "server", "--no-default-features"])
    };
    cargo
        .args(["--bin", "egestion"])
        .hint("Is there a C compiler (on Debian: apt-get install build-essential)?")
        .run()?;
    path()
}

/// Builds the binary with the tests, so that cargo finds every dependency as the steps before left it.
pub fn build_beside_tests() -> Result<()> {
    Program::cargo().arg("build").args(NATIVE).args(["--tests", "--bin", "egestion"]).run()
}

/// Where the binary is once built.
pub fn path() -> Result<PathBuf> {
    Ok(build_folder()?.join("egestion"))
}

/// Runs `program` without the developer's settings of the server: they must never reach a demonstration or a test.
pub fn without_settings(program: Program) -> Program {
    let names: Vec<_> = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
    let settings = names.iter().filter(|name| *name == "DATABASE_URL" || name.starts_with("EGESTION_"));
    program.without_env(&settings.map(String::as_str).collect::<Vec<_>>())
}

/// Tells the tests which database to use: SQLite, or a private PostgreSQL.
pub fn test_environment(program: Program, postgres: Option<&Cluster>) -> Program {
    let program = without_settings(program);
    match postgres {
        Some(cluster) => program.env("TEST_DATABASE", "postgres").env("TEST_POSTGRES_URL", cluster.url()),
        None => program.env("TEST_DATABASE", "sqlite").without_env(&["TEST_POSTGRES_URL"]),
    }
}
