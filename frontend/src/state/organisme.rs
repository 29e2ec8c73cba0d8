//! The organisation whose extranet this is.

use api_types::endpoint::LireConfiguration;
use api_types::portail::{Configuration, Mode};
use leptos::prelude::*;

use crate::api::lecture::{Lecture, lire};

/// What the server says of itself before anybody signs in.
#[derive(Clone, Copy)]
pub struct Organisme(Lecture<Configuration>);

impl Organisme {
    /// Asks the server.
    pub fn nouveau() -> Self {
        Self(lire(|| Some(LireConfiguration {})))
    }

    /// The organisation of this page.
    pub fn courant() -> Self {
        expect_context()
    }

    /// The organisation's name; « l’OPCO » until it is known.
    pub fn nom(self) -> String {
        self.0.donnee().with(|c| c.as_ref().map_or_else(|| "l’OPCO".to_owned(), |c| c.organisme.clone()))
    }

    /// The assistance's telephone number, when it is known.
    pub fn assistance(self) -> Option<String> {
        self.0.donnee().with(|c| c.as_ref().map(|c| c.assistance.clone())).filter(|n| !n.is_empty())
    }

    /// How long a deposit can be taken back, in seconds; 0 transmits at once.
    pub fn annulation_secondes(self) -> u32 {
        self.0.donnee().with(|c| c.as_ref().map_or(0, |c| c.annulation_secondes))
    }

    /// Whether all that is shown is invented.
    pub fn bac_a_sable(self) -> bool {
        self.0.donnee().with(|c| c.as_ref().is_some_and(|c| c.mode == Mode::BacASable))
    }
}

/// A telephone number as a link writes it: `tel:0800940999`.
pub fn lien_tel(numero: &str) -> String {
    format!("tel:{}", numero.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>())
}
