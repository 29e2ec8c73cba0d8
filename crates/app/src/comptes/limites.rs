//! How many attempts are allowed, and for how long to wait beyond.
//!
//! An attempt is counted before it is judged, in a write transaction: attempts made at once are
//! all counted. A sign-in that succeeds forgets what its owner mistyped.

use std::net::IpAddr;

use db::Conn;
use db::tentatives::{self, Cle};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::reseau;
use crate::Error;

/// A number of attempts in a window, and the wait beyond.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limite {
    /// What is counted: part of the key.
    domaine: &'static str,
    maximum: i32,
    fenetre: SignedDuration,
    attente: SignedDuration,
}

const MIN_15: SignedDuration = SignedDuration::from_mins(15);
const HEURE: SignedDuration = SignedDuration::from_hours(1);

/// Sign-ins from one address, whatever the account: a list of accounts tried with one password.
const CONNEXION_ADRESSE: Limite =
    Limite { domaine: "connexion-adresse", maximum: 30, fenetre: MIN_15, attente: MIN_15 };
/// Sign-ins to one account from one address: a person who mistypes, or a guesser.
const CONNEXION_PAIRE: Limite = Limite { domaine: "connexion-paire", maximum: 5, fenetre: MIN_15, attente: MIN_15 };
/// Sign-ins to one account from everywhere: a guesser with many addresses.
const CONNEXION_COMPTE: Limite = Limite { domaine: "connexion-compte", maximum: 50, fenetre: HEURE, attente: HEURE };
/// Accounts asked for from one address.
pub(super) const CREATION_ADRESSE: Limite =
    Limite { domaine: "creation-adresse", maximum: 10, fenetre: HEURE, attente: HEURE };
/// Mails about an account to be made, to one mailbox.
pub(super) const CREATION_COURRIEL: Limite =
    Limite { domaine: "creation-courriel", maximum: 3, fenetre: HEURE, attente: HEURE };
/// Établissements that one account asks to join.
pub(super) const RATTACHEMENT: Limite = Limite { domaine: "rattachement", maximum: 10, fenetre: HEURE, attente: HEURE };
/// Invitations of one company.
pub(crate) const INVITATION_ENTREPRISE: Limite =
    Limite { domaine: "invitation-entreprise", maximum: 100, fenetre: HEURE, attente: HEURE };
/// Invitations of one company to one mailbox.
pub(crate) const INVITATION_COURRIEL: Limite =
    Limite { domaine: "invitation-courriel", maximum: 3, fenetre: HEURE, attente: HEURE };
/// Forgotten passwords from one address.
pub(super) const OUBLI_ADRESSE: Limite =
    Limite { domaine: "oubli-adresse", maximum: 20, fenetre: HEURE, attente: HEURE };
/// Mails about a forgotten password, to one mailbox.
pub(super) const OUBLI_COURRIEL: Limite =
    Limite { domaine: "oubli-courriel", maximum: 3, fenetre: HEURE, attente: HEURE };
/// Present passwords given to change it, by one account.
pub(super) const CHANGEMENT: Limite = Limite { domaine: "changement", maximum: 5, fenetre: MIN_15, attente: MIN_15 };

/// Wrong proofs of API clients from one address: that of a vendor may be all of its customers', some of whom revoked it.
/// Secrets are too long to be guessed; the limit spares the node.
pub(crate) const CLIENT_ADRESSE: Limite =
    Limite { domaine: "client-adresse", maximum: 300, fenetre: MIN_15, attente: MIN_15 };
/// Wrong proofs of one API client from one address.
pub(crate) const CLIENT_PAIRE: Limite =
    Limite { domaine: "client-paire", maximum: 10, fenetre: MIN_15, attente: MIN_15 };

/// An address that signed in to an account keeps its own way in for this long.
const HABITUDE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The longest that any counter matters.
pub(crate) const MEMOIRE: SignedDuration = HABITUDE;

/// An attempt that was one too many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Blocage {
    /// Seconds to wait.
    pub(super) attendre: u64,
    /// Whether it is the one that crossed the limit, and not one of those that follow.
    pub(super) debut: bool,
}

impl Limite {
    fn cle(&self, sujet: &str) -> Cle {
        cle(self.domaine, sujet)
    }

    /// For how many seconds no attempt of `sujet` is judged; counts nothing.
    pub(crate) fn bloque(&self, conn: &mut Conn, sujet: &str, maintenant: Timestamp) -> Result<Option<u64>, Error> {
        let compteur = tentatives::lire(conn, &self.cle(sujet))?;
        let fin = compteur.and_then(|c| c.bloquee_jusqu_a).filter(|fin| fin.0 > maintenant);
        Ok(fin.map(|fin| secondes(fin.0, maintenant)))
    }

