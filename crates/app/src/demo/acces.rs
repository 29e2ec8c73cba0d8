use argon2::PasswordHasher as _;

use super::personnes::{MOT_DE_PASSE, PERSONNES};
use crate::context::CoutArgon2;
use crate::{App, Error};

/// A sign-in of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acces {
    /// First and last name.
    pub nom: String,
    /// What the person is.
    pub qui: String,
    /// The address to sign in with; the password is [`MOT_DE_PASSE`].
    pub email: String,
}

/// The sign-ins to print.
pub(super) fn presentes() -> Vec<Acces> {
    let presentees = PERSONNES.iter().filter_map(|p| p.presente.map(|qui| (p, qui)));
    presentees
        .map(|(p, qui)| Acces {
            nom: format!("{} {}", p.prenom, p.nom),
            qui: qui.to_owned(),
            email: p.email.to_owned(),
        })
        .collect()
}

/// A hash of the documented password, with a salt of its own.
pub(super) async fn hachage(app: &App) -> Result<String, Error> {
    let cout = app.reglages().argon2;
    let hacher = tokio::task::spawn_blocking(move || hacher(cout));
    hacher.await.map_err(|e| Error::Interne(e.to_string()))?
}

fn hacher(cout: CoutArgon2) -> Result<String, Error> {
    let interne = |e: &dyn std::fmt::Display| Error::Interne(format!("hachage : {e}"));
    let params = argon2::Params::new(cout.memoire, cout.passes, 1, None).map_err(|e| interne(&e))?;
    let hachage = argon2::Argon2::from(params).hash_password(MOT_DE_PASSE.as_bytes()).map_err(|e| interne(&e))?;
    Ok(hachage.to_string())
}
