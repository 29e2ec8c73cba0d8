//! Files attached to messages that are not sent yet, for as long as the page is open: the browser keeps no file for later.

use std::cell::RefCell;
use std::collections::HashMap;

use uuid::Uuid;
use web_sys::File;

/// Who writes, and on which dossier.
pub type Place = (Option<Uuid>, Uuid);

thread_local! {
    static JOINTS: RefCell<HashMap<Place, Vec<File>>> = RefCell::default();
}

/// The files attached to the message being written.
pub fn lire(place: Place) -> Vec<File> {
    JOINTS.with_borrow(|joints| joints.get(&place).cloned().unwrap_or_default())
}

/// Keeps them.
pub fn garder(place: Place, fichiers: Vec<File>) {
    JOINTS.with_borrow_mut(|joints| {
        if fichiers.is_empty() {
            joints.remove(&place);
        } else {
            joints.insert(place, fichiers);
        }
    });
}

/// Forgets all of them: the person signed out.
pub fn oublier() {
    JOINTS.with_borrow_mut(HashMap::clear);
}
