//! The vault of one test: a folder, or a bucket of its own in the storage that `TEST_S3_URL` names.

use std::path::{Path, PathBuf};

use app::ports::coffre::{Acces, Coffre, Local, S3};
use domain::secret::Secret;
use uuid::Uuid;

use crate::service;

/// Where the vault of a test is, to look into it.
#[derive(Debug, Clone)]
pub(crate) enum CoffreEssai {
    Local(PathBuf),
    S3 { url: String, bucket: String },
}

impl CoffreEssai {
    /// Makes an empty vault.
    pub(crate) fn creer(dossier: &Path) -> Self {
        let Some(url) = service("TEST_S3_URL") else { return Self::Local(dossier.join("vault")) };
        let ici = Self::S3 { url, bucket: format!("essai-{}", Uuid::now_v7().simple()) };
        ici.demander(reqwest::Method::PUT, "");
        ici
    }

    /// Opens it, as the product does; on S3 through `relais`, if there is one.
    pub(crate) fn ouvrir(&self, relais: Option<&str>) -> Coffre {
        let (url, bucket) = match self {
            Self::Local(racine) => return Coffre::Local(Local::open(racine).unwrap()),
            Self::S3 { url, bucket } => (url.clone(), bucket.clone()),
        };
        let acces = Acces {
            bucket,
            endpoint: Some(relais.map_or(url, |adresse| format!("http://{adresse}"))),
            region: "essai".to_owned(),
            cle: "essai".to_owned(),
            secret: Secret::new("essai".to_owned()),
        };
        Coffre::S3(S3::open(&acces).unwrap())
    }

    /// The names of the blobs.
    pub(crate) fn blobs(&self) -> Vec<String> {
        match self {
            Self::Local(racine) => fichiers(&racine.join("blobs")),
            Self::S3 { .. } => balises(&self.demander(reqwest::Method::GET, "?list-type=2"), "Key"),
        }
    }

    /// Files whose parts wait to be put together.
    pub(crate) fn en_cours(&self) -> usize {
        match self {
            Self::Local(racine) => std::fs::read_dir(racine.join("staging")).unwrap().count(),
            Self::S3 { .. } => balises(&self.demander(reqwest::Method::GET, "?uploads"), "UploadId").len(),
        }
    }

    /// Asks the storage itself, whatever happens to the relay; on a thread, for those who are in no position to wait.
    fn demander(&self, methode: reqwest::Method, requete: &str) -> String {
        let Self::S3 { url, bucket } = self else { return String::new() };
        let adresse = format!("{url}/{bucket}{requete}");
        let demande = move || {
            let fil = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            fil.block_on(async move {
                let client = reqwest::Client::builder().no_proxy().build().unwrap();
                let reponse = client.request(methode, adresse).send().await.unwrap();
                assert!(reponse.status().is_success(), "S3: {}", reponse.status());
                reponse.text().await.unwrap()
            })
        };
        std::thread::spawn(demande).join().unwrap()
    }
}

fn fichiers(racine: &Path) -> Vec<String> {
    let mut noms = Vec::new();
    for sous in std::fs::read_dir(racine).unwrap() {
        let sous = sous.unwrap();
        for fichier in std::fs::read_dir(sous.path()).unwrap() {
            let nom = fichier.unwrap().file_name();
            noms.push(format!("{}/{}", sous.file_name().display(), nom.display()));
        }
    }
    noms
}

/// The texts of an element of an XML document that nests nothing in it.
fn balises(xml: &str, nom: &str) -> Vec<String> {
    let (debut, fin) = (format!("<{nom}>"), format!("</{nom}>"));
    xml.split(&debut).skip(1).filter_map(|suite| suite.split(&fin).next()).map(str::to_owned).collect()
}
