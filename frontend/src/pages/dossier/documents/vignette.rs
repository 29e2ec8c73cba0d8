//! A drawn thumbnail: what kind of document it is, at a glance.

use domain::document::Format;
use leptos::prelude::*;

const LIGNES: &str = "<path d=\"M6 15h32M6 19h32M6 23h32M6 27h32M6 31h32M6 35h32M6 39h20\" \
    stroke=\"currentColor\" stroke-width=\"1.2\" opacity=\".55\"/>";
const TEXTE: &str = "<path d=\"M6 8h20\" stroke=\"currentColor\" stroke-width=\"2.4\"/>";
const TABLEAU: &str = concat!(
    "<path d=\"M6 8h18\" stroke=\"currentColor\" stroke-width=\"2.4\"/>",
    "<path d=\"M6 14h32v36H6zM6 20h32M6 26h32M6 32h32M6 38h32M6 44h32M18 14v36M28 14v36\" ",
    "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1\" opacity=\".7\"/>",
);
const PHOTO: &str = concat!(
    "<path d=\"M0 58V40l12-12 10 10 8-6 14 12v14z\" fill=\"currentColor\" opacity=\".7\"/>",
    "<circle cx=\"31\" cy=\"16\" r=\"5\" fill=\"currentColor\" opacity=\".5\"/>",
);

/// The thumbnail of a format; plain text when it is not known.
#[component]
pub fn Vignette(
    /// The format.
    format: Option<Format>,
) -> impl IntoView {
    let (classe, dessin) = match format {
        Some(Format::Jpeg | Format::Png | Format::Tiff | Format::Heic) => {
            ("vignette vignette--photo", PHOTO.to_owned())
        }
        Some(Format::Xlsx | Format::Ods) => ("vignette", TABLEAU.to_owned()),
        Some(Format::Pdf | Format::Docx | Format::Odt) | None => ("vignette", format!("{TEXTE}{LIGNES}")),
    };
    view! { <svg class=classe viewBox="0 0 44 58" aria-hidden="true" inner_html=dessin></svg> }
}
