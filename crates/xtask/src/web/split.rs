//! Cutting the page's code into what is fetched at once and the parts that are fetched when first needed.
//!
//! `frontend/src/parties.rs` says where to cut. The linker's relocations tell which function needs which, so that each
//! part takes along what it alone reaches; what several parts share and the rest does not is a part as well.

use std::path::Path;

use tempfile::TempDir;
use wasm_encoder::{Module, RawSection};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

use crate::{
    failure::{OrFail, Result},
    files,
};

/// What the linker must leave in the file, so that it can be cut.
pub const LINK_ARGUMENT: &str = "-Clink-args=--emit-relocs";

/// The module that fetches the parts, as it is called until its name holds its fingerprint.
pub const LINK: &str = "parties.js";

/// The page's code, cut; the folder is removed once this is dropped.
pub struct Cut {
    folder: TempDir,
    /// Names and contents of the parts.
    pub parts: Vec<(String, Vec<u8>)>,
    /// The module that fetches them.
    pub link: String,
}

impl Cut {
    /// What is fetched at once, for wasm-bindgen.
    pub fn main(&self) -> std::path::PathBuf {
        self.folder.path().join("main.wasm")
    }
}

/// Cuts a compiled page; `app` is how the module that starts it will be called.
pub fn cut(compiled: &Path, app: &str) -> Result<Cut> {
    println!("Cutting the page's code into parts.");
    let folder = tempfile::tempdir().or_fail(|| "Could not create a temporary folder for the parts".to_owned())?;
    let input = files::read(compiled)?;
    let (main, app, link) = (folder.path().join("main.wasm"), format!("./{app}"), format!("./{LINK}"));
    let mut options = Options::new(&input);
    options.output_dir = folder.path();
    options.main_out_path = &main;
    options.link_name = &link;
    options.main_module = &app;
    options.emit_dwarf = false;
    let cut = transform(options).or_fail(|| "The page could not be cut into parts".to_owned())?;
    let mut parts = Vec::new();
    for path in cut.split_modules {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        parts.push((name, without_names(&files::read(&path)?)?));
    }
    parts.sort();
    let link = files::read_text(&folder.path().join(LINK))?;
    Ok(Cut { folder, parts, link })
}

/// A part without the names of its functions, which nothing needs to run it.
fn without_names(part: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(part) {
        let payload = payload.or_fail(|| "A part is not WebAssembly".to_owned())?;
        let debug = matches!(&payload, Payload::CustomSection(section) if section.name() == "name");
        if let Some((id, range)) = payload.as_section().filter(|_| !debug) {
            let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
            let data = part.get(place(range.start)..place(range.end)).unwrap_or_default();
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}
