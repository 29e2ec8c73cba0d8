//! Files out of a drop, a paste or a file chooser.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry,
};

use crate::format::{maintenant, paris};
use crate::model::depot::{Fichier, LOT_MAX};

/// A file and how it is called.
#[derive(Debug, Clone)]
pub struct Choisi {
    /// What the rules judge.
    pub fichier: Fichier,
    /// Its bytes.
    pub octets: File,
}

impl Choisi {
    fn nouveau(octets: File) -> Self {
        let nom = octets.name();
        Self::nomme(octets, nom)
    }

    fn nomme(octets: File, nom: String) -> Self {
        Self { fichier: Fichier { nom, taille: entier(octets.size()), mime: octets.type_() }, octets }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size in bytes is whole and not negative"
)]
const fn entier(taille: f64) -> u64 {
    taille as u64
}

/// The files of a file chooser.
pub fn de_liste(liste: Option<FileList>) -> Vec<Choisi> {
    let Some(liste) = liste else { return Vec::new() };
    (0..liste.length()).filter_map(|i| liste.get(i)).map(Choisi::nouveau).collect()
}

/// Whether what is dragged or pasted holds files, and not only text.
pub fn contient_fichiers(donnees: &DataTransfer) -> bool {
    donnees.types().iter().any(|t| t.as_string().as_deref() == Some("Files"))
}

/// How many files are dragged, when the browser tells.
pub fn nombre(donnees: &DataTransfer) -> u32 {
    let articles = donnees.items();
    let compte = (0..articles.length()).filter_map(|i| articles.get(i)).filter(|a| a.kind() == "file").count();
    u32::try_from(compte).unwrap_or(u32::MAX)
}

/// The pasted files; images without a name of their own are named after the moment.
pub fn colles(donnees: &DataTransfer) -> Vec<Choisi> {
    let mut choisis = de_liste(donnees.files());
    for (rang, c) in choisis.iter_mut().enumerate() {
        // Browsers call every screenshot « image.png ».
        if c.fichier.mime.starts_with("image/") && c.fichier.nom.starts_with("image.") {
            let suffixe = if rang == 0 { String::new() } else { format!("-{}", rang + 1) };
            let extension = c.fichier.nom.rsplit_once('.').map_or("png", |(_, e)| e);
            c.fichier.nom = format!("capture-{}{suffixe}.{extension}", moment());
        }
    }
    choisis
}

/// Now, as a screenshot's name tells it: « 2026-11-23-1432 ».
fn moment() -> String {
    let m = paris(maintenant());
    format!("{}-{:02}-{:02}-{:02}{:02}", m.year(), m.month(), m.day(), m.hour(), m.minute())
}

/// What was dropped: files, and folders still to be opened.
///
/// Made while the event is handled: afterwards the browser forgets what was dropped.
#[derive(Debug)]
pub struct Lache {
    entrees: Vec<FileSystemEntry>,
    simples: Vec<Choisi>,
}

impl Lache {
    /// Takes what an event brings.
    pub fn prendre(donnees: &DataTransfer) -> Self {
        let articles = donnees.items();
        let entrees: Vec<FileSystemEntry> = (0..articles.length())
            .filter_map(|i| articles.get(i))
            .filter(|a| a.kind() == "file")
            .filter_map(|a| a.webkit_get_as_entry().ok().flatten())
            .collect();
        let dossiers = entrees.iter().any(FileSystemEntry::is_directory);
        // Without folders, the plain list is simpler and works everywhere.
        if dossiers {
            Self { entrees, simples: Vec::new() }
        } else {
            Self { entrees: Vec::new(), simples: de_liste(donnees.files()) }
        }
    }

    /// The files, folders walked; a little over [`LOT_MAX`] at most, so that the excess can be told.
    pub async fn fichiers(self) -> Vec<Choisi> {
        let mut choisis = self.simples;
        let mut a_voir = self.entrees;
        a_voir.reverse();
        while let Some(entree) = a_voir.pop() {
            if choisis.len() > 2 * LOT_MAX {
                break;
            }
            if entree.is_directory() {
                let mut contenu = ouvrir(entree.unchecked_into::<FileSystemDirectoryEntry>().create_reader()).await;
                contenu.reverse();
                a_voir.append(&mut contenu);
            } else if let Some(fichier) = lire(entree.unchecked_into()).await {
                choisis.push(Choisi::nouveau(fichier));
            }
        }
        choisis
    }
}

/// The content of a folder; browsers give it by batches.
async fn ouvrir(lecteur: FileSystemDirectoryReader) -> Vec<FileSystemEntry> {
    let mut contenu = Vec::new();
    loop {
        let lot = attendre(|bien, mal| {
            let _ = lecteur.read_entries_with_callback_and_callback(bien, mal);
        });
        let Some(lot) = lot.await.and_then(|l| l.dyn_into::<js_sys::Array>().ok()).filter(|l| l.length() > 0) else {
            return contenu;
        };
        contenu.extend(lot.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
        if contenu.len() > 2 * LOT_MAX {
            return contenu;
        }
    }
}

async fn lire(entree: FileSystemFileEntry) -> Option<File> {
    let fichier = attendre(|bien, mal| entree.file_with_callback_and_callback(bien, mal)).await?;
    fichier.dyn_into().ok()
}

/// What a browser function gives to its first callback; `None` when it calls the second.
async fn attendre(mut appeler: impl FnMut(&js_sys::Function, &js_sys::Function)) -> Option<JsValue> {
    let promesse = Promise::new(&mut |bien, mal| appeler(&bien, &mal));
    JsFuture::from(promesse).await.ok()
}
