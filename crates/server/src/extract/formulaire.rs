//! Multipart forms: small fields first, then files, which stream into the vault.

use std::collections::HashSet;
use std::sync::Arc;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::FromRequest;
use actix_web::HttpMessage as _;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header;
use api_types::ProblemCode;
use app::Error;
use app::ports::coffre::{Coffre, Scelle};
use app::requete::{Empreinte, Requete};
use domain::permit::{Action, Permit};
use futures_util::TryStreamExt as _;
use sha2::{Digest as _, Sha256};

use crate::extract::empreintes::{self, CorpsVerifie, Empreintes};
use crate::extract::guard::{DansChemin, Guard};
use crate::problem::ApiError;

/// Longest value of a field that is not a file, in bytes.
const CHAMP_MAX: usize = 64 * 1024;
/// Bytes read and thrown away after a refusal, so that the client reads the answer instead of
/// « connection reset ».
const PURGE_MAX: u64 = 512 * 1024 * 1024;
/// The same for somebody who may not deposit at all.
const PURGE_REFUS: u64 = 32 * 1024 * 1024;

/// A multipart form being read.
pub struct Formulaire {
    temoin: Temoin,
    /// The body, when its digest is announced: the form may end before it does.
    verifie: Option<CorpsVerifie>,
    /// Set aside at the end and at the first error: the parser must not be asked again after either.
    parties: Option<Multipart>,
}

/// The next part of a form.
#[expect(clippy::large_enum_variant, reason = "one lives at a time, and a file is the usual one")]
pub enum Partie {
    /// A field and its text.
    Champ(String, String),
    /// A file, to be received.
    Fichier(Fichier),
}

/// A file of a form, not read yet.
pub struct Fichier {
    champ: String,
    nom: String,
    octets: Field,
    temoin: Temoin,
    attendues: Option<Empreintes>,
}

/// Says what a form is made of to the request that has a key; whatever is not said is lost to it.
struct Temoin(Option<Arc<Requete>>);

impl Temoin {
    fn dire(&self, ajout: impl FnOnce(&mut Empreinte)) {
        if let Some(requete) = &self.0 {
            requete.ajouter(ajout);
        }
    }

    /// A part of the form, to be said before it is dropped.
    fn partie(&self) -> Self {
        Self(self.0.clone())
    }

    /// Says a whole file.
    fn fichier(mut self, champ: &str, nom: &str, sha256: &[u8; 32]) {
        self.dire(|e| e.fichier(champ, nom, sha256));
        self.0 = None;
    }

    /// Says a whole field.
    fn champ(mut self, nom: &str, valeur: &[u8]) {
        self.dire(|e| e.champ(nom, valeur));
        self.0 = None;
    }

    /// Nothing more is to be said.
    fn finir(&mut self) {
        self.0 = None;
    }
}

impl Drop for Temoin {
    fn drop(&mut self) {
        self.dire(Empreinte::perdre);
    }
}

impl FromRequest for Formulaire {
    type Error = ApiError;
    type Future = std::future::Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let type_de_corps = req.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if !type_de_corps.to_ascii_lowercase().starts_with("multipart/form-data") {
            let e = ApiError::new(ProblemCode::TypeDeCorpsRefuse).detail("Envoyez un formulaire multipart/form-data.");
            return std::future::ready(Err(e));
        }
        let parties = Some(Multipart::new(req.headers(), payload.take()));
        let verifie = req.extensions().get::<CorpsVerifie>().cloned();
        std::future::ready(Ok(Self { temoin: Temoin(Requete::presente()), verifie, parties }))
    }
}

impl Formulaire {
    /// The permit, or its refusal once the form is read: a client that is still sending must get the answer.
    pub async fn si<A: Action>(self, guard: Result<Guard<A>, ApiError>) -> Result<(Permit<A>, Self), ApiError>
    where
        A::Sur: DansChemin,
    {
        let (Guard(permit), form) = self.avec(guard).await?;
        Ok((permit, form))
    }

    /// What was asked of the request beside its form, or its refusal once the form is read.
    pub async fn avec<T>(self, lu: Result<T, ApiError>) -> Result<(T, Self), ApiError> {
        match lu {
            Ok(lu) => Ok((lu, self)),
            Err(refus) => {
                self.purger(PURGE_REFUS).await;
                Err(refus)
            }
        }
    }

    /// The next part, or `None` at the end.
    pub async fn suivante(&mut self) -> Result<Option<Partie>, ApiError> {
        let Some(mut partie) = self.prochaine().await? else { return Ok(None) };
        let temoin = self.temoin.partie();
        let champ = partie.name().unwrap_or_default().to_owned();
        if let Some(nom) = nom_du_fichier(&partie) {
            let attendues = empreintes_de(&partie)?;
            return Ok(Some(Partie::Fichier(Fichier { champ, nom, octets: partie, temoin, attendues })));
        }
        let mut valeur = Vec::new();
        while let Some(octets) = partie.try_next().await.map_err(|e| illisible(&e))? {
            valeur.extend_from_slice(&octets);
            if valeur.len() > CHAMP_MAX {
                return Err(ApiError::new(ProblemCode::TropVolumineux).detail("Un champ du formulaire est trop long."));
            }
        }
        temoin.champ(&champ, &valeur);
        let valeur = String::from_utf8(valeur)
            .map_err(|_| ApiError::new(ProblemCode::RequeteIllisible).detail("Un champ n’est pas en UTF-8."))?;
        Ok(Some(Partie::Champ(champ, valeur)))
    }

