//! The pages shown beyond the first: kept in the address, and read again with it.

use api_types::dossiers::PageDossiers;
use api_types::endpoint::ListerDossiers;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Liste;
use crate::api::http;
use crate::components::suite::Paginee;

/// The server's page size.
const PAGE: usize = 50;

/// Keeps the address and the number of pages shown in step.
pub fn tenir() {
    let liste = Liste::courante();
    Effect::new(move |_| {
        let Some((nombre, curseur)) =
            liste.lecture.donnee().with(|p| p.as_ref().map(|p| (p.nombre(), p.suivant.clone())))
        else {
            return;
        };
        let montrees = nombre.div_ceil(PAGE).saturating_sub(1);
        let filtre = liste.filtre.get_untracked();
        match curseur {
            Some(curseur) if montrees < filtre.suites => spawn_local(continuer(liste, curseur)),
            _ if montrees != filtre.suites => liste.noter(filtre.allonge(montrees)),
            _ => {}
        }
    });
}

/// Reads the page at a cursor, unless the list has changed meanwhile.
async fn continuer(liste: Liste, depart: String) {
    let Some(mut query) = liste.filtre.try_with_untracked(|f| f.query.clone()) else { return };
    query.curseur = Some(depart.clone());
    // A failure is not told: « Afficher la suite » stays there to try again.
    let Ok(suite) = http::lire(&ListerDossiers { query }, None).await else { return };
    let la = |page: &Option<PageDossiers>| page.as_ref().is_some_and(|p| p.suivant.as_deref() == Some(&depart));
    if liste.lecture.donnee().try_with_untracked(la) == Some(true) {
        liste.lecture.modifier(|page| page.ajouter(suite));
    }
}
