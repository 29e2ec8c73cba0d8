//! What a member may do in an établissement, in words.

use api_types::membres::RattachementMembre;
use domain::RoleMembre;
use leptos::prelude::*;

/// What a role is called.
pub const fn nom(role: RoleMembre) -> &'static str {
    match role {
        RoleMembre::Lecteur => "Lecteur",
        RoleMembre::Contributeur => "Contributeur",
        RoleMembre::Administrateur => "Administrateur",
    }
}

/// What a role allows.
pub const fn effet(role: RoleMembre) -> &'static str {
    match role {
        RoleMembre::Lecteur => "voit les dossiers et ne change rien",
        RoleMembre::Contributeur => "dépose les documents et écrit les messages",
        RoleMembre::Administrateur => "contribue, et gère les utilisateurs et les accès API",
    }
}

/// What somebody may do, one établissement a line: « Siège, Rezé : administrateur ».
#[component]
pub fn Roles(
    /// The établissements, with the role in each.
    rattachements: Vec<RattachementMembre>,
) -> impl IntoView {
    let lignes = rattachements.into_iter().map(|r| view! { <li>{dire(&r.etablissement.nom, r.role)}</li> });
    view! { <ul class="meta">{lignes.collect_view()}</ul> }
}

fn dire(lieu: &str, role: RoleMembre) -> String {
    format!("{lieu}\u{a0}: {}", nom(role).to_lowercase())
}

#[cfg(test)]
mod tests {
    use domain::RoleMembre;

    use super::dire;

    #[test]
    fn a_role_is_told_after_its_place() {
        assert_eq!(dire("Siège, Rezé", RoleMembre::Administrateur), "Siège, Rezé\u{a0}: administrateur");
    }
}
