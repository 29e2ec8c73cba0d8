//! What a deposit cannot do without: hashing bytes, writing them to a new file, having the disk keep them.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::content::Content;
use crate::measure::{Measure, Pace, threads};

/// Hashes, writes and synchronises files of `size` bytes in `folder`, `at_once` at a time. Blocks.
///
/// The files stay until all is measured: a file system that tells the disk what it frees (`discard`) keeps it busy for
/// seconds after many files are removed, which what is measured next would pay for.
pub fn measure(pace: Pace, folder: &Path, size: usize, at_once: usize, at_most: u64) -> Result<Measure> {
    let folder = tempfile::Builder::new().prefix("reference-disk-").tempdir_in(folder);
    let folder = folder.context("a folder for the files of reference")?.keep();
    threads(pace, at_once, at_most, |thread| {
        let (mut content, mut number) = (Content::new(size), 0_u64);
        let folder = &folder;
        Ok(move || {
            number += 1;
            let bytes = content.next();
            std::hint::black_box(Sha256::digest(bytes));
            let mut file = File::create_new(folder.join(format!("{thread}-{number}")))?;
            file.write_all(bytes)?;
            Ok(file.sync_all()?)
        })
    })
}