    /// Reads and throws away what is left, so that the answer reaches the client.
    ///
    /// Refuses a body whose digest is not the one announced: only now is it known whole.
    pub async fn finir(mut self) -> Result<(), ApiError> {
        let verifie = self.verifie.take();
        self.purger(PURGE_MAX).await;
        match verifie {
            Some(mut corps) => corps.finir().await,
            None => Ok(()),
        }
    }

    async fn prochaine(&mut self) -> Result<Option<Field>, ApiError> {
        let Some(parties) = &mut self.parties else { return Ok(None) };
        let lue = parties.try_next().await.map_err(|e| illisible(&e));
        if !matches!(lue, Ok(Some(_))) {
            self.parties = None;
        }
        if let Ok(None) = lue {
            self.temoin.finir();
        }
        lue
    }

    async fn purger(mut self, limite: u64) {
        let mut reste = limite;
        while let Ok(Some(octets)) = self.prochaine().await {
            let temoin = self.temoin.partie();
            let champ = octets.name().unwrap_or_default().to_owned();
            let nom = nom_du_fichier(&octets).unwrap_or_default();
            Fichier { champ, nom, octets, temoin, attendues: None }.jeter(&mut reste).await;
            if reste == 0 {
                return;
            }
        }
    }
}

impl Fichier {
    /// The name of the form's field.
    pub fn champ(&self) -> &str {
        &self.champ
    }

    /// The file's name, as received.
    pub fn nom(&self) -> &str {
        &self.nom
    }

    /// Streams the file into the vault; it is durable and examined when this returns.
    ///
    /// After a refusal the rest of the file is read and thrown away. A file whose digest is not the one
    /// that its part announces is refused, and nothing of it is kept.
    pub async fn recevoir(mut self, coffre: &Coffre, limite: u64) -> Result<Scelle, ApiError> {
        let mut reception = coffre.recevoir(limite);
        let mut calcul = self.attendues.as_ref().map(Empreintes::calcul);
        while let Some(octets) = self.octets.try_next().await.map_err(|e| illisible(&e))? {
            if let Err(e) = reception.ecrire(&octets).await {
                // What was read is lost: no answer was ever given to a file that is refused.
                self.temoin = Temoin(None);
                self.ecarter().await;
                return Err(e.into());
            }
            if let Some(calcul) = &mut calcul {
                calcul.voir(&octets);
            }
        }
        if self.attendues.as_ref().zip(calcul).is_some_and(|(attendues, calcul)| !attendues.justes(calcul)) {
            return Err(empreintes::differente());
        }
        let scelle = reception.sceller().await?;
        self.temoin.fichier(&self.champ, &self.nom, &scelle.sha256);
        Ok(scelle)
    }

    /// Reads the file and throws it away: it is refused before it is received.
    pub async fn ecarter(self) {
        let mut reste = PURGE_MAX;
        self.jeter(&mut reste).await;
    }

    /// Reads and throws away at most `reste` bytes, which are taken from it.
    async fn jeter(mut self, reste: &mut u64) {
        // Hashed for nobody, most of the time: not at all then.
        let mut hash = self.temoin.0.as_ref().map(|_| Sha256::new());
        while let Ok(Some(octets)) = self.octets.try_next().await {
            *reste = reste.saturating_sub(octets.len() as u64);
            if *reste == 0 {
                return;
            }
            if let Some(hash) = &mut hash {
                hash.update(&octets);
            }
        }
        if let Some(hash) = hash {
            self.temoin.fichier(&self.champ, &self.nom, &hash.finalize().into());
        }
    }
}

/// The names of the fields that were read.
#[derive(Debug, Default)]
pub struct ChampsLus(HashSet<String>);

impl ChampsLus {
    /// Refuses a field that was read before: one of its two values would be lost.
    pub fn lire(&mut self, nom: &str) -> Result<(), ApiError> {
        if self.0.insert(nom.to_owned()) {
            return Ok(());
        }
        Err(ApiError::new(ProblemCode::RequeteIllisible).detail("Un champ du formulaire est donné deux fois."))
    }
}

/// The digests that a part announces: its content is the whole file, so that both headers say the same.
fn empreintes_de(partie: &Field) -> Result<Option<Empreintes>, ApiError> {
    match Empreintes::lire(partie.headers(), empreintes::CONTENT_DIGEST)? {
        Some(empreintes) => Ok(Some(empreintes)),
        None => Empreintes::lire(partie.headers(), empreintes::REPR_DIGEST),
    }
}

fn nom_du_fichier(partie: &Field) -> Option<String> {
    partie.content_disposition().and_then(|d| d.get_filename().map(nom_de_fichier))
}

/// A file's name as its owner knows it: browsers write quotes and line ends as `%22`, `%0D`, `%0A`
/// (HTML, « multipart/form-data encoding algorithm »).
fn nom_de_fichier(recu: &str) -> String {
    recu.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

fn illisible(e: &MultipartError) -> ApiError {
    Error::Illisible(e.to_string()).into()
}
