//! The list that a dossier was opened from, as it was left: one comes back to it. Kept as long as one goes from this list
//! to dossiers and from one dossier to the next; reloading the page or signing out forgets it.

use std::any::Any;
use std::cell::RefCell;

use api_types::travail::Travail;
use leptos::prelude::window;
use uuid::Uuid;

use super::page;
use crate::routes::Route;

/// A list that leads to dossiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Liste {
    /// « Ma file de travail ».
    File,
    /// « Suivre les dossiers de formation ».
    Dossiers,
}

impl Liste {
    fn de(chemin: &str) -> Option<Self> {
        let lieux = [(Self::File, Route::Gestion), (Self::Dossiers, Route::Dossiers)];
        lieux.into_iter().find(|(_, route)| route.href() == chemin).map(|(liste, _)| liste)
    }
}

struct Origine {
    liste: Liste,
    defilement: f64,
    /// The dossier opened last, whose row has the focus when one comes back.
    dossier: Uuid,
    montree: Option<Montree>,
    /// Whether it is shown again, and its place still to be found.
    rendue: bool,
}

/// What a list shows, and the path that it was read at.
type Montree = (String, Box<dyn Any>);

thread_local! {
    static ORIGINE: RefCell<Option<Origine>> = const { RefCell::new(None) };
    /// The address of « Suivre les dossiers de formation », as it was last shown.
    static ADRESSE: RefCell<Option<String>> = const { RefCell::new(None) };
    /// Tells what the list that is there shows.
    static REGARD: RefCell<Box<dyn Fn() -> Option<Montree>>> = RefCell::new(Box::new(|| None));
}

/// Follows the way from one page to another, while the first is still there.
pub fn passer(avant: &str, ici: &str) {
    ORIGINE.with_borrow_mut(|origine| match (dossier_de(ici), Liste::de(avant)) {
        (Some(dossier), Some(liste)) => {
            let defilement = window().scroll_y().unwrap_or_default();
            let montree = REGARD.with_borrow(|regard| regard());
            *origine = Some(Origine { liste, defilement, dossier, montree, rendue: false });
        }
        (Some(dossier), None) => {
            if let Some(origine) = origine {
                origine.dossier = dossier;
            }
        }
        (None, _) if origine.as_ref().is_some_and(|o| Liste::de(ici) == Some(o.liste)) => {}
        (None, _) => *origine = None,
    });
}

/// The dossier that an address shows.
fn dossier_de(chemin: &str) -> Option<Uuid> {
    chemin.strip_prefix(&Route::Dossiers.href())?.strip_prefix('/')?.split('/').next()?.parse().ok()
}

/// The list that the dossier shown was opened from.
pub fn liste() -> Option<Liste> {
    ORIGINE.with_borrow(|o| o.as_ref().map(|o| o.liste))
}

/// Says how to know what the list that is there shows, to be kept when it is left for one of its dossiers.
pub fn tenir<T: 'static>(montree: impl Fn() -> Option<(String, T)> + 'static) {
    REGARD.set(Box::new(move || montree().map(|(chemin, montree)| (chemin, Box::new(montree) as Box<dyn Any>))));
}

/// What a list read at `chemin` showed when it was left; its place is then found by [`revenir`].
pub fn rendre<T: 'static>(liste: Liste, chemin: &str) -> Option<T> {
    ORIGINE.with_borrow_mut(|origine| {
        let origine = origine.as_mut().filter(|o| o.liste == liste)?;
        let (_, montree) = origine.montree.take_if(|(lu, _)| lu == chemin)?;
        let montree = *montree.downcast().ok()?;
        origine.rendue = true;
        Some(montree)
    })
}

/// Looks at the worklist, or changes it, when the dossier shown was opened from it.
pub fn dans_la_file<U>(faire: impl FnOnce(&mut Travail) -> U) -> Option<U> {
    ORIGINE.with_borrow_mut(|origine| origine.as_mut()?.montree.as_mut()?.1.downcast_mut().map(faire))
}

/// The identifier of the link of a dossier in its list.
pub fn ancre(dossier: Uuid) -> String {
    format!("ligne-{dossier}")
}

/// Finds the place of the list that is shown again, with the focus on the dossier that was opened; whether there is one.
pub fn revenir() -> bool {
    let lieu = ORIGINE.with_borrow_mut(|origine| {
        let origine = origine.as_mut().filter(|o| o.rendue)?;
        origine.rendue = false;
        Some((origine.defilement, origine.dossier))
    });
    if let Some((defilement, dossier)) = lieu {
        window().scroll_to_with_x_and_y(0.0, defilement);
        // The dossier may have left the list.
        page::viser_ou_reprendre(&ancre(dossier));
    }
    lieu.is_some()
}

/// Notes the address that shows the dossiers as they are filtered.
pub fn noter_adresse(adresse: String) {
    ADRESSE.set(Some(adresse));
}

/// The address of « Suivre les dossiers de formation », as it was last shown.
pub fn adresse() -> Option<String> {
    ADRESSE.with_borrow(Clone::clone)
}

/// Forgets the lists: the session ended.
pub fn oublier() {
    ORIGINE.set(None);
    ADRESSE.set(None);
}
