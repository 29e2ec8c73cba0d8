//! The figures of the year.

use api_types::portail::Chiffres as Donnees;
use domain::montant::Centimes;
use leptos::prelude::*;

use crate::format;
use crate::routes::Route;

/// The anchor of « À faire », on the same page.
pub const A_FAIRE: &str = "a-faire";

/// The strip of figures.
#[component]
pub fn Chiffres(chiffres: Signal<Donnees>) -> impl IntoView {
    let nombre = move |lire: fn(&Donnees) -> i64| move || chiffres.with(|c| format::nombre(lire(c)));
    let montant = move |lire: fn(&Donnees) -> i64| move || chiffres.with(|c| Centimes(lire(c)).to_string());
    let annee = move || chiffres.with(|c| c.annee);
    let retard = move || {
        chiffres.with(|c| match (c.pieces_attendues, c.pieces_en_retard) {
            (0, _) => "rien n’est attendu de vous".to_owned(),
            (_, 0) => "aucune en retard".to_owned(),
            (_, n) => format!("dont {} en retard", format::nombre(n)),
        })
    };
    view! {
        <ul class="chiffres" aria-label="Vos dossiers en chiffres">
            <li class:signal=move || chiffres.with(|c| c.pieces_attendues > 0)>
                <a href=format!("#{A_FAIRE}")>
                    <span class="etiquette">"Pièces à fournir"</span>
                    <b>{nombre(|c| c.pieces_attendues)}</b>
                    <span class="meta">{retard}</span>
                </a>
            </li>
            <li>
                <a href=Route::Dossiers.href()>
                    <span class="etiquette">"Dossiers en cours"</span>
                    <b>{nombre(|c| c.en_cours)}</b>
                </a>
            </li>
            <li>
                <div><span class="etiquette">"Accordé en "{annee}</span><b>{montant(|c| c.accorde)}</b></div>
            </li>
            <li>
                <div><span class="etiquette">"Réglé en "{annee}</span><b>{montant(|c| c.regle)}</b></div>
            </li>
            <li>
                <div><span class="etiquette">"À régler"</span><b>{montant(|c| c.a_regler)}</b></div>
            </li>
        </ul>
    }
}
