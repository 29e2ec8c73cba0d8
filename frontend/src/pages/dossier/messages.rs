//! « MESSAGE(S) »: the thread of a dossier.

use domain::dossier::Etat;
use leptos::prelude::*;

use super::Ici;
use crate::components::fil::Fil;

/// The thread of the dossier.
#[component]
pub fn Messages() -> impl IntoView {
    let ici = Ici::courant();
    ici.titre(|| "Messages".to_owned());
    let peut_ecrire = Signal::derive(move || ici.dossier.with(|d| d.peut_contribuer));
    // Nobody of the other side sees a brouillon: what would be written there would not be read.
    let brouillon = Memo::new(move |_| ici.dossier.with(|d| d.etat == Etat::Brouillon));
    let destinataire = Signal::derive(move || {
        ici.dossier.with(|d| {
            if ici.membre() { d.gestionnaire.as_ref().map(|g| g.nom.clone()) } else { Some(d.adherent.clone()) }
        })
    });
    view! {
        <h2 class="vh">"Messages"</h2>
        <Show
            when=move || !brouillon.get()
            fallback=|| view! { <p class="aide">"Vous pourrez échanger ici dès que le dossier sera transmis."</p> }
        >
            <Fil dossier_id=ici.id peut_ecrire destinataire au_marquage=move |(_, lu): (uuid::Uuid, bool)| compter(ici, lu)/>
        </Show>
    }
}

/// The tab says at once what was read under it.
fn compter(ici: Ici, lu: bool) {
    ici.lecture.modifier(|dossier| {
        let nombre = &mut dossier.onglets.messages_non_lus;
        *nombre = (*nombre + if lu { -1 } else { 1 }).max(0);
    });
}
