//! « Espace Compétences »: the services about skills.

use api_types::endpoint::LirePortail;
use api_types::portail::Theme;
use leptos::prelude::*;

use super::fiche::RetourPortail;
use super::themes::Carte;
use crate::api::lecture::lire;
use crate::components::chargement::Chargement;
use crate::components::titre::TitrePage;
use crate::components::vide::Vide;
use crate::state::page;

/// The page of skills.
#[component]
pub fn Competences() -> impl IntoView {
    page::titre(|| "Espace Compétences".into());
    let lecture = lire(|| Some(LirePortail {}));
    view! {
        <RetourPortail/>
        <TitrePage
            titre="Espace Compétences"
            sous_titre="Qualifier un besoin, choisir une certification, organiser la formation"
        />
        <Chargement lecture quoi="les services" let:portail>
            {move || {
                let themes = portail.with(|p| sur_les_competences(&p.themes));
                if themes.is_empty() {
                    view! {
                        <Vide titre="Aucun service pour le moment">
                            <p>"Les services sur les compétences s’affichent ici dès leur publication."</p>
                        </Vide>
                    }
                        .into_any()
                } else {
                    view! {
                        <h2 class="vh">"Services"</h2>
                        <div class="themes">
                            {themes
                                .into_iter()
                                .map(|(rang, theme)| view! { <Carte theme rang/> })
                                .collect_view()}
                        </div>
                    }
                        .into_any()
                }
            }}
        </Chargement>
    }
}

/// The themes about skills, with their rank on the portal; all of them when none is named so.
fn sur_les_competences(themes: &[Theme]) -> Vec<(usize, Theme)> {
    let nommes: Vec<_> =
        themes.iter().cloned().enumerate().filter(|(_, t)| t.titre.to_lowercase().contains("compétence")).collect();
    if nommes.is_empty() { themes.iter().cloned().enumerate().collect() } else { nommes }
}