    /// Counts an attempt; `Some(seconds)` when it is one too many, and was not to be judged.
    pub(crate) fn compter(&self, conn: &mut Conn, sujet: &str, maintenant: Timestamp) -> Result<Option<u64>, Error> {
        Ok(self.juger(conn, sujet, maintenant)?.map(|b| b.attendre))
    }

    fn juger(&self, conn: &mut Conn, sujet: &str, maintenant: Timestamp) -> Result<Option<Blocage>, Error> {
        let cle = self.cle(sujet);
        let present = tentatives::lire(conn, &cle)?;
        if let Some(jusqu_a) = present.and_then(|c| c.bloquee_jusqu_a) {
            if jusqu_a.0 > maintenant {
                return Ok(Some(Blocage { attendre: secondes(jusqu_a.0, maintenant), debut: false }));
            }
            tentatives::oublier(conn, &cle)?;
        }
        let depuis = maintenant.saturating_sub(self.fenetre).unwrap_or(Timestamp::MIN);
        let compteur = tentatives::compter(conn, &cle, depuis, maintenant)?;
        if compteur.nombre <= self.maximum {
            return Ok(None);
        }
        let jusqu_a = maintenant.saturating_add(self.attente).unwrap_or(Timestamp::MAX);
        tentatives::bloquer(conn, &cle, jusqu_a)?;
        Ok(Some(Blocage { attendre: secondes(jusqu_a, maintenant), debut: true }))
    }

    /// Forgets the attempts of `sujet`.
    pub(super) fn oublier(&self, conn: &mut Conn, sujet: &str) -> Result<(), Error> {
        Ok(tentatives::oublier(conn, &self.cle(sujet))?)
    }
}

/// One person at one address who signs in.
#[derive(Debug, Clone)]
pub(super) struct Essai {
    adresse: String,
    compte: String,
    paire: String,
}

impl Essai {
    /// An attempt on the account of `email`, whether it exists or not.
    pub(super) fn new(email: &str, adresse: IpAddr) -> Self {
        let (adresse, compte) = (reseau(adresse), email.trim().to_lowercase());
        Self { paire: format!("{compte}\n{adresse}"), adresse, compte }
    }

    /// Counts it. The counter over all addresses is left out for an address that signed in to the
    /// account lately: nobody can shut the owner out by failing from elsewhere.
    pub(super) fn compter(&self, conn: &mut Conn, maintenant: Timestamp) -> Result<Option<Blocage>, Error> {
        // Always in this order, here and in `reussir`: two attempts never wait for each other.
        if let Some(blocage) = CONNEXION_ADRESSE.juger(conn, &self.adresse, maintenant)? {
            return Ok(Some(blocage));
        }
        if let Some(blocage) = CONNEXION_PAIRE.juger(conn, &self.paire, maintenant)? {
            return Ok(Some(blocage));
        }
        if self.habituel(conn, maintenant)? {
            return Ok(None);
        }
        CONNEXION_COMPTE.juger(conn, &self.compte, maintenant)
    }

    /// The network address that it comes from, as attempts are counted.
    pub(super) fn adresse(&self) -> &str {
        &self.adresse
    }

    /// Forgets what was counted, and remembers the address.
    pub(super) fn reussir(&self, conn: &mut Conn, maintenant: Timestamp) -> Result<(), Error> {
        tentatives::rendre(conn, &CONNEXION_ADRESSE.cle(&self.adresse))?;
        CONNEXION_PAIRE.oublier(conn, &self.paire)?;
        CONNEXION_COMPTE.oublier(conn, &self.compte)?;
        tentatives::compter(conn, &self.habitude(), maintenant, maintenant)?;
        Ok(())
    }

    /// Lets its owner in, who proved to be so otherwise: what was mistyped before counts no more.
    pub(super) fn pardonner(&self, conn: &mut Conn) -> Result<(), Error> {
        CONNEXION_PAIRE.oublier(conn, &self.paire)?;
        CONNEXION_COMPTE.oublier(conn, &self.compte)
    }

    fn habituel(&self, conn: &mut Conn, maintenant: Timestamp) -> Result<bool, Error> {
        let depuis = maintenant.saturating_sub(HABITUDE).unwrap_or(Timestamp::MIN);
        Ok(tentatives::lire(conn, &self.habitude())?.is_some_and(|c| c.debut_le.0 > depuis))
    }

    fn habitude(&self) -> Cle {
        cle("connexion-habituelle", &self.paire)
    }
}

fn cle(domaine: &str, sujet: &str) -> Cle {
    Sha256::digest(format!("{domaine}:{sujet}").as_bytes()).into()
}

fn secondes(jusqu_a: Timestamp, maintenant: Timestamp) -> u64 {
    u64::try_from(jusqu_a.duration_since(maintenant).as_secs()).unwrap_or(0).max(1)
}
