//! Getting what is missing on a Debian machine, and nothing that is there.

use std::{path::Path, sync::OnceLock};

use crate::{
    failure::{Failure, Result},
    postgres,
    shell::Program,
};

/// Something the machine must have, the Debian packages that bring it, and how it is recognised.
pub struct Need {
    what: &'static str,
    packages: &'static [&'static str],
    found: fn() -> bool,
}

/// Debian's compiler with the sources of the standard library, to build the page where rustup cannot.
pub const WASM_COMPILER: Need = Need {
    what: "a compiler for the page",
    packages: &["rustc-web", "cargo-web", "rust-web-src", "lld-19"],
    found: || {
        exist(&["/usr/bin/cargo", "/usr/bin/rustc", "/usr/bin/wasm-ld-19", "/usr/lib/rustlib/src/rust/library/std"])
    },
};

/// The client library of PostgreSQL, to compile against.
pub const LIBPQ: Need =
    Need { what: "the client library of PostgreSQL", packages: &["libpq-dev"], found: libpq_is_installed };

/// The PostgreSQL server.
pub const POSTGRES: Need = Need {
    what: "the PostgreSQL server",
    packages: &["postgresql"],
    found: || postgres::installed_binaries().is_some(),
};

/// What a locale is made from; elsewhere than on Linux it is there.
pub const LOCALES: Need = Need {
    what: "the sources of the locales",
    packages: &["locales"],
    found: || !cfg!(target_os = "linux") || exist(&["/usr/share/i18n/locales/en_US", "/usr/share/i18n/charmaps"]),
};

/// The browser of the browser tests.
pub const CHROMIUM: Need = Need { what: "Chromium", packages: &["chromium"], found: || exist(&["/usr/bin/chromium"]) };

/// Node, which drives the browser.
pub const NODE: Need = Need {
    what: "Node and npm",
    packages: &["nodejs", "npm"],
    found: || Program::new("npm").arg("--version").succeeds(),
};

/// What downloads are compared with.
pub const NGINX: Need = Need { what: "nginx", packages: &["nginx-light"], found: || exist(&["/usr/sbin/nginx"]) };

/// The antivirus; its official signatures are not needed.
pub const CLAMD: Need = Need { what: "ClamAV", packages: &["clamav-daemon"], found: || exist(&["/usr/sbin/clamd"]) };

/// Python with its virtual environments.
pub const PYTHON: Need = Need {
    what: "Python and its virtual environments",
    packages: &["python3", "python3-venv"],
    found: || Program::new("python3").args(["-c", "import ensurepip, venv"]).succeeds(),
};

/// What the shell examples of the documentation are written with.
pub const SHELL_TOOLS: Need = Need {
    what: "curl, jq and openssl",
    packages: &["curl", "jq", "openssl"],
    found: || {
        let answers = |program: &str, version: &str| Program::new(program).arg(version).succeeds();
        answers("curl", "--version") && answers("jq", "--version") && answers("openssl", "version")
    },
};

/// Whether the server can be built with PostgreSQL.
pub fn libpq_is_installed() -> bool {
    let folder = Program::new("pg_config").arg("--libdir").output().unwrap_or_default();
    let folder = Path::new(folder.trim());
    ["libpq.so", "libpq.a", "libpq.dylib"].iter().any(|file| folder.join(file).exists())
}

/// Installs what is missing among `needs`, all at once.
pub fn require(needs: &[&Need]) -> Result<()> {
    let missing: Vec<_> = needs.iter().filter(|need| !(need.found)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let whats: Vec<_> = missing.iter().map(|need| need.what).collect();
    let packages: Vec<_> = missing.iter().flat_map(|need| need.packages.iter().copied()).collect();
    install(&packages, &whats.join(", "))?;
    match missing.iter().find(|need| !(need.found)()) {
        None => Ok(()),
        Some(need) => Err(Failure::new(format!(
            "{} is still missing although {} was installed: look at what apt-get says above.",
            need.what,
            need.packages.join(" ")
        ))),
    }
}

/// Makes sure that the toolchain has `cargo <command>`, brought by the rustup component of the same name.
pub fn require_component(command: &str, component: &str) -> Result<()> {
    if Program::cargo().args([command, "--version"]).succeeds() {
        return Ok(());
    }
    Program::new("rustup").args(["component", "add", component]).hint("Install this component by hand.").run()
}

fn install(packages: &[&str], whats: &str) -> Result<()> {
    let list = packages.join(" ");
    if !exist(&["/usr/bin/apt-get"]) {
        return Err(Failure::new(format!("Install {whats} (on Debian: {list}), then start again.")));
    }
    if !is_root() {
        return Err(Failure::new(format!(
            "Install {whats} with `sudo apt-get install --yes {list}`, then start again."
        )));
    }
    println!("Installing {whats}.");
    update_once();
    apt_get()
        // The compiler conflicts with a `rustc` or `rustup` package: those are never to be removed.
        .args(["install", "--yes", "--no-install-recommends", "--no-remove"])
        .args(packages)
        .hint("Install these packages by hand, then start again.")
        .run()
}

fn update_once() {
    static UPDATED: OnceLock<()> = OnceLock::new();
    UPDATED.get_or_init(|| {
        // One unreachable source does not matter when the package comes from another.
        if let Err(failure) = apt_get().arg("update").run() {
            println!("note: {failure} Trying with the package lists that are there.");
        }
    });
}

fn apt_get() -> Program {
    Program::new("apt-get").args(["-qq", "-o", "DPkg::Lock::Timeout=300"]).env("DEBIAN_FRONTEND", "noninteractive")
}

/// Whether this runs as root.
pub fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

fn exist(paths: &[&str]) -> bool {
    paths.iter().all(|path| Path::new(path).exists())
}
