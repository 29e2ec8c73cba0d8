//! Where zones are in the page.

use leptos::prelude::document;

use crate::model::depot::{Lieu, Zone};
use crate::routes::ancre_piece;
use crate::state::page::viser_ou_reprendre;

/// The identifier of a zone in the page.
pub fn id_zone(zone: Zone) -> String {
    match zone.lieu {
        Lieu::Piece(id) => ancre_piece(id),
        Lieu::Opco => "documents-opco".to_owned(),
    }
}

/// The identifier of a zone's button.
pub fn id_bouton(zone: Zone) -> String {
    format!("{}-deposer", id_zone(zone))
}

/// Brings the focus to a zone's button; to the page when the zone takes no more files, and has none.
pub fn viser_zone(zone: Zone) {
    viser_ou_reprendre(&id_bouton(zone));
}

/// Whether the focus is in a zone, its rows and its cards included, or nowhere.
pub fn focus_dans(zone: Zone) -> bool {
    let Some(actif) = document().active_element() else { return false };
    actif.closest(&format!("#{}", id_zone(zone))).ok().flatten().is_some()
}
