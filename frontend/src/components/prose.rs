//! Texts written by the organisation: paragraphs, and lists by lines that start with `- `.

use leptos::prelude::*;

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
enum Bloc<'a> {
    Paragraphe(Vec<&'a str>),
    Liste(Vec<&'a str>),
}

/// Blocks are separated by an empty line, or by the start or the end of a list.
fn blocs(texte: &str) -> Vec<Bloc<'_>> {
    let mut blocs: Vec<Bloc<'_>> = Vec::new();
    let mut suite = false;
    for ligne in texte.lines().map(str::trim) {
        match (ligne.strip_prefix("- "), blocs.last_mut()) {
            _ if ligne.is_empty() => {
                suite = false;
                continue;
            }
            (Some(element), Some(Bloc::Liste(elements))) if suite => elements.push(element),
            (Some(element), _) => blocs.push(Bloc::Liste(vec![element])),
            (None, Some(Bloc::Paragraphe(lignes))) if suite => lignes.push(ligne),
            (None, _) => blocs.push(Bloc::Paragraphe(vec![ligne])),
        }
        suite = true;
    }
    blocs
}

/// A text of the organisation.
#[component]
pub fn Prose(
    /// The text.
    #[prop(into)]
    texte: String,
) -> impl IntoView {
    blocs(&texte)
        .into_iter()
        .map(|bloc| match bloc {
            Bloc::Paragraphe(lignes) => view! { <p>{lignes.join(" ")}</p> }.into_any(),
            Bloc::Liste(elements) => {
                let elements: Vec<String> = elements.into_iter().map(str::to_owned).collect();
                view! { <ul>{elements.into_iter().map(|e| view! { <li>{e}</li> }).collect_view()}</ul> }.into_any()
            }
        })
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::{Bloc, blocs};

    #[test]
    fn paragraphs_and_lists_are_told_apart() {
        assert_eq!(
            blocs("Indiquez\u{a0}:\n- le NIR,\n- l’adresse.\n\nMerci\nd’avance."),
            [
                Bloc::Paragraphe(vec!["Indiquez\u{a0}:"]),
                Bloc::Liste(vec!["le NIR,", "l’adresse."]),
                Bloc::Paragraphe(vec!["Merci", "d’avance."]),
            ]
        );
        assert_eq!(blocs(""), []);
        assert_eq!(blocs("- un\n\n- deux"), [Bloc::Liste(vec!["un"]), Bloc::Liste(vec!["deux"])]);
    }
}
