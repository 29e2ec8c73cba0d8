//! The vault on a folder: a file is synchronised, renamed into place, and its folder synchronised.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use uuid::Uuid;

use super::reception::{Destination, nouveau_blob};
use super::{Flux, indisponible};
use crate::Error;
use crate::ports::ancrer;

/// Bytes read from the disk at a time.
const LECTURE: usize = 256 * 1024;

/// What was not written to for this long is of a process that died: a deposit that brings nothing is cut long before.
const ABANDON: Duration = Duration::from_secs(60 * 60);

/// A vault on a folder of this machine.
#[derive(Debug, Clone)]
pub struct Local {
    racine: PathBuf,
}

impl Local {
    /// Opens the vault under `racine`, making its folders, and removes from the staging area what former runs left there.
    ///
    /// Another process may be receiving files into it: theirs stay.
    pub fn open(racine: &Path) -> Result<Self, Error> {
        let ouvrir = || -> io::Result<()> {
            fs::create_dir_all(racine.join("staging"))?;
            for reste in fs::read_dir(racine.join("staging"))? {
                let reste = reste?;
                // What has gone since was renamed into place by whom it belongs to.
                let vieux = reste.metadata().and_then(|m| m.modified());
                if vieux.is_ok_and(|le| le.elapsed().is_ok_and(|age| age > ABANDON)) {
                    fs::remove_file(reste.path())?;
                }
            }
            for i in 0..=255u8 {
                fs::create_dir_all(racine.join("blobs").join(format!("{i:02x}")))?;
            }
            File::open(racine.join("blobs"))?.sync_all()?;
            File::open(racine)?.sync_all()?;
            ancrer(racine)
        };
        ouvrir().map_err(indisponible)?;
        Ok(Self { racine: racine.to_owned() })
    }

    pub(super) fn depot(&self) -> Destination {
        Destination::Local(Depot {
            racine: self.racine.clone(),
            attente: self.racine.join("staging").join(Uuid::now_v7().simple().to_string()),
            fichier: None,
        })
    }

    pub(super) async fn lire(&self, blob: &str, plage: Range<u64>) -> Result<Flux, Error> {
        let chemin = self.chemin(blob);
        let ouvert = tokio::task::spawn_blocking(move || {
            let mut fichier = File::open(chemin)?;
            fichier.seek(SeekFrom::Start(plage.start))?;
            let reste = plage.end - plage.start;
            let premier = suivant(fichier, reste)?;
            Ok::<_, io::Error>(premier)
        })
        .await
        .map_err(indisponible)?
        .map_err(indisponible)?;
        let Some((premier, fichier, reste)) = ouvert else {
            return Ok(futures_util::stream::empty().boxed());
        };
        let suite = futures_util::stream::try_unfold((fichier, reste), |(fichier, reste)| async move {
            if reste == 0 {
                return Ok(None);
            }
            let lu = tokio::task::spawn_blocking(move || suivant(fichier, reste)).await.map_err(io::Error::other)??;
            Ok(lu.map(|(octets, fichier, reste)| (octets, (fichier, reste))))
        });
        Ok(futures_util::stream::once(async move { Ok(premier) }).chain(suite).boxed())
    }

    pub(super) async fn supprimer(&self, blob: &str) -> Result<(), Error> {
        match tokio::fs::remove_file(self.chemin(blob)).await {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            autre => autre.map_err(indisponible),
        }
    }

    /// A folder at a time.
    pub(super) async fn anciens(&self, age: Duration) -> Result<BoxStream<'static, Result<Vec<String>, Error>>, Error> {
        let racine = self.racine.join("blobs");
        let sous = move || fs::read_dir(racine)?.map(|s| Ok(s?.path())).collect::<io::Result<Vec<PathBuf>>>();
        let sous = tokio::task::spawn_blocking(sous).await.map_err(indisponible)?.map_err(indisponible)?;
        let lister = move |sous: PathBuf| async move {
            let noms = tokio::task::spawn_blocking(move || vieux(&sous, age)).await.map_err(indisponible)?;
            noms.map_err(indisponible)
        };
        Ok(futures_util::stream::iter(sous).then(lister).boxed())
    }

    /// Blob names are ours alone: two hexadecimal digits, a slash, 32 hexadecimal digits.
    fn chemin(&self, blob: &str) -> PathBuf {
        self.racine.join("blobs").join(blob)
    }
}

/// The blobs of a folder that are older than `age`.
fn vieux(dossier: &Path, age: Duration) -> io::Result<Vec<String>> {
    let mut noms = Vec::new();
    for fichier in fs::read_dir(dossier)? {
        let fichier = fichier?;
        let vieux = fichier.metadata()?.modified()?.elapsed().is_ok_and(|a| a > age);
        let parent = dossier.file_name().and_then(|n| n.to_str());
        if let (true, Some(a), Some(b)) = (vieux, parent, fichier.file_name().to_str()) {
            noms.push(format!("{a}/{b}"));
        }
    }
    Ok(noms)
}

/// Reads the next piece; `None` when there is none to read.
fn suivant(fichier: File, reste: u64) -> io::Result<Option<(Bytes, File, u64)>> {
    let n = usize::try_from(reste).unwrap_or(usize::MAX).min(LECTURE);
    if n == 0 {
        return Ok(None);
    }
    let mut octets = Vec::with_capacity(n);
    // Into memory that nobody has to clear first.
    if (&fichier).take(n as u64).read_to_end(&mut octets)? < n {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some((Bytes::from(octets), fichier, reste - n as u64)))
}

/// A file on its way into the vault; dropped before it is sealed, it is removed.
#[derive(Debug)]
pub(super) struct Depot {
    racine: PathBuf,
    attente: PathBuf,
    fichier: Option<File>,
}

impl Depot {
    pub(super) fn ecrire(&mut self, octets: &[u8]) -> io::Result<()> {
        let fichier = match &mut self.fichier {
            Some(f) => f,
            vide => vide.insert(File::create_new(&self.attente)?),
        };
        fichier.write_all(octets)
    }

    /// Synchronises the file, renames it into place and synchronises its folder.
    pub(super) fn sceller(mut self) -> io::Result<String> {
        let fichier = self.fichier.take().ok_or_else(|| io::Error::other("rien à sceller"))?;
        let blob = nouveau_blob();
        let place = self.racine.join("blobs").join(&blob);
        let fait = fichier.sync_all().and_then(|()| fs::rename(&self.attente, &place)).and_then(|()| {
            let dossier = place.parent().ok_or_else(|| io::Error::other("blob sans dossier"))?;
            File::open(dossier)?.sync_all()
        });
        if fait.is_err() {
            self.fichier = Some(fichier);
        }
        fait.map(|()| blob)
    }
}

impl Drop for Depot {
    fn drop(&mut self) {
        if self.fichier.is_some() {
            // A leftover is removed at the next start at the latest.
            let _ = fs::remove_file(&self.attente);
        }
    }
}
