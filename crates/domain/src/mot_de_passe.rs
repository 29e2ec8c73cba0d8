//! What a password must be (CNIL 2022-100, NIST SP 800-63B): long enough and not guessable.

/// Fewest characters of a password.
pub const LONGUEUR_MIN: usize = 12;
/// Most characters of a password: enough for a sentence, bounded for the hash.
pub const LONGUEUR_MAX: usize = 256;
/// Lowest accepted score of the estimator, from 0 (guessed at once) to 4 (very unguessable).
pub const SCORE_MIN: u8 = 3;

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MotDePasseRefuse {
    /// Under [`LONGUEUR_MIN`] characters.
    #[error("le mot de passe compte au moins 12 caractères")]
    TropCourt,
    /// Over [`LONGUEUR_MAX`] characters.
    #[error("le mot de passe compte au plus 256 caractères")]
    TropLong,
    /// In the list of common passwords, or guessable from the person's own data.
    #[error("ce mot de passe se devine trop facilement : une phrase de quatre mots suffit, les espaces comptent")]
    Devinable,
}

/// Judges the length alone; the estimate of strength is the server's.
pub fn longueur(mot_de_passe: &str) -> Result<(), MotDePasseRefuse> {
    match mot_de_passe.chars().count() {
        n if n < LONGUEUR_MIN => Err(MotDePasseRefuse::TropCourt),
        n if n > LONGUEUR_MAX => Err(MotDePasseRefuse::TropLong),
        _ => Ok(()),
    }
}
