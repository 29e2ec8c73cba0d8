//! The table of dossiers; cards on a phone.

use api_types::dossiers::{Attente, DossierResume, PageDossiers, Tri};
use domain::dossier::Vue;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use super::Liste;
use crate::components::echeance::Echeance;
use crate::components::etat::PastilleEtat;
use crate::components::icone::{Glyphe, Icone};
use crate::format;
use crate::model::filtre::Filtre;
use crate::pages::dossier::complet::Complet;
use crate::pages::dossier::documents::classeur::suivre;
use crate::routes::{Onglet, Route};
use crate::state::organisme::Organisme;
use crate::state::origine::ancre;

/// The table.
#[component]
pub fn Tableau(
    /// The dossiers.
    page: Signal<PageDossiers>,
) -> impl IntoView {
    let liste = Liste::courante();
    let ids = Memo::new(move |_| page.with(|p| p.elements.iter().map(|d| d.id).collect::<Vec<_>>()));
    let ligne = move |id: Uuid| suivre(page, move |p: &PageDossiers| p.elements.iter().find(|d| d.id == id).cloned());
    let legende = move || match liste.filtre.with(Filtre::vue) {
        Vue::EnCours => "Dossiers de formation en cours",
        Vue::Historique => "Dossiers de formation de l’historique",
    };
    view! {
        <div class="table-cadre" aria-busy=move || liste.lecture.en_cours().get().to_string()>
            <table class="table table--cartes table--large">
                <caption class="vh">{legende}</caption>
                <thead>
                    <tr>
                        <Tete tris=[Tri::Numero, Tri::NumeroCroissant] nom="N°\u{a0}de dossier"/>
                        <th scope="col">"N°\u{a0}de demande"</th>
                        <th scope="col">"Formation"</th>
                        <th scope="col">"Dispo formation"</th>
                        <Tete tris=[Tri::Debut, Tri::DebutCroissant] nom="Dates"/>
                        <th scope="col">"État"</th>
                        <th scope="col">"Pièces"</th>
                        <Tete tris=[Tri::Echeance, Tri::EcheanceDecroissante] nom="Échéance"/>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || ids.get() key=|id| *id let:id>
                        {ligne(id).map(|dossier| view! { <Ligne dossier/> })}
                    </For>
                </tbody>
            </table>
        </div>
    }
}

/// A head that sorts: one way first, and the other when it already does.
#[component]
fn Tete(tris: [Tri; 2], nom: &'static str) -> impl IntoView {
    let liste = Liste::courante();
    let courant = Memo::new(move |_| Some(liste.filtre.with(Filtre::tri)).filter(|tri| tris.contains(tri)));
    let sens = move || courant.get().map(|tri| if tri.decroissant() { "descending" } else { "ascending" });
    let glyphe = move || match courant.get().map(Tri::decroissant) {
        Some(false) => Glyphe::TriAsc,
        Some(true) => Glyphe::Chevron,
        None => Glyphe::Tri,
    };
    let trier = move |_| {
        let voulu = tris[usize::from(courant.get_untracked() == Some(tris[0]))];
        liste.vers(liste.filtre.with_untracked(|f| f.trie(voulu)));
    };
    view! {
        <th scope="col" aria-sort=sens>
            <button class="table__tri" type="button" on:click=trier>
                {nom}
                {move || view! { <Icone glyphe=glyphe()/> }}
            </button>
        </th>
    }
}

#[component]
fn Ligne(dossier: Signal<DossierResume>) -> impl IntoView {
    let liste = Liste::courante();
    let organisme = Organisme::courant();
    let id = dossier.with_untracked(|d| d.id);
    let naviguer = use_navigate();
    // The link opens the dossier; the rest of the row is only a larger target for the mouse.
    let ouvrir = move |e: MouseEvent| {
        let cible = e.target().and_then(|t| t.dyn_into::<Element>().ok());
        let lien = cible.is_none_or(|c| c.closest("a, button").ok().flatten().is_some());
        if !lien && !selection() {
            naviguer(&Route::Dossier(id, Onglet::Documents).href(), leptos_router::NavigateOptions::default());
        }
    };
    view! {
        <tr class="ligne-dossier" on:click=ouvrir>
            {move || dossier.with(|d| cases(d, liste.membre, &organisme.nom()))}
        </tr>
    }
}

/// Whether some text is selected: the person is reading or copying, not opening.
fn selection() -> bool {
    window().get_selection().ok().flatten().is_some_and(|s| !s.is_collapsed())
}

fn cases(d: &DossierResume, membre: bool, organisme: &str) -> impl IntoView + use<> {
    let lieu = if membre { d.etablissement.clone() } else { d.adherent.clone() };
    let stagiaires = format::pluriel(d.stagiaires.into(), "stagiaire", "stagiaires");
    // « Pièces attendues » is the member's business: the OPCO's side reads the état itself.
    let attente = if membre { d.attente } else { Attente::Personne };
    let attendu = membre && d.attente == Attente::Adherent;
    view! {
        <td data-libelle="N°\u{a0}de dossier">
            <a class="principal num" id=ancre(d.id) href=Route::Dossier(d.id, Onglet::Documents).href()>
                {d.numero.clone()}
            </a>
        </td>
        <td class="num" data-libelle="N°\u{a0}de demande">{d.demande.clone()}</td>
        <th scope="row" class="large principale">
            <b class="intitule">{d.intitule.clone()}</b>
            <br/>
            <span class="meta">{stagiaires}", "{lieu}</span>
            {non_lus(d)}
        </th>
        <td data-libelle="Dispo formation">{d.dispositif.clone()}</td>
        <td class="num" data-libelle="Dates">{dates(d)}</td>
        <td data-libelle="État"><PastilleEtat etat=d.etat attente/></td>
        <td data-libelle="Pièces"><Complet dues=d.pieces_dues fournies=d.pieces_fournies attendu/></td>
        <td data-libelle="Prochaine échéance">{echeance(d, organisme)}</td>
    }
}

fn non_lus(d: &DossierResume) -> Option<AnyView> {
    let n = d.messages_non_lus;
    (n > 0).then(|| {
        let href = Route::Dossier(d.id, Onglet::Messages).href();
        let texte = format::pluriel(n, "message non lu", "messages non lus");
        view! { <br/><a class="nonlu" href=href>{texte}</a> }.into_any()
    })
}

fn dates(d: &DossierResume) -> AnyView {
    if d.date_debut == d.date_fin {
        return view! { "le "{format::date(d.date_debut)} }.into_any();
    }
    view! {
        <span class="vh">"du "</span>
        {format::date(d.date_debut)}
        <br/>
        <span class="vh">"au "</span>
        {format::date(d.date_fin)}
    }
    .into_any()
}

fn echeance(d: &DossierResume, organisme: &str) -> AnyView {
    match (d.echeance, d.attente) {
        // A closed dossier, or one that is paid, is late for nothing.
        (Some(date), attente) if attente != Attente::Personne => view! { <Echeance date/> }.into_any(),
        (_, Attente::Opco) => view! { <span class="meta">{format!("Réponse de {organisme}")}</span> }.into_any(),
        _ => view! { <span class="meta">"Aucune"</span> }.into_any(),
    }
}
