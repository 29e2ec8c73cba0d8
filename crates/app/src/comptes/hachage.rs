//! Hashes of passwords: Argon2id, off the asynchronous threads, few at a time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use argon2::password_hash::phc::{Output, PasswordHash};
use argon2::{Algorithm, Argon2, Block, Params, PasswordHasher as _, Version};
use domain::secret::Secret;
use tokio::sync::Semaphore;

use crate::context::CoutArgon2;
use crate::{App, Error};

/// Longest wait for a turn to hash: beyond it the service is overloaded, and says so.
const ATTENTE_MAX: Duration = Duration::from_secs(10);

/// The turns to hash, and the memory that hashes work in.
#[derive(Debug)]
pub(crate) struct Hachages {
    /// Hashes are slow on purpose: no more at once than cores, so that other requests live.
    tours: Arc<Semaphore>,
    atelier: Mutex<Atelier>,
}

/// Memory goes from one hash to the next while they follow each other: to be given pages by the system, and to
/// clear them, costs a tenth of a hash. It goes back to the system with the last of them.
#[derive(Debug, Default)]
struct Atelier {
    presents: usize,
    libres: Vec<Vec<Block>>,
}

impl Hachages {
    /// As many turns as cores.
    pub(crate) fn new() -> Self {
        let coeurs = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { tours: Arc::new(Semaphore::new(coeurs)), atelier: Mutex::default() }
    }

    fn atelier(&self) -> std::sync::MutexGuard<'_, Atelier> {
        self.atelier.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works in memory that another hash left, whatever it left in it.
    fn avec_memoire<T>(&self, blocs: usize, f: impl FnOnce(&mut [Block]) -> T) -> T {
        let mut memoire = self.atelier().libres.pop().unwrap_or_default();
        memoire.resize(blocs, Block::default());
        let fait = f(&mut memoire);
        self.atelier().libres.push(memoire);
        fait
    }
}

/// A hash that waits or works: while there is one, memory is kept.
struct Presence(App);

impl Presence {
    fn de(app: &App) -> Self {
        app.hachages().atelier().presents += 1;
        Self(app.clone())
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        let mut atelier = self.0.hachages().atelier();
        atelier.presents -= 1;
        if atelier.presents == 0 {
            atelier.libres.clear();
        }
    }
}

/// The hash of a password, in PHC form: its parameters and salt travel with it.
pub(crate) async fn hacher(app: &App, mot_de_passe: Secret<String>) -> Result<String, Error> {
    let cout = app.reglages().argon2;
    calculer(app, move |_| {
        let hachage = argon2(cout)?.hash_password(mot_de_passe.expose().as_bytes()).map_err(interne)?;
        Ok(hachage.to_string())
    })
    .await
}

/// Whether a password is the one of a hash. Without a hash, the same work is done and the answer is no:
/// the time taken does not tell whether there is one.
pub(super) async fn verifier(app: &App, mot_de_passe: Secret<String>, hachage: Option<String>) -> Result<bool, Error> {
    let cout = app.reglages().argon2;
    calculer(app, move |hachages| {
        let connu = hachage.is_some();
        let hachage = hachage.unwrap_or_else(|| factice(cout));
        let juste = est_celui(hachages, mot_de_passe.expose(), &hachage)?;
        Ok(connu && juste)
    })
    .await
}

/// Whether a password is the one of a hash, by the parameters of the hash and not those of today.
fn est_celui(hachages: &Hachages, mot_de_passe: &str, hachage: &str) -> Result<bool, Error> {
    let hachage = PasswordHash::new(hachage).map_err(interne)?;
    let (Some(sel), Some(attendu)) = (&hachage.salt, &hachage.hash) else { return Ok(false) };
    let algorithme = Algorithm::try_from(hachage.algorithm.as_str()).map_err(interne)?;
    let version = hachage.version.map_or(Ok(Version::default()), Version::try_from).map_err(interne)?;
    let parametres = Params::try_from(&hachage).map_err(interne)?;
    let blocs = parametres.block_count();
    let argon2 = Argon2::new(algorithme, version, parametres);
    let mut trouve = vec![0; attendu.len()];
    hachages
        .avec_memoire(blocs, |memoire| {
            argon2.hash_password_into_with_memory(mot_de_passe.as_bytes(), sel, &mut trouve, memoire)
        })
        .map_err(interne)?;
    // Compared in constant time.
    Ok(Output::new(&trouve).map_err(interne)? == *attendu)
}

