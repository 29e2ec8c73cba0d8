use domain::secret::Secret;

use super::personnes::{MOT_DE_PASSE, PERSONNES};
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
    crate::comptes::hacher(app, Secret::new(MOT_DE_PASSE.to_owned())).await
}
