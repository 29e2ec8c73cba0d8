//! What an API client was given: scopes (RFC 6749, section 3.3), narrower than a person's rights.

use std::collections::BTreeSet;
use std::fmt;

use crate::acteur::RoleMembre;
use crate::code::Code as _;
use crate::enum_code;

enum_code! {
    /// One thing that an API client may be given.
    pub enum Scope {
        /// Read dossiers, their inscriptions and règlements, and follow the live stream.
        DossiersRead = "dossiers:read",
        /// Read documents: lists, files, receipts.
        DocumentsRead = "documents:read",
        /// Deposit, replace and take back documents.
        DocumentsWrite = "documents:write",
        /// Read the messages of dossiers.
        MessagesRead = "messages:read",
        /// Write messages, and set them read or unread.
        MessagesWrite = "messages:write",
        /// Manage the webhooks of the company.
        WebhooksManage = "webhooks:manage",
    }
}

impl Scope {
    /// What the scope allows, in French, for whoever gives it.
    pub const fn description(self) -> &'static str {
        match self {
            Self::DossiersRead => {
                "Lire les dossiers, leurs inscriptions et leurs règlements, et suivre le fil des évènements."
            }
            Self::DocumentsRead => "Lire et télécharger les documents des dossiers et leurs reçus.",
            Self::DocumentsWrite => "Déposer, remplacer et annuler des documents.",
            Self::MessagesRead => "Lire les messages des dossiers.",
            Self::MessagesWrite => "Écrire des messages, et les marquer comme lus ou non lus.",
            Self::WebhooksManage => "Gérer les notifications automatiques (webhooks) des établissements.",
        }
    }
}

/// A set of scopes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scopes(BTreeSet<Scope>);

/// A word that is no scope of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("portée inconnue")]
pub struct ScopeInconnu;

impl Scopes {
    /// The set written as scopes separated by spaces, in any order; the empty text is the empty set.
    pub fn parse(texte: &str) -> Result<Self, ScopeInconnu> {
        texte.split_ascii_whitespace().map(|mot| Scope::du_code(mot).ok_or(ScopeInconnu)).collect()
    }

    /// Whether the set holds `scope`.
    pub fn contient(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Whether the set holds all of `autre`.
    pub fn couvre(&self, autre: &Self) -> bool {
        self.0.is_superset(&autre.0)
    }

    /// What both sets hold.
    #[must_use]
    pub fn commun(&self, autre: &Self) -> Self {
        self.0.intersection(&autre.0).copied().collect()
    }

    /// Whether the set holds nothing.
    pub fn est_vide(&self) -> bool {
        self.0.is_empty()
    }

    /// The scopes, in their natural order.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }

    /// The role that a client of these scopes holds in its établissements: no larger than they need.
    pub fn role(&self) -> RoleMembre {
        let ecrit = self.contient(Scope::DocumentsWrite) || self.contient(Scope::MessagesWrite);
        if ecrit { RoleMembre::Contributeur } else { RoleMembre::Lecteur }
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

/// The scopes separated by a space, as tokens carry them.
impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (rang, scope) in self.iter().enumerate() {
            let espace = if rang == 0 { "" } else { " " };
            write!(f, "{espace}{}", scope.code())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, ScopeInconnu, Scopes};
    use crate::acteur::RoleMembre;

    #[test]
    fn scopes_are_written_and_read_in_one_order() {
        for (texte, attendu) in [
            ("", Ok("")),
            ("documents:write dossiers:read", Ok("dossiers:read documents:write")),
            (" messages:read  messages:read ", Ok("messages:read")),
            ("dossiers:read admin", Err(ScopeInconnu)),
            ("DOSSIERS:READ", Err(ScopeInconnu)),
        ] {
            assert_eq!(Scopes::parse(texte).map(|s| s.to_string()), attendu.map(str::to_owned));
        }
    }

    #[test]
    fn a_role_is_no_larger_than_the_scopes_need() {
        for (scopes, role) in [
            (vec![], RoleMembre::Lecteur),
            (vec![Scope::DossiersRead, Scope::WebhooksManage], RoleMembre::Lecteur),
            (vec![Scope::DocumentsWrite], RoleMembre::Contributeur),
            (vec![Scope::MessagesWrite, Scope::DossiersRead], RoleMembre::Contributeur),
        ] {
            assert_eq!(scopes.into_iter().collect::<Scopes>().role(), role);
        }
    }

    #[test]
    fn narrowing_gives_nothing_more() {
        let large = Scopes::parse("dossiers:read documents:write").unwrap_or_default();
        let autre = Scopes::parse("dossiers:read messages:read").unwrap_or_default();
        assert_eq!(large.commun(&autre).to_string(), "dossiers:read");
        assert!(large.couvre(&large.commun(&autre)) && !large.couvre(&autre));
    }
}
