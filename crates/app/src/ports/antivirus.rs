//! The antivirus: clamd, or none.

use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;

use crate::Error;

/// Longest wait for a verdict.
const DELAI: Duration = Duration::from_secs(120);

/// What scans documents before they are shown to the other side.
#[derive(Debug, Clone)]
pub enum Antivirus {
    /// No antivirus is configured: nothing is scanned.
    Aucun,
    /// A clamd at `host:port`.
    Tcp(String),
    /// A clamd on a local socket.
    Socket(String),
}

/// What a scan found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Analyse {
    /// Nothing harmful.
    Saine,
    /// An infection.
    Infectee,
}

impl Antivirus {
    /// The antivirus of a setting: `host:port`, the path of a socket, or nothing.
    pub fn parse(reglage: Option<&str>) -> Self {
        match reglage {
            None | Some("") => Self::Aucun,
            Some(chemin) if chemin.starts_with('/') => Self::Socket(chemin.to_owned()),
            Some(adresse) => Self::Tcp(adresse.to_owned()),
        }
    }

    /// Scans a content as it streams by; an antivirus that does not answer is an error, never « clean ».
    pub async fn analyser<S>(&self, contenu: S) -> Result<Analyse, Error>
    where
        S: Stream<Item = Result<Bytes, std::io::Error>>,
    {
        let echec = |e: std::io::Error| Error::Indisponible(format!("antivirus : {e}"));
        let reponse = match self {
            Self::Aucun => return Ok(Analyse::Saine),
            Self::Tcp(adresse) => {
                let clamd = clamav_client::tokio::Tcp { host_address: adresse.as_str() };
                tokio::time::timeout(DELAI, clamav_client::tokio::scan_stream(contenu, clamd, None)).await
            }
            Self::Socket(chemin) => {
                let clamd = clamav_client::tokio::Socket { socket_path: chemin.as_str() };
                tokio::time::timeout(DELAI, clamav_client::tokio::scan_stream(contenu, clamd, None)).await
            }
        }
        .map_err(|_| Error::Indisponible("antivirus : pas de réponse".to_owned()))?
        .map_err(echec)?;
        let texte = String::from_utf8_lossy(&reponse);
        if texte.contains("FOUND") {
            return Ok(Analyse::Infectee);
        }
        if texte.trim_end_matches(['\0', '\n']).ends_with("OK") {
            return Ok(Analyse::Saine);
        }
        Err(Error::Indisponible("antivirus : réponse inattendue".to_owned()))
    }
}
