//! Reading and writing the files of the workspace.

use std::{
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::failure::{OrFail, Result};

/// Folders that hold what was built or downloaded, never sources.
const GENERATED: &[&str] = &[".git", "dist", "node_modules", "playwright-report", "target", "test-results"];

/// The source files under `folder`, in a stable order.
pub fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(folder, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).or_fail(|| cannot("list", folder))? {
        let entry = entry.or_fail(|| cannot("list", folder))?;
        let path = entry.path();
        if entry.file_type().or_fail(|| cannot("look at", &path))?.is_dir() {
            if !GENERATED.iter().any(|name| entry.file_name() == *name) {
                collect(&path, found)?;
            }
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).or_fail(|| cannot("read", path))
}

/// The text of a file.
pub fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).or_fail(|| cannot("read", path))
}

/// Writes a file, with the folders that lead to it.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).or_fail(|| cannot("create", folder))?;
    }
    fs::write(path, bytes).or_fail(|| cannot("write", path))
}

/// Removes a folder and what it holds; an absent folder is removed already.
pub fn remove_folder(path: &Path) -> Result<()> {
    if path.exists() { fs::remove_dir_all(path).or_fail(|| cannot("remove", path)) } else { Ok(()) }
}

/// The first 16 hexadecimal digits of the SHA-256 of `bytes`.
pub fn fingerprint(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut digits = String::with_capacity(16);
    for byte in Sha256::digest(bytes).iter().take(8) {
        write!(digits, "{byte:02x}").ok();
    }
    digits
}

fn cannot(what: &str, path: &Path) -> String {
    format!("Could not {what} {}", path.display())
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn fingerprint_is_the_start_of_the_sha_256() {
        assert_eq!(fingerprint(b"abc"), "ba7816bf8f01cfea");
    }
}
