//! Multipart forms: small fields first, then files, which stream into the vault.

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::FromRequest;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use api_types::ProblemCode;
use app::Error;
use app::ports::coffre::{Coffre, Scelle};
use domain::permit::{Action, Permit};
use futures_util::TryStreamExt as _;

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
        std::future::ready(Ok(Self { parties: Some(Multipart::new(req.headers(), payload.take())) }))
    }
}

impl Formulaire {
    /// The permit, or its refusal once the form is read: a client that is still sending must get the answer.
    pub async fn si<A: Action>(self, guard: Result<Guard<A>, ApiError>) -> Result<(Permit<A>, Self), ApiError>
    where
        A::Sur: DansChemin,
    {
        match guard {
            Ok(Guard(permit)) => Ok((permit, self)),
            Err(refus) => {
                self.purger(PURGE_REFUS).await;
                Err(refus)
            }
        }
    }

    /// The next part, or `None` at the end.
    pub async fn suivante(&mut self) -> Result<Option<Partie>, ApiError> {
        let Some(mut partie) = self.prochaine().await? else { return Ok(None) };
        let champ = partie.name().unwrap_or_default().to_owned();
        let nom = partie.content_disposition().and_then(|d| d.get_filename().map(nom_de_fichier));
        if let Some(nom) = nom {
            return Ok(Some(Partie::Fichier(Fichier { champ, nom, octets: partie })));
        }
        let mut valeur = Vec::new();
        while let Some(octets) = partie.try_next().await.map_err(|e| illisible(&e))? {
            valeur.extend_from_slice(&octets);
            if valeur.len() > CHAMP_MAX {
                return Err(ApiError::new(ProblemCode::TropVolumineux).detail("Un champ du formulaire est trop long."));
            }
        }
        let valeur = String::from_utf8(valeur)
            .map_err(|_| ApiError::new(ProblemCode::RequeteIllisible).detail("Un champ n’est pas en UTF-8."))?;
        Ok(Some(Partie::Champ(champ, valeur)))
    }

    /// Reads and throws away what is left, so that the answer reaches the client.
    pub async fn finir(self) {
        self.purger(PURGE_MAX).await;
    }

    async fn prochaine(&mut self) -> Result<Option<Field>, ApiError> {
        let Some(parties) = &mut self.parties else { return Ok(None) };
        let lue = parties.try_next().await.map_err(|e| illisible(&e));
        if !matches!(lue, Ok(Some(_))) {
            self.parties = None;
        }
        lue
    }

    async fn purger(mut self, limite: u64) {
        let mut lus: u64 = 0;
        while let Ok(Some(mut partie)) = self.prochaine().await {
            while let Ok(Some(octets)) = partie.try_next().await {
                lus += octets.len() as u64;
                if lus > limite {
                    return;
                }
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
    /// After a refusal the rest of the file is read and thrown away.
    pub async fn recevoir(mut self, coffre: &Coffre, limite: u64) -> Result<Scelle, ApiError> {
        let mut reception = coffre.recevoir(limite);
        while let Some(octets) = self.octets.try_next().await.map_err(|e| illisible(&e))? {
            if let Err(e) = reception.ecrire(&octets).await {
                self.purger().await;
                return Err(e.into());
            }
        }
        Ok(reception.sceller().await?)
    }

    async fn purger(&mut self) {
        let mut lus: u64 = 0;
        while let Ok(Some(octets)) = self.octets.try_next().await {
            lus += Bytes::len(&octets) as u64;
            if lus > PURGE_MAX {
                return;
            }
        }
    }
}

/// A file's name as its owner knows it: browsers write quotes and line ends as `%22`, `%0D`, `%0A`
/// (HTML, « multipart/form-data encoding algorithm »).
fn nom_de_fichier(recu: &str) -> String {
    recu.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

fn illisible(e: &MultipartError) -> ApiError {
    Error::Illisible(e.to_string()).into()
}
