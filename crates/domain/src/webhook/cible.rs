//! The address that a subscription is sent to, as it is written.

use std::net::IpAddr;

use url::{Host, Url};

use super::adresse::adresse_permise;
use crate::enum_code;
use crate::limites::URL_MAX;

/// Endings of names that belong to no public receiver.
const SUFFIXES: [&str; 14] = [
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "arpa",
    "onion",
    "test",
    "invalid",
    "alt",
];

enum_code! {
    /// How far webhooks may go.
    pub enum Ouverture {
        /// The public internet, over https.
        Publique = "publique",
        /// The machine itself besides, and http: for development and tests alone.
        Developpement = "developpement",
    }
}

/// An address that may be called, as far as its writing tells: its name is still to be resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cible(Url);

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CibleRefusee {
    /// It is not an absolute address.
    #[error("Donnez une adresse complète, comme https://hooks.exemple.fr/egestion.")]
    Illisible,
    /// It is over [`URL_MAX`] bytes.
    #[error("L’adresse compte 2048 caractères au plus.")]
    TropLongue,
    /// It is not https.
    #[error("L’adresse doit commencer par https://.")]
    Https,
    /// It holds a name and a password.
    #[error("Retirez l’identifiant et le mot de passe de l’adresse : la signature prouve d’où vient l’envoi.")]
    Identifiants,
    /// It has a fragment, which is never sent.
    #[error("Retirez la partie après le #.")]
    Fragment,
    /// It names port 0.
    #[error("Ce port n’existe pas.")]
    Port,
    /// Its host is not written plainly.
    #[error(
        "Écrivez le nom de la machine simplement : lettres sans accent, chiffres, points (xn-- pour un nom accentué), ou une adresse IP sous sa forme usuelle."
    )]
    Ecriture,
    /// Its host is a name of a private network.
    #[error("Ce nom n’est pas celui d’une machine de l’internet public.")]
    Nom,
    /// Its host is an address of a private network.
    #[error("Cette adresse IP n’est pas sur l’internet public.")]
    Adresse,
}

impl Cible {
    /// Reads an address.
    ///
    /// The host must be written in its plain form: what other readers may understand otherwise is
    /// refused rather than guessed.
    pub fn parse(texte: &str, ouverture: Ouverture) -> Result<Self, CibleRefusee> {
        use CibleRefusee as R;
        if texte.len() > URL_MAX {
            return Err(R::TropLongue);
        }
        if !texte.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') {
            return Err(R::Ecriture);
        }
        let (schema, reste) = texte.split_once("://").ok_or(R::Illisible)?;
        let http = ouverture == Ouverture::Developpement && schema.eq_ignore_ascii_case("http");
        if !(http || schema.eq_ignore_ascii_case("https")) {
            return Err(R::Https);
        }
        let autorite = reste.split(['/', '?', '#']).next().unwrap_or_default();
        if autorite.contains('@') {
            return Err(R::Identifiants);
        }
        let url = Url::parse(texte).map_err(|_| R::Illisible)?;
        let hote = url.host_str().ok_or(R::Illisible)?;
        if !hote_ecrit(autorite).eq_ignore_ascii_case(hote) {
            return Err(R::Ecriture);
        }
        if url.fragment().is_some() {
            return Err(R::Fragment);
        }
        if url.port() == Some(0) {
            return Err(R::Port);
        }
        match url.host().ok_or(R::Illisible)? {
            Host::Domain(nom) if ouverture == Ouverture::Developpement && nom == "localhost" => {}
            Host::Domain(nom) => nom_permis(nom)?,
            Host::Ipv4(a) => adresse_permise(a.into(), ouverture).map_err(|_| R::Adresse)?,
            Host::Ipv6(a) => adresse_permise(a.into(), ouverture).map_err(|_| R::Adresse)?,
        }
        Ok(Self(url))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The name to be resolved; `None` when the host is an IP address.
    pub fn nom(&self) -> Option<&str> {
        match self.0.host()? {
            Host::Domain(nom) => Some(nom),
            Host::Ipv4(_) | Host::Ipv6(_) => None,
        }
    }

    /// Whether every address that the name leads to may be called; none at all may not.
    pub fn adresses_permises(adresses: &[IpAddr], ouverture: Ouverture) -> bool {
        !adresses.is_empty() && adresses.iter().all(|a| adresse_permise(*a, ouverture).is_ok())
    }
}

/// The host as it was written, without its port.
fn hote_ecrit(autorite: &str) -> &str {
    match autorite.find(']') {
        Some(fin) => autorite.get(..=fin).unwrap_or_default(),
        None => autorite.split(':').next().unwrap_or_default(),
    }
}

fn nom_permis(nom: &str) -> Result<(), CibleRefusee> {
    let etiquette = |e: &str| {
        (1..=63).contains(&e.len())
            && e.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
    };
    if nom.len() > 253 || !nom.split('.').all(etiquette) {
        return Err(CibleRefusee::Ecriture);
    }
    match nom.rsplit_once('.') {
        None => Err(CibleRefusee::Nom),
        Some((_, fin)) if SUFFIXES.contains(&fin) => Err(CibleRefusee::Nom),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests;