/// Whether a hash was made at another cost than that of today.
pub(super) fn perime(hachage: &str, cout: CoutArgon2) -> bool {
    let parametres = PasswordHash::new(hachage).ok().and_then(|h| Params::try_from(&h).ok());
    parametres.is_none_or(|p| p.m_cost() != cout.memoire || p.t_cost() != cout.passes || p.p_cost() != 1)
}

/// Runs a hash when its turn comes. The turn is held by the work itself: a client that hangs up
/// frees no place for another hash.
pub(super) async fn calculer<T: Send + 'static>(
    app: &App,
    f: impl FnOnce(&Hachages) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let presence = Presence::de(app);
    let sature = || Error::Indisponible("trop de mots de passe à vérifier à la fois".to_owned());
    let tour = tokio::time::timeout(ATTENTE_MAX, Arc::clone(&app.hachages().tours).acquire_owned());
    let tour = tour.await.map_err(|_| sature())?.map_err(|_| sature())?;
    let calcul = tokio::task::spawn_blocking(move || {
        let valeur = f(presence.0.hachages());
        drop(tour);
        valeur
    });
    calcul.await.map_err(|e| Error::Interne(format!("hachage interrompu : {e}")))?
}

fn argon2(cout: CoutArgon2) -> Result<Argon2<'static>, Error> {
    let parametres = Params::new(cout.memoire, cout.passes, 1, None).map_err(interne)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parametres))
}

/// A hash that no password has, at the cost of today.
fn factice(cout: CoutArgon2) -> String {
    format!("$argon2id$v=19$m={},t={},p=1$c2VsIGZhY3RpY2UhISE${}", cout.memoire, cout.passes, "A".repeat(43))
}

fn interne(e: impl std::fmt::Display) -> Error {
    Error::Interne(format!("hachage : {e}"))
}

#[cfg(test)]
mod tests {
    use argon2::PasswordHasher as _;
    use argon2::password_hash::phc::PasswordHash;

    use super::{Hachages, argon2, est_celui, factice, perime};
    use crate::context::CoutArgon2;

    const COUT: CoutArgon2 = CoutArgon2 { memoire: 8, passes: 1 };

    #[test]
    fn the_false_hash_is_computed_like_a_true_one() {
        let hachage = factice(COUT);
        let lu = PasswordHash::new(&hachage).unwrap();
        assert_eq!(lu.hash.unwrap().len(), 32);
        assert!(lu.salt.is_some());
        assert!(!perime(&hachage, COUT));
    }

    #[test]
    fn what_a_hash_leaves_in_memory_changes_no_other() {
        let hachages = Hachages::new();
        let plus_cher = CoutArgon2 { memoire: 64, passes: 2 };
        let [un, autre] = [(COUT, "un"), (plus_cher, "autre")]
            .map(|(cout, mot)| argon2(cout).unwrap().hash_password(mot.as_bytes()).unwrap().to_string());
        for _ in 0..2 {
            for (mot, hachage, juste) in
                [("un", &un, true), ("autre", &un, false), ("autre", &autre, true), ("un", &autre, false)]
            {
                assert_eq!(est_celui(&hachages, mot, hachage).unwrap(), juste, "{mot}");
            }
        }
        assert_eq!(hachages.atelier().libres.len(), 1);
    }

    #[test]
    fn a_change_of_cost_is_seen() {
        let hachage = argon2(COUT).unwrap().hash_password(b"x").unwrap().to_string();
        assert!(hachage.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hachage}");
        assert!(!perime(&hachage, COUT));
        assert!(perime(&hachage, CoutArgon2 { memoire: 16, ..COUT }));
        assert!(perime(&hachage, CoutArgon2 { passes: 2, ..COUT }));
        assert!(perime("illisible", COUT));
    }
}
