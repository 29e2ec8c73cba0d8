//! State stamps: an icon, a word, a tone.

use leptos::prelude::*;

use super::icone::{Glyphe, Icone};

/// What a stamp or an alert tells by its colour; never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ton {
    /// Nothing in particular.
    #[default]
    Neutre,
    /// Under way.
    Encre,
    /// Something is expected from the reader.
    Signal,
    /// Accepted, done.
    Ok,
    /// Refused, late, in error.
    Non,
    /// Inert, or a draft.
    Tirets,
}

impl Ton {
    /// The class of a block with this tone: `base base--ton`.
    pub fn classe(self, base: &str) -> String {
        let ton = match self {
            Self::Neutre => return base.to_owned(),
            Self::Encre => "encre",
            Self::Signal => "signal",
            Self::Ok => "ok",
            Self::Non => "non",
            Self::Tirets => "tirets",
        };
        format!("{base} {base}--{ton}")
    }
}

/// A state stamp.
#[component]
pub fn Pastille(
    /// Its icon.
    glyphe: Glyphe,
    /// Its tone.
    #[prop(optional)]
    ton: Ton,
    /// Its words.
    #[prop(into)]
    texte: String,
) -> impl IntoView {
    view! { <span class=ton.classe("pastille")><Icone glyphe/>{texte}</span> }
}
