//! What can go wrong between the page and the server.

use api_types::problem::FieldError;
use api_types::{Problem, ProblemCode};

/// Why an operation gave no answer that can be used.
#[derive(Debug, Clone, PartialEq)]
pub enum Echec {
    /// The API refused, and says why.
    Probleme {
        /// The problem.
        probleme: Box<Problem>,
        /// Seconds to wait before trying again, when the server says so.
        attente: Option<u32>,
    },
    /// Nothing came back: the network is cut, or the server cannot be reached.
    Reseau,
    /// Something came back that is not an answer of this API; the HTTP status.
    Illisible(u16),
}

impl Echec {
    /// The stable code, when the API answered.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Probleme { probleme, .. } => Some(probleme.code),
            Self::Reseau | Self::Illisible(_) => None,
        }
    }

    /// The fields at fault.
    pub fn champs(&self) -> &[FieldError] {
        match self {
            Self::Probleme { probleme, .. } => &probleme.errors,
            Self::Reseau | Self::Illisible(_) => &[],
        }
    }

    /// The same failure where no form shows its fields: what is wrong with the first of them is its detail.
    pub fn hors_formulaire(self) -> Self {
        match self {
            Self::Probleme { mut probleme, attente } => {
                if let Some(champ) = probleme.errors.first() {
                    probleme.detail = Some(champ.detail.clone());
                }
                Self::Probleme { probleme, attente }
            }
            autre @ (Self::Reseau | Self::Illisible(_)) => autre,
        }
    }

    /// Whether the same request may succeed later: the network, or the server, was at fault.
    pub fn passager(&self) -> bool {
        match self {
            Self::Reseau => true,
            Self::Illisible(statut) => !(400..500).contains(statut),
            Self::Probleme { probleme, .. } => probleme.status >= 500 || probleme.code == ProblemCode::TropDeRequetes,
        }
    }

    /// The failure that an answer tells, from its status, its `Retry-After` and its text.
    pub fn de_reponse(statut: u16, attente: Option<&str>, texte: &str) -> Self {
        let attente = attente.and_then(|a| a.trim().parse().ok());
        match serde_json::from_str::<Problem>(texte) {
            Ok(probleme) => Self::Probleme { probleme: Box::new(probleme), attente },
            Err(_) => Self::Illisible(statut),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Echec;
    use api_types::ProblemCode;

    #[test]
    fn a_problem_is_read_and_anything_else_is_unreadable() {
        let texte = r#"{"type":"/problems/trop-de-requetes","title":"Trop de requêtes","status":429,"code":"trop-de-requetes"}"#;
        let echec = Echec::de_reponse(429, Some("120"), texte);
        assert_eq!(echec.code(), Some(ProblemCode::TropDeRequetes));
        assert!(matches!(echec, Echec::Probleme { attente: Some(120), .. }));
        assert!(echec.passager());
        assert_eq!(Echec::de_reponse(502, None, "<html>Bad gateway</html>"), Echec::Illisible(502));
        assert_eq!(Echec::de_reponse(404, None, ""), Echec::Illisible(404));
    }
}
