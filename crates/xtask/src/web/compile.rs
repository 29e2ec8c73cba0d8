//! From Rust to WebAssembly, with rustup's target where it can be had and else with Debian's compiler.

use std::path::{Path, PathBuf};

use super::{Mode, split};
use crate::{
    failure::Result,
    setup,
    shell::{Program, root, target_folder},
};

const TARGET: &str = "wasm32-unknown-unknown";

/// Variables by which rustup and cargo tell their children which toolchain to use, or how to compile natively.
const OF_THE_OTHER_TOOLCHAIN: &[&str] = &[
    "CARGO",
    "CARGO_ENCODED_RUSTFLAGS",
    "LD_LIBRARY_PATH",
    "RUSTC",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTFLAGS",
    "RUSTUP_TOOLCHAIN",
];

/// Compiles the crate `frontend` and returns where its `.wasm` is.
pub fn compile(mode: Mode) -> Result<PathBuf> {
    let folder = target_folder()?.join("wasm");
    let (profile, subfolder) = match mode {
        Mode::Small => ("wasm", "wasm"),
        Mode::Quick => ("dev", "debug"),
    };
    // A target folder of its own: two compilers, and no waiting for a native build.
    compiler()?
        .env("CARGO_ENCODED_RUSTFLAGS", flags())
        .args(["--package", "frontend", "--profile", profile, "--target", TARGET, "--target-dir"])
        .arg(&folder)
        .run()?;
    Ok(folder.join(TARGET).join(subfolder).join("frontend.wasm"))
}

/// How the page is compiled, whichever the compiler.
fn flags() -> String {
    let registry = cargo_home().join("registry/src");
    // Keeps the folders of this machine out of the messages compiled into the page, which also makes it smaller.
    let [crates, ours] = [(registry.as_path(), "registry"), (root(), "egestion")]
        .map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()));
    // Leptos then erases the type of each component. Measured on the whole page: 20 % less to send, and half the time
    // to compile.
    let erased = "--cfg=erase_components".to_owned();
    // The separator that cargo reads: a folder may have a space in its name.
    [crates, ours, erased, split::LINK_ARGUMENT.to_owned()].join("\x1f")
}

/// The folder that cargo keeps its registry in.
#[expect(clippy::disallowed_methods, reason = "cargo's own setting")]
fn cargo_home() -> PathBuf {
    std::env::var_os("CARGO_HOME")
        .map_or_else(|| std::env::home_dir().unwrap_or_default().join(".cargo"), PathBuf::from)
}

/// `cargo build` with whichever compiler can make WebAssembly here.
fn compiler() -> Result<Program> {
    if target_is_installed() {
        return Ok(Program::cargo().arg("build"));
    }
    println!("Asking rustup for the target {TARGET}.");
    if Program::new("rustup").args(["target", "add", TARGET]).succeeds() && target_is_installed() {
        return Ok(Program::cargo().arg("build"));
    }
    println!("rustup cannot get it here: using Debian's compiler, which builds the standard library from source.");
    setup::require(&[&setup::WASM_COMPILER])?;
    Ok(Program::new("/usr/bin/cargo")
        .without_env(OF_THE_OTHER_TOOLCHAIN)
        .env("PATH", "/usr/bin:/bin")
        // Building the standard library is not stable yet; std is the only thing this is used for.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-19")
        .args(["build", "-Z", "build-std=std,panic_abort"]))
}

fn target_is_installed() -> bool {
    let folder = Program::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).output();
    folder.is_ok_and(|folder| Path::new(folder.trim()).exists())
}
