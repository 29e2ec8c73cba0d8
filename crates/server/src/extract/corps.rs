//! A body of bytes, taken as it comes.

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use domain::permit::{Action, Permit};
use futures_util::StreamExt as _;

use crate::extract::guard::{DansChemin, Guard};
use crate::problem::ApiError;

/// Bytes read and thrown away after a refusal, so that the client reads the answer instead of
/// « connection reset ».
const PURGE_MAX: u64 = 32 * 1024 * 1024;

/// The bytes of a request, not read yet.
pub struct Corps {
    octets: Payload,
    genre: String,
    longueur: Option<u64>,
    fini: bool,
    coupe: bool,
}

impl FromRequest for Corps {
    type Error = ApiError;
    type Future = std::future::Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let texte = |nom| req.headers().get(nom).and_then(|v| v.to_str().ok()).unwrap_or_default();
        std::future::ready(Ok(Self {
            octets: payload.take(),
            genre: texte(header::CONTENT_TYPE).trim().to_ascii_lowercase(),
            longueur: texte(header::CONTENT_LENGTH).parse().ok(),
            fini: false,
            coupe: false,
        }))
    }
}

impl Corps {
    /// Its media type, in lower case; empty when none is told.
    pub fn genre(&self) -> &str {
        &self.genre
    }

    /// Its size, when it is told.
    pub const fn longueur(&self) -> Option<u64> {
        self.longueur
    }

    /// The permit, or its refusal once the body is read: a client that is still sending must get the answer.
    pub async fn si<A: Action>(self, guard: Result<Guard<A>, ApiError>) -> Result<(Permit<A>, Self), ApiError>
    where
        A::Sur: DansChemin,
    {
        match guard {
            Ok(Guard(permit)) => Ok((permit, self)),
            Err(refus) => {
                self.finir().await;
                Err(refus)
            }
        }
    }

    /// The next bytes; `None` at the end, and when the connection is cut or silent.
    pub async fn suivants(&mut self) -> Option<Bytes> {
        if self.fini {
            return None;
        }
        let lus = self.octets.next().await;
        if let Some(Ok(octets)) = lus {
            return Some(octets);
        }
        (self.fini, self.coupe) = (true, lus.is_some());
        None
    }

    /// Whether it ended before its end, or is not what `Content-Digest` announced.
    pub const fn coupe(&self) -> bool {
        self.coupe
    }

    /// Reads and throws away what is left, so that the answer reaches the client.
    pub async fn finir(mut self) {
        let mut lus: u64 = 0;
        while let Some(octets) = self.suivants().await {
            lus += octets.len() as u64;
            if lus > PURGE_MAX {
                return;
            }
        }
    }
}
