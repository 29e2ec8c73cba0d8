//! The pages shown beyond the first: kept in the address, and read again with it.

use api_types::endpoint::ListerDossiers;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Liste;
use crate::components::suite::{Paginee as _, continuer};

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
            Some(curseur) if montrees < filtre.suites => spawn_local(suivre(liste, curseur)),
            _ if montrees != filtre.suites => liste.noter(filtre.allonge(montrees)),
            _ => {}
        }
    });
}

/// Reads the page at a cursor.
async fn suivre(liste: Liste, depart: String) {
    let Some(mut query) = liste.filtre.try_with_untracked(|f| f.query.clone()) else { return };
    query.curseur = Some(depart.clone());
    // A failure is not told: « Afficher la suite » stays there to try again.
    let _ = continuer(liste.lecture, &ListerDossiers { query }, &depart).await;
}
