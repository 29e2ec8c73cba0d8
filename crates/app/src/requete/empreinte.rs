use sha2::{Digest as _, Sha256};

/// What tells a request from another under the same key: method, address and meaning of its body.
///
/// The key is part of what is hashed and is itself kept as a hash alone: what is stored tells
/// nothing of a body, not even of a password that somebody would try to guess.
#[derive(Debug, Clone)]
pub struct Empreinte {
    hash: Sha256,
    complete: bool,
    figee: bool,
}

impl Empreinte {
    /// Of a request whose body is still to come.
    pub fn new(cle: &str, methode: &str, adresse: &str) -> Self {
        let mut empreinte = Self { hash: Sha256::new(), complete: true, figee: false };
        for texte in [cle, methode, adresse] {
            empreinte.delimite(texte.as_bytes());
        }
        empreinte
    }

    /// Adds the next bytes of a body that is what it is.
    pub fn octets(&mut self, octets: &[u8]) {
        if !self.figee {
            self.hash.update(octets);
        }
    }

    /// Adds a field of a form: how its parts are told apart does not count.
    pub fn champ(&mut self, nom: &str, valeur: &[u8]) {
        self.hash.update([1]);
        self.delimite(nom.as_bytes());
        self.delimite(valeur);
    }

    /// Adds a file of a form.
    pub fn fichier(&mut self, champ: &str, nom: &str, sha256: &[u8; 32]) {
        self.hash.update([2]);
        self.delimite(champ.as_bytes());
        self.delimite(nom.as_bytes());
        self.hash.update(sha256);
    }

    /// What was added tells the request from another: the bytes that follow do not count.
    pub fn figer(&mut self) {
        self.figee = true;
    }

    /// Part of the body was not read: the request cannot be told from others any more.
    pub fn perdre(&mut self) {
        self.complete = false;
    }

    /// The fingerprint of what was added; `None` when something was not.
    pub fn conclure(&self) -> Option<[u8; 32]> {
        self.complete.then(|| self.hash.clone().finalize().into())
    }

    fn delimite(&mut self, octets: &[u8]) {
        self.hash.update((octets.len() as u64).to_be_bytes());
        self.hash.update(octets);
    }
}

#[cfg(test)]
mod tests {
    use super::Empreinte;

    fn formulaire(champs: &[(&str, &str)]) -> Option<[u8; 32]> {
        let mut e = Empreinte::new("k", "POST", "/a");
        for (nom, valeur) in champs {
            e.champ(nom, valeur.as_bytes());
        }
        e.conclure()
    }

    #[test]
    fn parts_are_told_apart_by_their_places() {
        assert_eq!(formulaire(&[("a", "b")]), formulaire(&[("a", "b")]));
        for autre in [vec![("ab", "")], vec![("", "ab")], vec![("a", "b"), ("", "")], vec![("a", "c")]] {
            assert_ne!(formulaire(&[("a", "b")]), formulaire(&autre), "{autre:?}");
        }
        assert_ne!(Empreinte::new("k", "POST", "/a").conclure(), Empreinte::new("k2", "POST", "/a").conclure());
        assert_ne!(Empreinte::new("k", "POST", "/a").conclure(), Empreinte::new("k", "POST", "/a?b").conclure());
        let mut figee = Empreinte::new("k", "POST", "/a");
        figee.figer();
        figee.octets(b"b");
        assert_eq!(figee.conclure(), Empreinte::new("k", "POST", "/a").conclure());
        let mut perdue = Empreinte::new("k", "POST", "/a");
        perdue.perdre();
        assert_eq!(perdue.conclure(), None);
    }
}
