//! The doors to the outside, each with several implementations.

pub mod antivirus;
pub mod coffre;
pub mod coursier;
pub mod facteur;
pub mod horloge;
pub mod trousseau;

use std::path::Path;

/// Makes durable that a file or a folder is where it is: the folder that names it is synchronised.
fn ancrer(chemin: &Path) -> std::io::Result<()> {
    let dossier = match chemin.parent() {
        // A bare name is in the present folder.
        Some(d) if d.as_os_str().is_empty() => Path::new("."),
        Some(d) => d,
        None => return Ok(()),
    };
    std::fs::File::open(dossier)?.sync_all()
}
