//! The antivirus: clamd, or none.

use std::io::ErrorKind;
use std::time::Duration;

use bytes::Bytes;
use futures_util::Stream;

use crate::Error;

/// Longest wait for a verdict, whatever the size.
const DELAI: Duration = Duration::from_secs(120);
/// Slowest scan that is waited for, in bytes a second.
const DEBIT: u64 = 2 * 1024 * 1024;
/// Longest wait of all: shorter than the time a job is held.
const DELAI_MAX: Duration = Duration::from_secs(9 * 60);

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

    /// Scans a content of `taille` bytes as it streams by.
    ///
    /// An antivirus that does not answer, or takes no content of this size, is an error, never « clean ».
    pub async fn analyser<S>(&self, contenu: S, taille: u64) -> Result<Analyse, Error>
    where
        S: Stream<Item = Result<Bytes, std::io::Error>>,
    {
        let delai = (DELAI + Duration::from_secs(taille / DEBIT)).min(DELAI_MAX);
        let reponse = match self {
            Self::Aucun => return Ok(Analyse::Saine),
            Self::Tcp(adresse) => {
                let clamd = clamav_client::tokio::Tcp { host_address: adresse.as_str() };
                tokio::time::timeout(delai, clamav_client::tokio::scan_stream(contenu, clamd, None)).await
            }
            Self::Socket(chemin) => {
                let clamd = clamav_client::tokio::Socket { socket_path: chemin.as_str() };
                tokio::time::timeout(delai, clamav_client::tokio::scan_stream(contenu, clamd, None)).await
            }
        };
        let sans_reponse = || Error::Indisponible("antivirus : pas de réponse".to_owned());
        match reponse.map_err(|_| sans_reponse())? {
            Ok(reponse) => lire(&String::from_utf8_lossy(&reponse), taille),
            // clamd hangs up on a content that is too large, often before its answer is read.
            Err(e) if matches!(e.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset) => {
                Err(Error::Indisponible(format!("antivirus : {e} ; {}", trop_grand(taille))))
            }
            Err(e) => Err(Error::Indisponible(format!("antivirus : {e}"))),
        }
    }
}

fn lire(reponse: &str, taille: u64) -> Result<Analyse, Error> {
    let reponse = reponse.trim_end_matches(['\0', '\n']);
    if reponse.ends_with(" FOUND") {
        Ok(Analyse::Infectee)
    } else if reponse.ends_with(": OK") {
        Ok(Analyse::Saine)
    } else if reponse.contains("size limit exceeded") {
        Err(Error::Indisponible(format!("antivirus : {}", trop_grand(taille))))
    } else {
        Err(Error::Indisponible("antivirus : réponse inattendue".to_owned()))
    }
}

fn trop_grand(taille: u64) -> String {
    format!("un fichier de {taille} octets demande un StreamMaxLength plus grand dans clamd.conf")
}

#[cfg(test)]
mod tests {
    use super::{Analyse, lire};

    #[test]
    fn only_a_plain_ok_is_clean() {
        for (reponse, attendu) in [
            ("stream: OK\0", Some(Analyse::Saine)),
            ("stream: Eicar.Essai FOUND\0", Some(Analyse::Infectee)),
            ("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", Some(Analyse::Infectee)),
            ("INSTREAM size limit exceeded. ERROR\0", None),
            ("stream: Can't allocate memory ERROR\0", None),
            ("UNKNOWN COMMAND\0", None),
            ("", None),
        ] {
            assert_eq!(lire(reponse, 1).ok(), attendu, "{reponse}");
        }
    }
}
