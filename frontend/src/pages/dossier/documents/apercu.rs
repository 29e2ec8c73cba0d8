//! The preview of a document, without leaving the page.

use api_types::documents::Document;
use api_types::endpoint::{ApercuDocument, Endpoint, TelechargerDocument};
use domain::document::Format;
use leptos::prelude::*;

use super::classeur::Classeur;
use crate::components::dialogue::Dialogue;
use crate::components::icone::{Glyphe, Icone};

/// The dialog that shows a PDF or a picture.
#[component]
pub fn DialogueApercu() -> impl IntoView {
    let sujet = Classeur::courant().apercu;
    let titre = Signal::derive(move || sujet.de.with(|d| d.as_ref().map(|d| d.nom.clone()).unwrap_or_default()));
    view! {
        <Dialogue id="apercu" ouvert=sujet.ouvert titre>
            {move || sujet.de.with(|d| d.as_ref().map(montrer))}
        </Dialogue>
    }
}

fn montrer(d: &Document) -> impl IntoView + use<> {
    let document_id = d.id;
    let apercu = ApercuDocument { document_id }.path();
    let page = if d.format == Format::Pdf {
        view! { <iframe class="apercu__page" src=apercu.clone() title=d.nom.clone()></iframe> }.into_any()
    } else {
        view! {
            <div class="visionneuse__page" tabindex="0" role="region" aria-label=format!("Image {}", d.nom)>
                <img class="apercu__image" src=apercu.clone() alt=format!("Aperçu de {}", d.nom)/>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="visionneuse apercu">
            <div class="visionneuse__outils">
                <a class="btn btn--petit" href=apercu target="_blank" rel="noopener">
                    <Icone glyphe=Glyphe::Externe classe="icone--s"/>
                    "Ouvrir dans un onglet"
                </a>
                <a class="btn btn--petit" href=TelechargerDocument { document_id }.path() download=d.nom.clone()>
                    <Icone glyphe=Glyphe::Bas classe="icone--s"/>
                    "Télécharger"
                </a>
            </div>
            {page}
        </div>
    }
}
