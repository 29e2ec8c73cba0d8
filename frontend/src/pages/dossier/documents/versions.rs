//! The versions of a document, the latest first.

use api_types::documents::Document;
use api_types::endpoint::{Endpoint, ListerVersions, TelechargerDocument, TelechargerRecu};
use domain::document::Statut;
use leptos::prelude::*;

use super::classeur::Classeur;
use super::fiche::pastille;
use crate::api::lecture::lire;
use crate::components::chargement::Chargement;
use crate::components::dialogue::Dialogue;
use crate::components::icone::Glyphe;
use crate::components::pastille::{Pastille, Ton};
use crate::format;

/// The dialog of the versions.
#[component]
pub fn DialogueVersions() -> impl IntoView {
    let sujet = Classeur::courant().versions;
    let titre = Signal::derive(move || {
        sujet.de.with(|d| d.as_ref().map(|d| format!("Versions de {}", d.nom)).unwrap_or_default())
    });
    view! {
        <Dialogue id="versions" ouvert=sujet.ouvert titre>
            <Versions/>
        </Dialogue>
    }
}

#[component]
fn Versions() -> impl IntoView {
    let sujet = Classeur::courant().versions;
    let lecture = lire(move || sujet.de.with(|d| d.as_ref().map(|d| ListerVersions { document_id: d.id })));
    view! {
        <div class="dialogue__corps">
            <Chargement lecture quoi="les versions" let:versions>
                <ol class="frise">
                    {move || {
                        versions.with(|v| {
                            let presente = v.elements.first().map(|d| d.id);
                            v.elements.iter().map(|d| ligne(d, presente == Some(d.id))).collect_view()
                        })
                    }}
                </ol>
            </Chargement>
            <p class="aide">"Rien ne disparaît\u{a0}: les versions remplacées restent lisibles des deux côtés."</p>
        </div>
    }
}

fn ligne(d: &Document, presente: bool) -> impl IntoView + use<> {
    let document_id = d.id;
    let titre = if presente {
        format!("Version\u{a0}{}, actuelle ", d.version)
    } else {
        format!("Version\u{a0}{} ", d.version)
    };
    let etat = if presente {
        pastille(d)
    } else {
        view! { <Pastille glyphe=Glyphe::Moins ton=Ton::Tirets texte="Remplacée"/> }.into_any()
    };
    let transmis = d.transmis_le.map(|t| format!(" Transmis le {}.", format::instant(t))).unwrap_or_default();
    let detail = format!(
        "{}, {}. Déposé par {} le {}.{transmis}",
        d.nom,
        format::taille(d.taille),
        d.depose_par,
        format::instant(d.depose_le)
    );
    let lisible = d.statut != Statut::Infecte;
    view! {
        <li>
            <b>{titre}</b>
            {etat}
            <p class="meta">{detail}</p>
            {d.motif.clone().map(|m| view! { <p class="motif">{m}</p> })}
            <p class="rang">
                {lisible
                    .then(|| {
                        view! {
                            <a class="lien" href=TelechargerDocument { document_id }.path() download=d.nom.clone()>
                                "Télécharger"
                                <span class="vh">{format!(" la version {}", d.version)}</span>
                            </a>
                        }
                    })}
                <a class="lien" href=TelechargerRecu { document_id }.path() download="">
                    "Reçu de dépôt"
                    <span class="vh">{format!(" de la version {}", d.version)}</span>
                </a>
            </p>
        </li>
    }
}
