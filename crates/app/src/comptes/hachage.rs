//! Hashes of passwords: Argon2id, off the asynchronous threads, few at a time.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use domain::secret::Secret;

use crate::context::CoutArgon2;
use crate::{App, Error};

/// Longest wait for a turn to hash: beyond it the service is overloaded, and says so.
const ATTENTE_MAX: Duration = Duration::from_secs(10);

/// The hash of a password, in PHC form: its parameters and salt travel with it.
pub(crate) async fn hacher(app: &App, mot_de_passe: Secret<String>) -> Result<String, Error> {
    let cout = app.reglages().argon2;
    calculer(app, move || {
        let hachage = argon2(cout)?.hash_password(mot_de_passe.expose().as_bytes()).map_err(interne)?;
        Ok(hachage.to_string())
    })
    .await
}

/// Whether a password is the one of a hash. Without a hash, the same work is done and the answer is no:
/// the time taken does not tell whether there is one.
pub(super) async fn verifier(app: &App, mot_de_passe: Secret<String>, hachage: Option<String>) -> Result<bool, Error> {
    let cout = app.reglages().argon2;
    calculer(app, move || {
        let connu = hachage.is_some();
        let hachage = hachage.unwrap_or_else(|| factice(cout));
        // The parameters are those of the hash, not those of today.
        let juste = argon2(cout)?.verify_password(mot_de_passe.expose().as_bytes(), hachage.as_str()).is_ok();
        Ok(connu && juste)
    })
    .await
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
    f: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let sature = || Error::Indisponible("trop de mots de passe à vérifier à la fois".to_owned());
    let tour = tokio::time::timeout(ATTENTE_MAX, Arc::clone(app.hachages()).acquire_owned());
    let tour = tour.await.map_err(|_| sature())?.map_err(|_| sature())?;
    let calcul = tokio::task::spawn_blocking(move || {
        let valeur = f();
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

    use super::{argon2, factice, perime};
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
    fn a_change_of_cost_is_seen() {
        let hachage = argon2(COUT).unwrap().hash_password(b"x").unwrap().to_string();
        assert!(hachage.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hachage}");
        assert!(!perime(&hachage, COUT));
        assert!(perime(&hachage, CoutArgon2 { memoire: 16, ..COUT }));
        assert!(perime(&hachage, CoutArgon2 { passes: 2, ..COUT }));
        assert!(perime("illisible", COUT));
    }
}
