//! From the compiler's `.wasm` to what a browser loads: the bindings to JavaScript.
//!
//! `wasm-opt` is left out on purpose. The version of Debian 12 (108, as all before 110) breaks what wasm-bindgen writes:
//! it exports the table of functions in place of the table of JavaScript values, and the page does not start. A newer
//! one (132) was measured to take 10 % off the file but 1.2 % off what is sent, compressed with brotli: not worth a
//! download of 100 MB, nor pages that differ with what a machine happens to have.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use wasm_bindgen_cli_support::Bindgen;

use super::{
    Mode,
    split::{self, Cut},
};
use crate::{
    failure::{OrFail, Result},
    files,
};

/// The module that starts the page, as it is called until its name holds its fingerprint.
pub const APP: &str = "app.js";

/// The page's code.
pub struct Code {
    pub js: String,
    pub wasm: Vec<u8>,
    /// What is fetched when first needed, and the module that fetches it.
    pub parts: Cut,
    /// JavaScript that crates bring along: paths relative to that of `js`, and contents.
    pub snippets: Vec<(PathBuf, Vec<u8>)>,
}

/// Writes the bindings of a compiled page and makes it small.
pub fn bind(compiled: &Path, mode: Mode) -> Result<Code> {
    let folder = tempfile::tempdir().or_fail(|| "Could not create a temporary folder for the bindings".to_owned())?;
    let parts = split::cut(compiled, APP)?;
    println!("Writing the JavaScript bindings.");
    bindings(&parts.main(), folder.path(), mode).or_fail(|| "wasm-bindgen failed".to_owned())?;
    let wasm = folder.path().join("app_bg.wasm");
    Ok(Code {
        js: files::read_text(&folder.path().join(APP))?,
        wasm: files::read(&wasm)?,
        parts,
        snippets: snippets(&folder)?,
    })
}

fn bindings(compiled: &Path, folder: &Path, mode: Mode) -> std::result::Result<(), impl std::fmt::Display + use<>> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(compiled)
        .out_name("app")
        .typescript(false)
        // The parts are linked to what the main file exports, by these very names.
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(mode == Mode::Small)
        .remove_producers_section(true);
    bindgen.web(true)?.generate(folder)
}

fn snippets(folder: &TempDir) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let snippets = folder.path().join("snippets");
    if !snippets.exists() {
        return Ok(Vec::new());
    }
    let relative = |path: PathBuf| path.strip_prefix(folder.path()).map(Path::to_path_buf).unwrap_or(path.clone());
    let files = files::sources(&snippets)?;
    files.into_iter().map(|path| Ok((relative(path.clone()), files::read(&path)?))).collect()
}
