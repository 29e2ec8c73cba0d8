//! `cargo xtask bench`: builds as published, then measures.

use std::ffi::OsString;

use crate::{
    failure::Result,
    postgres::{Cluster, Durability},
    server::{self, NATIVE},
    setup,
    shell::{Program, target_folder},
    test, web,
};

/// Builds the page, the server and the measuring program in release, and hands `arguments` to the latter.
pub fn bench(arguments: &[OsString]) -> Result<()> {
    let given = |name: &str| arguments.iter().any(|argument| argument == name);
    // To show the last figures again takes nothing but the program.
    let measures = !["relire", "--help", "-h"].into_iter().any(given);
    if measures {
        setup::require(&[&setup::NODE, &setup::CHROMIUM, &setup::NGINX])?;
        web::build(web::Mode::Small)?;
        test::install_browser_tests()?;
    }
    build()?;
    let cluster = if measures && given("--postgres") { Some(Cluster::start(Durability::Full)?) } else { None };
    let program = Program::new(target_folder()?.join("release/bench")).args(arguments);
    server::test_environment(program, cluster.as_ref()).env("CHROMIUM", "/usr/bin/chromium").run()
}

/// Side by side: the measuring program looks for the server beside itself.
fn build() -> Result<()> {
    let cargo = Program::cargo().args(["build", "--release"]);
    let cargo = if setup::libpq_is_installed() {
        cargo.args(NATIVE)
    } else {
        cargo.args(["--package", "server", "--package", "bench", "--no-default-features"])
    };
    cargo.args(["--bin", "egestion", "--bin", "bench"]).run()
}
