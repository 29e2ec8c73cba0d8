//! Sheets: popovers that cover the page, without holding the focus as a dialog does.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{FocusEvent, HtmlElement, MouseEvent, Node};

/// Hides a sheet that the focus leaves for the page: it would stay open over where the focus is.
pub fn quitter(id: &str, e: &FocusEvent) {
    // No target: the window itself lost the focus, or nothing took it.
    let vers = e.related_target().and_then(|c| c.dyn_into::<Node>().ok());
    if let (Some(feuille), Some(vers)) = (ouverte(id), vers)
        && !feuille.contains(Some(&vers))
    {
        // An error says that it is being hidden.
        let _ = feuille.hide_popover();
    }
}

/// Leaves the focus in an open sheet while its button is pressed: the click that follows hides the sheet, rather than
/// showing again the one that losing the focus hid.
pub fn garder_focus(id: &str, e: &MouseEvent) {
    if ouverte(id).is_some() {
        e.prevent_default();
    }
}

/// The sheet, when it is open.
fn ouverte(id: &str) -> Option<HtmlElement> {
    let feuille = document().get_element_by_id(id)?.dyn_into::<HtmlElement>().ok()?;
    feuille.matches(":popover-open").unwrap_or(false).then_some(feuille)
}
