//! The page: `frontend/` compiled to WebAssembly, and everything a server needs to hand it out, in `frontend/dist/`.

mod bind;
mod compile;
mod css;
mod dist;
mod split;

use std::{fmt::Write as _, fs, path::PathBuf};

use crate::{
    failure::Result,
    files::{self, fingerprint, read},
    shell::root,
};

/// How much time goes into making the page small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As published.
    Small,
    /// While developing: not optimised, lightly compressed.
    Quick,
}

/// What the page is made of; `frontend` without its browser tests.
const INPUTS: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "crates/api-types",
    "crates/domain",
    "crates/xtask/Cargo.toml",
    "crates/xtask/src/web",
    "frontend/Cargo.toml",
    "frontend/index.html",
    "frontend/public",
    "frontend/src",
    "frontend/styles",
];

/// The folder that the server hands out.
pub fn folder() -> PathBuf {
    root().join("frontend/dist")
}

/// Builds the page, unless it was built from the very same sources.
pub fn build(mode: Mode) -> Result<()> {
    let stamp = folder().join(".stamp");
    let state = state(mode)?;
    if fs::read_to_string(&stamp).is_ok_and(|built| built == state) {
        println!("The page is up to date in frontend/dist.");
        return Ok(());
    }
    // First what costs nothing: a missing file is told before minutes of compilation.
    let template = dist::Template::read()?;
    let styles = css::Styles::read()?;
    let compiled = compile::compile(mode)?;
    let code = bind::bind(&compiled, mode)?;
    let sizes = dist::write(&template, styles, &code, mode)?;
    // Last, so that an interrupted build is done again.
    files::write(&stamp, state)?;
    println!("{sizes}");
    Ok(())
}

/// A text that differs when any input does.
fn state(mode: Mode) -> Result<String> {
    let mut state = format!("{mode:?}\n");
    for input in INPUTS.iter().map(|input| root().join(input)).filter(|input| input.exists()) {
        let sources = if input.is_dir() { files::sources(&input)? } else { vec![input] };
        for source in sources {
            writeln!(state, "{} {}", source.display(), fingerprint(&read(&source)?)).ok();
        }
    }
    Ok(state)
}
