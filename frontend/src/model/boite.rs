//! What the inbox shows, as its address holds it.

use api_types::messages::FiltreMessages;
use uuid::Uuid;

use crate::routes::{Route, pourcent};

/// What the inbox shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Vue {
    /// Words of the text.
    pub q: Option<String>,
    /// Only unread messages.
    pub non_lus: bool,
    /// The dossier and the message shown beside the list.
    pub choisi: Option<(Uuid, Uuid)>,
}

impl Vue {
    /// Reads the parameters of an address; what is not understood is left out.
    pub fn lire(parametre: impl Fn(&str) -> Option<String>) -> Self {
        let id = |nom: &str| parametre(nom).and_then(|v| v.parse().ok());
        Self {
            q: parametre("q").map(|q| q.trim().to_owned()).filter(|q| !q.is_empty()),
            non_lus: parametre("non_lus").as_deref() == Some("true"),
            choisi: id("dossier").zip(id("message")),
        }
    }

    /// The address that shows it.
    pub fn adresse(&self) -> String {
        let mut parties = Vec::new();
        if let Some(q) = &self.q {
            parties.push(format!("q={}", pourcent(q)));
        }
        if self.non_lus {
            parties.push("non_lus=true".to_owned());
        }
        if let Some((dossier, message)) = self.choisi {
            parties.push(format!("dossier={dossier}&message={message}"));
        }
        let racine = Route::Messagerie.href();
        if parties.is_empty() { racine } else { format!("{racine}?{}", parties.join("&")) }
    }

    /// The filter of the list, without its cursor.
    pub fn filtre(&self) -> FiltreMessages {
        FiltreMessages { q: self.q.clone(), non_lus: self.non_lus.then_some(true), curseur: None, limite: None }
    }

    /// The same list with another message shown, or none.
    pub fn avec(&self, choisi: Option<(Uuid, Uuid)>) -> Self {
        Self { choisi, ..self.clone() }
    }

    /// All messages, or the unread ones.
    pub fn filtree(&self, non_lus: bool) -> Self {
        Self { non_lus, choisi: None, ..self.clone() }
    }

    /// The messages that hold these words.
    pub fn cherchee(&self, q: &str) -> Self {
        let q = q.trim();
        Self { q: (!q.is_empty()).then(|| q.to_owned()), choisi: None, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::Vue;

    fn lire(parametres: &[(&str, &str)]) -> Vue {
        Vue::lire(|nom| parametres.iter().find(|(n, _)| *n == nom).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn an_address_and_what_it_shows_say_the_same() {
        let id = Uuid::nil();
        let vue = Vue { q: Some("soudage & cie".into()), non_lus: true, choisi: Some((id, id)) };
        assert_eq!(
            vue.adresse(),
            format!("/egestion/messagerie?q=soudage%20%26%20cie&non_lus=true&dossier={id}&message={id}")
        );
        let id = id.to_string();
        assert_eq!(lire(&[("q", "soudage & cie"), ("non_lus", "true"), ("dossier", &id), ("message", &id)]), vue);
        assert_eq!(Vue::default().adresse(), "/egestion/messagerie");
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        let id = Uuid::nil().to_string();
        assert_eq!(lire(&[("q", "  "), ("non_lus", "oui"), ("message", &id)]), Vue::default());
    }

    #[test]
    fn changing_the_list_lets_go_of_the_message_shown() {
        let vue = Vue { choisi: Some((Uuid::nil(), Uuid::nil())), ..Vue::default() };
        assert_eq!(vue.filtree(true).choisi, None);
        assert_eq!(vue.cherchee(" a ").q.as_deref(), Some("a"));
        assert_eq!(vue.cherchee("").choisi, None);
    }
}
