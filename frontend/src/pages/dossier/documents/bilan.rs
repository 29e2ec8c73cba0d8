//! What became of the files of one gesture, when one at least was not deposited.

use leptos::prelude::*;

use super::phrases;
use crate::components::icone::{Glyphe, Icone};
use crate::model::depot::{Bilan, Depot, Evenement, Zone};
use crate::pages::dossier::atelier::{Atelier, viser_zone};
use crate::state::page::{bientot, viser};

/// The summaries of a zone, and what was left out of its last gesture.
#[component]
pub fn Bilans(
    /// The zone.
    zone: Zone,
) -> impl IntoView {
    let atelier = Atelier::courant();
    let bilans = Memo::new(move |_| atelier.depot().with(|d| du_lieu(d, zone)));
    let avis = Memo::new(move |_| atelier.avis(zone));
    view! {
        {move || avis.get().map(|texte| view! { <p class="aide">{texte}</p> })}
        <For each=move || bilans.get() key=|b| b.lot let:bilan>
            <Resume bilan/>
        </For>
    }
}

fn du_lieu(depot: &Depot, zone: Zone) -> Vec<Bilan> {
    depot.bilans().filter(|b| b.zone == zone).collect()
}

#[component]
fn Resume(bilan: Bilan) -> impl IntoView {
    let atelier = Atelier::courant();
    let (lot, zone, premier) = (bilan.lot, bilan.zone, bilan.premier);
    let lu = move |_| {
        atelier.appliquer(Evenement::BilanLu(lot));
        bientot(move || viser_zone(zone));
    };
    // Announced by the live region: this one stays for the eyes.
    view! {
        <div class="alerte alerte--signal">
            <Icone glyphe=Glyphe::Info/>
            <div>
                <p><b>{phrases::bilan(&bilan)}</b></p>
                <p class="alerte__actions">
                    {premier
                        .map(|id| {
                            view! {
                                <button class="btn btn--petit" type="button" on:click=move |_| viser(&format!("envoi-{id}"))>
                                    "Voir le premier"
                                    <span class="vh">" fichier non déposé"</span>
                                </button>
                            }
                        })}
                    <button class="btn btn--petit btn--nu" type="button" on:click=lu>"C’est noté"</button>
                </p>
            </div>
        </div>
    }
}
