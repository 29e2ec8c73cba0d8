//! The vendors' guide: the chapters of `docs/api`, in the binary, as pages.

use std::sync::LazyLock;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// Where the chapters are served.
pub const ADRESSE: &str = "/docs/api";
/// The chapter to begin with.
pub const ACCUEIL: &str = "guide";

/// A chapter: its name in addresses, its name in the menu, its text.
struct Source {
    nom: &'static str,
    menu: &'static str,
    texte: &'static str,
}

macro_rules! chapitres {
    ($($nom:literal => $menu:literal),+ $(,)?) => {
        &[$(Source {
            nom: $nom,
            menu: $menu,
            texte: include_str!(concat!("../../../docs/api/", $nom, ".md")),
        }),+]
    };
}
/// In the order of the menu.
const SOURCES: &[Source] = chapitres! {
    "guide" => "Guide",
    "jetons" => "Jetons",
    "requetes" => "Requêtes",
    "webhooks" => "Webhooks",
    "etats" => "États",
    "bac-a-sable" => "Bac à sable",
    "versions" => "Versions",
};

macro_rules! exemples {
    ($($nom:literal),+ $(,)?) => {
        &[$(($nom, include_str!(concat!("../../../docs/api/exemples/", $nom)))),+]
    };
}
/// The vendor's program and what it needs, as files.
const EXEMPLES: &[(&str, &str)] = exemples!["editeur.py", "requirements.txt"];

/// The sheet of the pages: the tokens of the application, and their use here.
pub const FEUILLE: &str =
    concat!(include_str!("../../../frontend/styles/tokens.css"), include_str!("guide/feuille.css"));

/// The pages, made when first asked for.
static PAGES: LazyLock<Vec<(&str, String)>> =
    LazyLock::new(|| SOURCES.iter().map(|source| (source.nom, chapitre(source))).collect());

/// The page of a chapter.
pub fn page(nom: &str) -> Option<&'static str> {
    PAGES.iter().find(|(connu, _)| *connu == nom).map(|(_, page)| page.as_str())
}

/// The text of an example.
pub fn exemple(nom: &str) -> Option<&'static str> {
    EXEMPLES.iter().find(|(connu, _)| *connu == nom).map(|(_, texte)| *texte)
}

/// A page of the documentation, whose menu shows the present chapter if it is one.
pub fn cadre(titre: &str, present: Option<&str>, corps: &str) -> String {
    let lien = |adresse: &str, nom: &str, ici: bool| {
        let ici = if ici { " aria-current=\"page\"" } else { "" };
        format!("<li><a href=\"{adresse}\"{ici}>{nom}</a></li>\n")
    };
    let chapitres: String = SOURCES
        .iter()
        .map(|s| lien(&format!("{ADRESSE}/{}", s.nom), s.menu, present == Some(s.nom)))
        .chain([lien("/docs/", "Référence", false)])
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{titre} — eGestion</title>\n<link rel=\"stylesheet\" href=\"{ADRESSE}/feuille.css\">\n</head>\n\
         <body>\n<a class=\"aller\" href=\"#contenu\">Aller au contenu</a>\n\
         <header>\n<p>eGestion <span>API</span></p>\n\
         <nav aria-label=\"Chapitres\">\n<ul>\n{chapitres}</ul>\n</nav>\n</header>\n\
         <main id=\"contenu\" tabindex=\"-1\">\n{corps}</main>\n</body>\n</html>\n"
    )
}

fn chapitre(source: &Source) -> String {
    let evenements = Parser::new_ext(source.texte, Options::ENABLE_TABLES).map(lier).collect();
    let (titre, evenements) = ancrer(evenements);
    let mut corps = String::new();
    html::push_html(&mut corps, evenements.into_iter());
    // Wide ones are scrolled by themselves, with the keyboard too.
    let corps = corps
        .replace("<table>", "<div class=\"large\" role=\"group\" aria-label=\"Tableau\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>")
        .replace("<pre>", "<pre tabindex=\"0\">");
    cadre(&titre, Some(source.nom), &corps)
}

/// A link to the file of a chapter becomes one to its page.
fn lier(evenement: Event<'_>) -> Event<'_> {
    match evenement {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let ailleurs = dest_url.contains("://");
            let dest_url = if ailleurs { dest_url } else { CowStr::from(dest_url.replacen(".md", "", 1)) };
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        autre => autre,
    }
}

/// Gives each heading the anchor that code forges give it; and the first of them is the title.
fn ancrer(mut evenements: Vec<Event<'_>>) -> (String, Vec<Event<'_>>) {
    let (mut titre, mut debut, mut texte) = (String::new(), None, String::new());
    for rang in 0..evenements.len() {
        match &evenements[rang] {
            Event::Start(Tag::Heading { .. }) => (debut, texte) = (Some(rang), String::new()),
            Event::Text(t) | Event::Code(t) if debut.is_some() => texte.push_str(t),
            Event::End(TagEnd::Heading(_)) => {
                let ancre = ancre(&texte);
                if let Some(Event::Start(Tag::Heading { id, .. })) = debut.take().and_then(|d| evenements.get_mut(d)) {
                    *id = Some(ancre.into());
                }
                if titre.is_empty() {
                    titre.clone_from(&texte);
                }
            }
            _ => {}
        }
    }
    (titre, evenements)
}

/// Lower case, spaces as dashes, no punctuation.
fn ancre(texte: &str) -> String {
    let garde = |c: char| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        _ => c.is_alphanumeric().then_some(c),
    };
    texte.to_lowercase().chars().filter_map(garde).collect()
}
