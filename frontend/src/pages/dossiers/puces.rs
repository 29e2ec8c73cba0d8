//! Nothing to show: what to begin with, or which filters hide everything.

use api_types::dossiers::Compte;
use domain::dossier::Vue;
use leptos::prelude::*;

use super::filtres::etat_en_force;
use super::{Liste, RESUME, adresse};
use crate::components::icone::{Glyphe, Icone};
use crate::components::vide::Vide;
use crate::format;
use crate::model::filtre::{Critere, Filtre};
use crate::state::page::{bientot, viser};
use crate::state::session::Session;

/// What is shown in the place of an empty list.
#[component]
pub fn Aucun() -> impl IntoView {
    let liste = Liste::courante();
    move || {
        if liste.filtre.with(|f| f.actifs().is_empty()) {
            let compte = liste.lecture.donnee().with(|p| p.as_ref().map(|p| p.compte.clone()));
            sans_filtre(liste, compte.as_ref()).into_any()
        } else {
            view! { <Filtres/> }.into_any()
        }
    }
}

fn sans_filtre(liste: Liste, compte: Option<&Compte>) -> impl IntoView + use<> {
    let vue = liste.filtre.with(Filtre::vue);
    let (autre, nombre, nom) = match vue {
        Vue::EnCours => (Vue::Historique, compte.map_or(0, |c| c.historique), "dans l’historique"),
        Vue::Historique => (Vue::EnCours, compte.map_or(0, |c| c.en_cours), "en cours"),
    };
    let titre = match (vue, nombre) {
        (_, 0) => "Aucun dossier pour le moment",
        (Vue::EnCours, _) => "Aucun dossier en cours",
        (Vue::Historique, _) => "Aucun dossier dans l’historique",
    };
    let aide = if liste.membre {
        "Une demande de prise en charge crée un ou plusieurs dossiers. Il vous faut la convention et le programme de formation."
    } else {
        "Les dossiers des adhérents de votre portefeuille arrivent ici dès leur transmission."
    };
    let lien = (nombre > 0).then(|| {
        let href = liste.filtre.with(|f| adresse(&f.vers(autre)));
        view! { <p><a href=href>{format!("{} {nom}", format::pluriel(nombre, "dossier", "dossiers"))}</a></p> }
    });
    let suite = if nombre > 0 { lien.into_any() } else { view! { <p class="meta">{aide}</p> }.into_any() };
    view! { <Vide titre>{suite}</Vide> }
}

/// The filters in force, each with its way out.
#[component]
fn Filtres() -> impl IntoView {
    let liste = Liste::courante();
    let session = Session::courante();
    let retirer = move |critere: Critere| {
        liste.vers(liste.filtre.with_untracked(|f| f.sans(critere)));
        bientot(|| viser(RESUME));
    };
    let puces = move || {
        let filtre = liste.filtre.get();
        filtre
            .actifs()
            .into_iter()
            .map(|critere| {
                let nom = nommer(&filtre, critere, session, liste.membre);
                let retrait = format!("Retirer le filtre {nom}");
                view! {
                    <span class="puce">
                        {nom}
                        <button type="button" aria-label=retrait on:click=move |_| retirer(critere)>
                            <Icone glyphe=Glyphe::Croix classe="icone--s"/>
                        </button>
                    </span>
                }
            })
            .collect_view()
    };
    let effacer = move |_| {
        liste.vers(liste.filtre.with_untracked(Filtre::sans_filtre));
        bientot(|| viser(RESUME));
    };
    view! {
        <Vide titre="Aucun dossier ne correspond">
            <p class="meta">"Retirez l’un de ces filtres\u{a0}:"</p>
            <p class="rang puces">{puces}</p>
            <p><button class="btn" type="button" on:click=effacer>"Effacer les filtres"</button></p>
        </Vide>
    }
}

fn nommer(filtre: &Filtre, critere: Critere, session: Session, membre: bool) -> String {
    let q = &filtre.query;
    let jour = |j: Option<jiff::civil::Date>| j.map(format::date).unwrap_or_default();
    match critere {
        Critere::Dispositif => q.dispositif.clone().unwrap_or_default(),
        Critere::Recherche => format!("«\u{a0}{}\u{a0}»", q.q.as_deref().unwrap_or_default()),
        Critere::Etablissement => {
            let nom = session
                .de_moi(|m| m.etablissements.iter().find(|e| Some(e.id) == q.etablissement).map(|e| e.nom.clone()));
            nom.unwrap_or_else(|| "Établissement".to_owned())
        }
        Critere::Debut => format!("Début dès le {}", jour(q.debut_apres)),
        Critere::Fin => format!("Fin avant le {}", jour(q.fin_avant)),
        Critere::Etat => etat_en_force(membre, q).map(|(_, nom)| nom).unwrap_or_default(),
        Critere::Attendus if membre => "Ceux qui m’attendent".to_owned(),
        Critere::Attendus => "Ceux qui attendent l’adhérent".to_owned(),
    }
}
