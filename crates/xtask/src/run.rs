//! `cargo xtask run`: from a fresh checkout to a demonstration in the browser.

use std::{
    fs,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
};

use crate::{
    failure::{OrFail, Result},
    files, server,
    shell::{Program, root},
    web,
};

/// Builds the page and the server, fills ./data if it is empty, and serves until Ctrl-C.
pub fn run(port: u16, mode: web::Mode) -> Result<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .or_fail(|| format!("Port {port} is taken, choose another with `cargo xtask run --port …`"))?;
    web::build(mode)?;
    let binary = server::build()?;
    if let Some(sign_ins) = Demonstration(root().join("data")).fill(&binary)? {
        println!("\n{sign_ins}");
    }
    println!("Serving http://localhost:{port} from ./data. Ctrl-C ends it.\n");
    Err(server::without_settings(Program::new(binary).arg("serve"))
        .env("EGESTION_LISTEN", format!("127.0.0.1:{port}"))
        .env("EGESTION_PUBLIC_URL", format!("http://localhost:{port}"))
        .become_it())
}

/// The folder of the demonstration: the SQLite file and the vault.
struct Demonstration(PathBuf);

impl Demonstration {
    /// Fills the folder if it is empty; returns the sign-ins to show, if they are known and were not just shown.
    fn fill(&self, binary: &Path) -> Result<Option<String>> {
        let Self(folder) = self;
        let (sign_ins, unfinished) = (folder.join("sign-ins.txt"), folder.join(".unfinished"));
        if unfinished.exists() {
            println!("The demonstration was interrupted while being filled: starting it again.");
            files::remove_folder(folder)?;
        }
        if !is_empty(folder) {
            // Without this file the data is the developer's own.
            return Ok(fs::read_to_string(sign_ins).ok());
        }
        println!("Filling the demonstration in {}.", folder.display());
        files::write(&unfinished, "")?;
        let said = server::without_settings(Program::new(binary).arg("demo")).run_and_keep()?;
        files::write(&sign_ins, said)?;
        fs::remove_file(&unfinished).or_fail(|| format!("Could not remove {}", unfinished.display()))?;
        Ok(None)
    }
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::Demonstration;

    /// In place of the server's program: repeats its argument, or fails.
    const ECHO: &str = "/bin/echo";
    const FALSE: &str = "/bin/false";

    #[test]
    fn an_empty_folder_is_filled_once_and_the_sign_ins_are_shown_again() {
        let folder = tempfile::tempdir().unwrap();
        let demonstration = Demonstration(folder.path().join("data"));
        assert_eq!(demonstration.fill(Path::new(ECHO)), Ok(None));
        assert_eq!(demonstration.fill(Path::new(FALSE)), Ok(Some("demo\n".to_owned())));
    }

    #[test]
    fn a_demonstration_half_filled_is_thrown_away() {
        let folder = tempfile::tempdir().unwrap();
        let demonstration = Demonstration(folder.path().join("data"));
        assert!(demonstration.fill(Path::new(FALSE)).is_err());
        let half = demonstration.0.join("egestion.db");
        fs::write(&half, "half").unwrap();
        assert_eq!(demonstration.fill(Path::new(ECHO)), Ok(None));
        assert!(!half.exists());
    }

    #[test]
    fn the_developers_own_data_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("egestion.db");
        fs::write(&own, "mine").unwrap();
        assert_eq!(Demonstration(folder.path().to_path_buf()).fill(Path::new(FALSE)), Ok(None));
        assert_eq!(fs::read_to_string(own).unwrap(), "mine");
    }
}
