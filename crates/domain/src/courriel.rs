//! E-mail addresses.

/// An address that a mail can be sent to, in the form accounts are known by (lower case).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

/// The text has not the shape of an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("adresse électronique incomplète")]
pub struct EmailError;

impl Email {
    /// Reads an address: one `@`, a name before it, a domain with a dot after it, 254 bytes at most. A domain
    /// under `.invalid` leads nowhere (RFC 6761): accounts of software are called by such names.
    pub fn parse(texte: &str) -> Result<Self, EmailError> {
        let t = texte.trim().to_lowercase();
        let (nom, domaine) = t.split_once('@').ok_or(EmailError)?;
        let propre = |s: &str| {
            !s.is_empty() && s.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"@,;<>()\"\\".contains(c))
        };
        let domaine_bon = domaine.split('.').count() >= 2
            && domaine.split('.').all(|p| !p.is_empty())
            && !domaine.ends_with(".invalid");
        if t.len() <= 254 && propre(nom) && propre(domaine) && domaine_bon { Ok(Self(t)) } else { Err(EmailError) }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Email;

    #[test]
    fn addresses_are_read_or_refused() {
        assert_eq!(
            Email::parse(" N.Lemercier@Bati-Rives.example ").map(|e| e.as_str().to_owned()),
            Ok("n.lemercier@bati-rives.example".to_owned())
        );
        for mauvais in ["", "a", "a@b", "@b.fr", "a@.fr", "a@b.", "a b@c.fr", "a@b@c.fr", "a\n@b.fr", "a@b.INVALID"] {
            assert!(Email::parse(mauvais).is_err(), "{mauvais}");
        }
    }
}
