//! The gestionnaire's worklist: what arrived on each dossier, the oldest first.

pub mod ligne;

use api_types::endpoint::LireTravail;
use api_types::travail::{EvenementType, PageTravail, Travail};
use domain::acteur::Cote;
use leptos::prelude::*;

use self::ligne::Ligne;
use crate::api::lecture::Lecture;
use crate::api::live::{Nouvelle, ecouter};
use crate::components::chargement::Chargement;
use crate::components::icone::{Glyphe, Icone};
use crate::components::nouveautes::{Nouveautes, compter_depuis};
use crate::components::redirection::Redirection;
use crate::components::suite::{Suite, lire_liste_tenue};
use crate::components::titre::TitrePage;
use crate::components::vide::Vide;
use crate::format;
use crate::routes::{Onglet, Route};
use crate::state::origine::Liste;
use crate::state::page;
use crate::state::session::Session;

/// The worklist of a gestionnaire. Others start elsewhere.
#[component]
pub fn Gestion() -> impl IntoView {
    let session = Session::courante();
    let cote = untrack(|| session.cote());
    match cote {
        Cote::Gestionnaire => view! { <File/> }.into_any(),
        Cote::Membre | Cote::AdministrateurOpco => view! { <Redirection vers=Route::depart(cote)/> }.into_any(),
    }
}

#[component]
fn File() -> impl IntoView {
    page::titre(|| "Ma file de travail".into());
    let operation = || Some(LireTravail { query: PageTravail::default() });
    let lecture = lire_liste_tenue(Liste::File, operation, page_suivante);
    let arrives = arrives(lecture);
    let premier = Memo::new(move |_| {
        lecture.donnee().with(|t| t.as_ref().and_then(|t| t.elements.first().map(|l| l.dossier.id)))
    });
    let sous_titre = move || {
        lecture.donnee().with(|t| {
            t.as_ref().map(|t| match t.total {
                0 => "Rien à traiter".to_owned(),
                n => {
                    format!("{}, le plus ancien d’abord", format::pluriel(n, "dossier à traiter", "dossiers à traiter"))
                }
            })
        })
    };
    view! {
        <TitrePage titre="Ma file de travail" sous_titre=Signal::derive(sous_titre)>
            {move || {
                premier
                    .get()
                    .map(|id| {
                        view! {
                            <a class="btn btn--plein" href=Route::Dossier(id, Onglet::Documents).href()>
                                "Ouvrir le plus ancien"
                                <Icone glyphe=Glyphe::Fleche/>
                            </a>
                        }
                    })
            }}
        </TitrePage>
        <Nouveautes nombre=arrives un="nouveauté" plusieurs="nouveautés" afficher=move |()| lecture.relire()/>
        <Chargement lecture quoi="la file de travail" let:travail>
            <Table travail lecture/>
        </Chargement>
    }
}

fn page_suivante(curseur: String) -> LireTravail {
    LireTravail { query: PageTravail { curseur: Some(curseur), limite: None } }
}

/// How many things arrived since the list was read.
fn arrives(lecture: Lecture<Travail>) -> RwSignal<usize> {
    let arrives = RwSignal::new(0);
    ecouter(move |nouvelle| match nouvelle {
        Nouvelle::Arrivee(e) if matches!(e.nature, EvenementType::DocumentTransmis | EvenementType::MessageEnvoye) => {
            arrives.update(|n| *n += 1);
        }
        Nouvelle::Arrivee(_) => {}
        Nouvelle::Reprise => lecture.relire(),
    });
    compter_depuis(lecture, arrives);
    arrives
}

#[component]
fn Table(travail: Signal<Travail>, lecture: Lecture<Travail>) -> impl IntoView {
    let ids = move || travail.with(|t| t.elements.iter().map(|l| l.dossier.id).collect::<Vec<_>>());
    let ligne = move |id: uuid::Uuid| {
        let premiere = travail.with_untracked(|t| t.elements.iter().find(|l| l.dossier.id == id).cloned())?;
        let suivie = Memo::new(move |_| {
            let trouvee = travail.with(|t| t.elements.iter().find(|l| l.dossier.id == id).cloned());
            trouvee.unwrap_or_else(|| premiere.clone())
        });
        Some(view! { <Ligne ligne=suivie lecture/> })
    };
    view! {
        <Show when=move || travail.with(|t| !t.elements.is_empty()) fallback=|| view! { <Rien/> }>
            <div class="table-cadre" tabindex="0" role="region" aria-label="File de travail">
                <table class="table table--cartes table--large">
                    <caption class="vh">"Dossiers où quelque chose est arrivé, le plus ancien d’abord"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Dossier"</th>
                            <th scope="col">"Dispositif"</th>
                            <th scope="col">"État"</th>
                            <th scope="col">"Pièces"</th>
                            <th scope="col">"Arrivé"</th>
                            <th scope="col">"Depuis"</th>
                            <th scope="col"><span class="vh">"Action"</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=ids key=|id| *id children=ligne/>
                    </tbody>
                </table>
            </div>
            <Suite lecture page=page_suivante/>
        </Show>
    }
}

#[component]
fn Rien() -> impl IntoView {
    view! {
        <Vide titre="Votre file est vide">
            <p>
                "Les documents et messages des adhérents s’affichent ici dès leur arrivée. "
                <a href=Route::Dossiers.href()>"Tous les dossiers"</a>
            </p>
        </Vide>
    }
}
