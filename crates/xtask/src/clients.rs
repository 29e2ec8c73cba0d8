//! The OpenAPI documents as vendors' tools read them: linted, and made into a client in TypeScript that runs.
//!
//! All of it is in `crates/xtask/contract/typescript`: redocly, openapi-typescript, and the program over the client.

use std::fs;

use crate::{
    failure::{Failure, Result},
    python, server,
    shell::{Program, root},
};

/// The documents that are committed, from the folder of the tools.
const DOCUMENTS: [&str; 2] = ["../../../../openapi/openapi.json", "../../../../openapi/bac-a-sable.json"];
/// The client that is made, in a folder that is not committed.
const CLIENT: &str = "generated/egestion.d.ts";

/// Lints the documents, makes a client of the API, compiles a program over it, and runs the program on a
/// demonstration of its own.
pub fn check() -> Result<()> {
    let contract = root().join("crates/xtask/contract");
    let folder = contract.join("typescript");
    let python = python::environment("venv", &contract.join("requirements.txt"))?;
    Program::new("npm").args(["ci", "--no-audit", "--no-fund"]).in_folder(&folder).run()?;
    let tool = |name: &str| {
        let npx = Program::new("npx").args(["--no-install", name]).in_folder(&folder);
        npx.env("REDOCLY_TELEMETRY", "off").env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")
    };
    tool("redocly")
        .args(["lint", "--extends", "recommended-strict", "--format", "stylish"])
        .args(DOCUMENTS)
        .hint("Mend the document where it is made: crates/server/src/openapi.")
        .run()?;
    let generated = folder.join("generated");
    fs::create_dir_all(&generated).map_err(|error| Failure::new(format!("{}: {error}", generated.display())))?;
    tool("openapi-typescript").args([DOCUMENTS[0], "--output", CLIENT]).run()?;
    tool("tsc").args(["--project", "."]).run()?;
    server::build_beside_tests()?;
    // -B: no compiled files among the sources.
    server::without_settings(Program::new(python).arg("-B").arg(contract.join("client.py")))
        .args(["node", "generated/js/list.js"])
        .in_folder(&folder)
        .env("EGESTION_BIN", server::path()?)
        .run()
}
