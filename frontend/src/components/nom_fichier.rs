//! The name of a file.

use leptos::prelude::*;

/// Longest extension that is kept whole, its dot included: a longer one is a part of the name.
const EXTENSION_MAX: usize = 6;

/// The name of a file, which breaks after its words and before its extension, and within a word only if it must.
#[component]
pub fn NomFichier(
    /// The name.
    #[prop(into)]
    nom: String,
) -> impl IntoView {
    let (base, extension) = couper(&nom);
    let mots = base.split_inclusive('_').map(|mot| view! { {mot.to_owned()}<wbr/> }).collect_view();
    view! { {mots}<span class="insecable">{extension.to_owned()}</span> }
}

/// The name and its extension, which is empty when there is none.
fn couper(nom: &str) -> (&str, &str) {
    match nom.rfind('.') {
        Some(point) if point > 0 && nom[point..].chars().count() <= EXTENSION_MAX => nom.split_at(point),
        _ => (nom, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::couper;

    #[test]
    fn an_extension_is_what_follows_the_last_dot_when_it_is_short() {
        assert_eq!(couper("Convention_de_formation_signée.pdf"), ("Convention_de_formation_signée", ".pdf"));
        assert_eq!(couper("archive.2026.docx"), ("archive.2026", ".docx"));
        assert_eq!(couper("Mme. Lefebvre"), ("Mme. Lefebvre", ""));
        assert_eq!(couper(".profil"), (".profil", ""));
        assert_eq!(couper("scan"), ("scan", ""));
    }
}
