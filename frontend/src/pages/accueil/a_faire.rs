//! « À faire »: what is awaited from the member, the most urgent first.

use api_types::portail::AFaire as Tache;
use leptos::prelude::*;

use super::chiffres::A_FAIRE;
use crate::components::echeance::{Jour, Proximite};
use crate::components::icone::{Glyphe, Icone};
use crate::components::vide::Vide;
use crate::format;
use crate::routes::{Onglet, Route};

/// What is awaited.
#[component]
pub fn AFaire(a_faire: Signal<Vec<Tache>>) -> impl IntoView {
    view! {
        <section class="feuille" id=A_FAIRE aria-labelledby="titre-a-faire" tabindex="-1">
            <div class="feuille__tete">
                <h2 id="titre-a-faire">"À faire"</h2>
                <span class="meta">"Le plus urgent d’abord"</span>
            </div>
            {move || {
                let taches = a_faire.get();
                if taches.is_empty() {
                    view! {
                        <div class="feuille__corps">
                            <Vide titre="Rien n’est attendu de votre part">
                                <p>"Les pièces demandées s’affichent ici, avec leur date."</p>
                            </Vide>
                        </div>
                    }
                        .into_any()
                } else {
                    let lignes = taches.into_iter().enumerate();
                    let lignes = lignes.map(|(rang, t)| view! { <Ligne tache=t premiere=rang == 0/> }).collect_view();
                    view! { <ul class="taches">{lignes}</ul> }.into_any()
                }
            }}
        </section>
    }
}

#[component]
fn Ligne(tache: Tache, premiere: bool) -> impl IntoView {
    let Tache { dossier_id, numero, dispositif, intitule, piece_id, piece, echeance, demandee_par } = tache;
    let aujourd_hui = format::aujourd_hui();
    let proximite = echeance.map(|e| Proximite::de(e, aujourd_hui));
    let pressee = premiere || proximite == Some(Proximite::Depassee);
    let distance = echeance.map(|e| {
        let dit = format::distance(e, aujourd_hui);
        let classe = Proximite::de(e, aujourd_hui).texte();
        view! { <span class=classe>{format::majuscule(&dit)}"."</span>" " }
    });
    let cible = format!("\u{a0}: {piece}, dossier {numero}");
    let qui = demandee_par.map(|par| format!(", demandée par {par}"));
    view! {
        <li>
            {echeance
                .map_or_else(
                    || view! { <p class="jour"><span>"sans date"</span></p> }.into_any(),
                    |date| view! { <Jour date/> }.into_any(),
                )}
            <div>
                <h3>{piece}</h3>
                <p class="meta">
                    {distance}
                    "Dossier "
                    <a class="num" href=Route::Dossier(dossier_id, Onglet::Documents).href()>{numero}</a>
                    {format!(", {intitule}, {dispositif}")}
                    {qui}
                </p>
            </div>
            <a
                class="btn btn--petit"
                class:btn--plein=pressee
                href=Route::Piece { dossier: dossier_id, piece: piece_id }.href()
            >
                <Icone glyphe=Glyphe::Nuage classe="icone--s"/>
                "Déposer"
                <span class="vh">{cible}</span>
            </a>
        </li>
    }
}
